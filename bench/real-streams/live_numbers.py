# SPDX-License-Identifier: Apache-2.0
"""Distances and statistics of a live window's report against scipy and numpy over the same rows (live-numbers.mjs)."""
import json
import math
import sys
from collections import Counter

import numpy as np
import scipy
import scipy.stats as stats
from scipy.stats._morestats import _anderson_ksamp_midrank

seen, wrong, off = Counter(), [], {}


def check(name, what, fine, *numbers):
    seen[what] += 1
    if not fine:
        wrong.append((name, what, *numbers))


def number(name, feature, a, b):
    pooled = np.sort(np.concatenate([a, b]))
    gap = np.searchsorted(np.sort(a), pooled, "right") / len(a) - np.searchsorted(np.sort(b), pooled, "right") / len(b)
    exact = {
        "kolmogorovSmirnov": stats.ks_2samp(a, b).statistic,
        "kuiper": max(0, gap.max()) + max(0, -gap.min()),
        "cramerVonMises": stats.cramervonmises_2samp(a, b, method="asymptotic").statistic,
        "wasserstein": stats.wasserstein_distance(a, b),
        "energy": stats.energy_distance(a, b),
    }
    if pooled[0] < pooled[-1]:
        sides = [np.sort(a), np.sort(b)]
        sizes = np.array([len(a), len(b)])
        exact["andersonDarling"] = _anderson_ksamp_midrank(sides, pooled, np.unique(pooled), 2, sizes, len(pooled))
    for what, value in exact.items():
        ours = feature["distances"][what]
        slack = 1e-6 * abs(value) + 1e-9
        check(name, what, ours["lower"] - slack <= value <= ours["upper"] + slack, ours, value)
        share = 1 if what in ("kolmogorovSmirnov", "kuiper") else max(abs(value), 1e-12)
        off[what] = max(off.get(what, (0,)), (abs(ours["value"] - value) / share, name))
    for side, values in (("reference", a), ("current", b)):
        ours = feature[side]
        check(name, "mean", math.isclose(ours["mean"], values.mean(), rel_tol=1e-9, abs_tol=1e-9 * max(1, values.std())))
        check(name, "sd", math.isclose(ours["sd"], values.std(ddof=1), rel_tol=1e-6, abs_tol=1e-12))
        check(name, "extremes", (ours["min"], ours["max"]) == (values.min(), values.max()))


def category(name, feature, a, b):
    ours = feature["distances"]
    a, b = Counter(a), Counter(b)
    keys = sorted(set(a) | set(b), key=str)
    counts = np.array([[side[key] for key in keys] for side in (a, b)], float)
    p, q = counts / counts.sum(1, keepdims=True)
    middle = (p + q) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        bits = sum(np.nansum(np.where(side > 0, side * np.log2(side / middle), 0)) for side in (p, q)) / 2
    filled = np.where(counts == 0, 0.5, counts)
    plain, summed = filled / counts.sum(1, keepdims=True), filled / filled.sum(1, keepdims=True)
    exact = {
        "jensenShannon": [math.sqrt(max(0, bits))],
        "hellinger": [math.sqrt(((np.sqrt(p) - np.sqrt(q)) ** 2).sum() / 2)],
        "lInfinity": [abs(p - q).max()],
        "populationStability": [((x[0] - x[1]) * np.log(x[0] / x[1])).sum() for x in (plain, summed)],
    }
    if len(keys) > 1 and "merged" not in ours["chiSquare"]["convention"]:
        exact["chiSquare"] = [stats.chi2_contingency(counts, correction=False).statistic]
    for what, values in exact.items():
        check(name, what, any(abs(ours[what]["value"] - value) < 1e-7 for value in values), ours[what], values)


for table in json.load(open(sys.argv[1])):
    for feature in table["features"]:
        sides = [table[side][feature["name"]] for side in ("reference", "current")]
        name = f"{table['name']}: {feature['name']}"
        missing = [np.mean([value is None for value in side]) for side in sides]
        check(name, "missing", abs(feature["missingness"]["delta"] - (missing[1] - missing[0])) < 1e-12)
        present = [[value for value in side if value is not None] for side in sides]
        if feature["kind"] == "number":
            number(name, feature, *(np.array(side, float) for side in present))
        elif feature["kind"] in ("category", "boolean"):
            category(name, feature, *present)

print(f"scipy {scipy.__version__}, numpy {np.__version__}; checked {dict(seen)}")
for what, (most, name) in off.items():
    print(f"{what}: off by at most {most:.3g} ({name})")
for one in wrong:
    print("WRONG", *one)
sys.exit(len(wrong) > 0)
