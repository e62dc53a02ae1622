# SPDX-License-Identifier: Apache-2.0
"""Writes src/kernels/fixtures/two-sample.json: what scipy, and exact integer arithmetic, say of seeded samples.

    python3 bench/kernels/reference.py

Samples are given by recipe, not by value: src/kernels/testing/samples.ts makes the same numbers from the same integers.
"""

import json
import platform
from fractions import Fraction
from pathlib import Path

import numpy as np
import scipy
from scipy import stats
from scipy.stats._morestats import _anderson_ksamp_midrank

OUT = Path(__file__).resolve().parents[2] / "src/kernels/fixtures/two-sample.json"


def mixed(n, seed):
    i = np.arange(n, dtype=np.uint64)
    word = np.uint64(0xFFFFFFFF)
    x = ((i + np.uint64(1)) * np.uint64(0x9E3779B1) + np.uint64(seed * 0x85EBCA77 & 0xFFFFFFFF)) & word
    x = ((x ^ (x >> np.uint64(15))) * np.uint64(0x2C1B3C6D)) & word
    x = ((x ^ (x >> np.uint64(12))) * np.uint64(0x297A2D39)) & word
    return x ^ (x >> np.uint64(15))


def uniform(n, seed):
    return mixed(n, seed).astype(np.float64) / 2**32


def sample(recipe):
    n, seed, kind = recipe["n"], recipe["seed"], recipe["kind"]
    if kind == "bell":
        x = uniform(n, seed) + uniform(n, seed + 1) + uniform(n, seed + 2) + uniform(n, seed + 3) - 2
    elif kind == "uniform":
        x = uniform(n, seed)
    elif kind == "integers":
        x = (mixed(n, seed) % np.uint64(recipe["of"])).astype(np.float64)
    elif kind == "mixture":
        u = uniform(n, seed)
        x = np.where(mixed(n, seed + 7) % np.uint64(5) < 2, 0.0, u * u * u * 100)
    x = x * recipe.get("scale", 1) + recipe.get("shift", 0)
    return x.astype(np.float32) if recipe["width"] == "f32" else x


def exact_cramer_von_mises(x, y):
    """Anderson's T with midranks in whole numbers: no rounding but the last."""
    n, m = len(x), len(y)
    values, where = np.unique(np.concatenate([x, y]), return_inverse=True)
    a = np.bincount(where[:n], minlength=len(values)).tolist()
    b = np.bincount(where[n:], minlength=len(values)).tolist()
    i = j = twelve_u = 0
    for p, q in zip(a, b):
        twelve_u += n * (3 * p * (2 * j + q) ** 2 + p**3 - p) + m * (3 * q * (2 * i + p) ** 2 + q**3 - q)
        i, j = i + p, j + q
    k, total = n * m, n + m
    return float(Fraction(twelve_u, 12 * k * total) - Fraction(4 * k - 1, 6 * total))


def anderson_darling(x, y):
    pooled = np.sort(np.concatenate([x, y])).astype(np.float64)
    return float(_anderson_ksamp_midrank([x, y], pooled, np.unique(pooled), 2, np.array([len(x), len(y)]), len(pooled)))


def case(name, x, y):
    a, b = sample(x), sample(y)
    ks = stats.ks_2samp(a, b, method="asymp")
    # scipy ranks f32 samples in f32, which is off in the fourth digit at this size.
    wide, other = a.astype(np.float64), b.astype(np.float64)
    return {
        "name": name,
        "x": x,
        "y": y,
        "ks": float(ks.statistic),
        "sign": int(ks.statistic_sign),
        "at": float(ks.statistic_location),
        "above": float(stats.ks_2samp(a, b, alternative="greater", method="asymp").statistic),
        "below": float(stats.ks_2samp(a, b, alternative="less", method="asymp").statistic),
        "wasserstein": float(stats.wasserstein_distance(wide, other)),
        "energy": float(stats.energy_distance(wide, other)),
        "cramerVonMises": float(stats.cramervonmises_2samp(wide, other, method="asymptotic").statistic),
        "cramerVonMisesExact": exact_cramer_von_mises(a, b),
        "andersonDarling": anderson_darling(a, b),
        "distinct": len(np.unique(np.concatenate([a, b]))),
        "moments": [float(((wide - 0.5) ** k).sum()) for k in (1, 2, 3, 4)],
    }


def recipe(kind, n, seed, **more):
    return {"kind": kind, "n": n, "seed": seed, "width": "f64", **more}


CASES = [
    ("a million against a million, no drift", recipe("bell", 10**6, 1), recipe("bell", 10**6, 11)),
    ("a million against a million, shifted", recipe("bell", 10**6, 1), recipe("bell", 10**6, 21, shift=0.03125)),
    ("a million apart", recipe("uniform", 10**6, 1), recipe("uniform", 10**6, 2, shift=2)),
    ("a million with ties", recipe("integers", 10**6, 3, of=1000), recipe("integers", 10**6, 4, of=1003)),
    ("f32, a million", recipe("bell", 10**6, 5, width="f32"), recipe("bell", 10**6, 15, width="f32", scale=1.0625)),
    ("sizes far apart", recipe("bell", 200_000, 6), recipe("bell", 37, 16)),
    ("zero-inflated", recipe("mixture", 50_000, 7), recipe("mixture", 20_011, 17, scale=1.25)),
    ("few values", recipe("integers", 5_000, 8, of=3), recipe("integers", 4_000, 18, of=4)),
    ("two values", recipe("integers", 999, 9, of=2), recipe("integers", 1_000, 19, of=2)),
    ("small", recipe("bell", 8, 10), recipe("bell", 5, 20)),
    ("far from zero", recipe("bell", 3_000, 12, shift=1e6), recipe("bell", 3_000, 22, shift=1e6)),
    ("two against many", recipe("uniform", 2, 13), recipe("uniform", 100, 23)),
]

OUT.parent.mkdir(parents=True, exist_ok=True)
text = {
    "madeBy": "bench/kernels/reference.py",
    "versions": {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__},
    "note": "above and below are sup(F−G) and sup(G−F); moments are Σ(x − ½)^k of x",
    "cases": [case(*each) for each in CASES],
}
OUT.write_text(json.dumps(text, indent=1, ensure_ascii=False) + "\n")
