# SPDX-License-Identifier: Apache-2.0
"""Writes src/distances/fixtures/{special,numeric,tables}.json: what scipy says of the cases that the tests recompute.

Run from the repository root with Python 3.11, numpy 2.4 and scipy 1.17 (versions and seed stand in each file):
    python bench/distances/reference.py
"""
import fractions
import json
import math
import pathlib
import warnings

import numpy
import scipy
from scipy import special, stats

SEED = 20260701
OUT = pathlib.Path(__file__).resolve().parents[2] / "src" / "distances" / "fixtures"
HEAD = {
    "script": "bench/distances/reference.py",
    "seed": SEED,
    "numpy": numpy.__version__,
    "scipy": scipy.__version__,
}
random = numpy.random.default_rng(SEED)


def clean(value):
    """JSON has no infinities and no numpy numbers."""
    if isinstance(value, dict):
        return {key: clean(part) for key, part in value.items()}
    if isinstance(value, (list, tuple, numpy.ndarray)):
        return [clean(part) for part in value]
    if isinstance(value, (bool, str)) or value is None:
        return value
    number = float(value)
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def write(name, body):
    OUT.mkdir(exist_ok=True)
    text = json.dumps(clean({**HEAD, **body}), separators=(",", ":"))
    (OUT / name).write_text(text.replace("},{", "},\n{") + "\n")
    print(name, len(text))


def special_functions():
    """Rows are [arguments…, value]."""
    gamma = [[x, special.gammaln(x)] for x in [1e-8, 1e-3, 0.1, 0.5, 0.9, 0.999, 1.001, 1.3, 1.7, 1.999, 2.001, 2.4, 3.7, 9.9, 10.1, 55.5, 1e3, 1e6, 1e12]]
    incomplete_gamma = []
    for a in [0.5, 1, 1.5, 4.5, 10, 50, 500, 12345.5]:
        for ratio in [0.01, 0.3, 0.8, 0.99, 1.01, 1.2, 2, 5]:
            x = a * ratio
            incomplete_gamma.append([a, x, special.gammainc(a, x), special.gammaincc(a, x)])
    beta = []
    for a in [0.5, 1, 2.5, 10, 80, 3000.5]:
        for b in [0.5, 1, 3, 40, 700]:
            for x in [1e-6, 0.02, 0.3, 0.5, 0.77, 0.98]:
                value = special.betainc(a, b, x)
                if value > 1e-300:
                    beta.append([a, b, x, value])
    normal = [[z, stats.norm.sf(z)] for z in [-37, -8, -3, -1, -0.1, 0, 1e-5, 0.3, 1, 1.96, 3, 6, 10, 20, 30, 37]]
    quantile = [[p, stats.norm.ppf(p)] for p in [1e-300, 1e-200, 1e-100, 1e-30, 1e-16, 1e-9, 1e-5, 0.005, 0.01, 0.019, 0.021, 0.1, 0.3, 0.5, 0.7, 0.95, 0.999]]
    chi2 = []
    for df in [1, 2, 3, 10, 19, 100, 1999]:
        for x in [0.1 * df, df, 1.5 * df, 3 * df, df + 100, df + 1300]:
            value = stats.chi2.sf(x, df)
            if value > 1e-300:
                chi2.append([x, df, value])
    student = []
    for df in [1, 2, 3.5, 9, 30, 1000]:
        for p in [1e-300, 1e-50, 1e-10, 1e-5, 0.005, 0.1, 0.4, 0.9, 0.999]:
            value = stats.t.isf(p, df)
            if math.isfinite(value) and abs(value) < 1e150:
                student.append([p, df, value])
    kolmogorov = [[t, special.kolmogorov(t)] for t in [0.1, 0.3, 0.5, 0.7, 0.81, 0.83, 1, 1.36, 1.63, 2, 4, 10, 18]]
    cramer = []
    from scipy.stats._hypotests import _cdf_cvm_inf

    for x in [0.02, 0.03, 0.06, 0.1, 1 / 6, 0.3, 0.461, 0.743, 1.2, 2]:
        cramer.append([x, 1 - float(_cdf_cvm_inf(numpy.array([float(x)]))[0])])
    hyper = []
    for total, marked, drawn, x in [
        (20, 7, 12, 4), (200000, 3, 100000, 3), (1000, 500, 400, 150), (1000, 500, 400, 260), (5000, 40, 300, 20),
        (100, 60, 70, 30), (1000000, 2000, 500000, 1200), (50, 25, 25, 0),
    ]:
        # From whole numbers: scipy's own pmf loses digits at a million balls.
        low, high = max(0, marked + drawn - total), min(marked, drawn)
        exact = fractions.Fraction(math.comb(marked, x) * math.comb(total - marked, drawn - x), math.comb(total, drawn))
        down, up = [numpy.longdouble(1)], [numpy.longdouble(1)]
        for i in range(x, low, -1):
            down.append(down[-1] * i * (total - marked - drawn + i) / ((marked - i + 1) * (drawn - i + 1)))
        for i in range(x, high):
            up.append(up[-1] * (marked - i) * (drawn - i) / ((i + 1) * (total - marked - drawn + i + 1)))
        pmf = float(exact)
        hyper.append([total, marked, drawn, x, pmf, pmf * float(sum(down)), pmf * float(sum(up))])
    write("special.json", {
        "logGamma": gamma, "incompleteGamma": incomplete_gamma, "incompleteBeta": beta, "normalSf": normal,
        "normalQuantile": quantile, "chiSquareSf": chi2, "studentUpperQuantile": student, "kolmogorovSf": kolmogorov,
        "cramerVonMisesSf": cramer, "hypergeometric": hyper,
    })


def numeric():
    def normal(n, shift=0, scale=1, digits=3):
        return numpy.round(random.normal(shift, scale, n), digits)

    pairs = {
        "one each": ([0.0], [1.0]),
        "one each, equal": ([2.0], [2.0]),
        "one against five": ([0.3], normal(5)),
        "tiny": (normal(3), normal(4, 1)),
        "disjoint": (normal(12), normal(9, 50)),
        "identical": (lambda x: (x, x))(normal(40)),
        "equal sizes": (normal(20), normal(20, 0.8)),
        "twenty, no ties": (random.permutation(40)[:20].astype(float), numpy.arange(0.5, 20)),
        "unequal sizes": (normal(17), normal(20, 0.3)),
        "hundreds": (normal(300), normal(211, 0.2)),
        "thousand": (normal(1000, digits=2), normal(1000, 0.15, digits=2)),
        "thousand, unequal, far": (normal(1000, digits=2), normal(777, 1.5, digits=2)),
        "thousand, unequal, null": (normal(1000, digits=2), normal(640, digits=2)),
        "ties: dice": (random.integers(1, 7, 60).astype(float), random.integers(2, 8, 45).astype(float)),
        "ties: binary": ((random.random(150) < 0.5) * 1.0, (random.random(130) < 0.65) * 1.0),
        "ties: small": (numpy.array([1.0, 1, 2, 3, 3]), numpy.array([1.0, 2, 2, 3, 4, 4])),
        "atom": (numpy.where(random.random(200) < 0.6, 0, normal(200)), numpy.where(random.random(180) < 0.5, 0, normal(180))),
        "heavy tail": (numpy.round(random.standard_cauchy(250), 2), numpy.round(1.5 * random.standard_cauchy(260), 2)),
        "outlier": (normal(100), numpy.append(normal(99), 1e9)),
        "scale": (normal(400), normal(400, 0, 1.3)),
    }
    cases = []
    for name, (x, y) in pairs.items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ks = stats.ks_2samp(x, y)
            cvm = stats.cramervonmises_2samp(x, y) if min(len(x), len(y)) > 1 else None
            pooled = numpy.unique(numpy.concatenate([x, y]))
            ad = None
            if len(pooled) > 1 and len(x) + len(y) > 3:
                from scipy.stats._morestats import _anderson_ksamp_midrank

                ordered = numpy.sort(numpy.concatenate([x, y]))
                raw = _anderson_ksamp_midrank([numpy.sort(x), numpy.sort(y)], ordered, pooled, 2, numpy.array([len(x), len(y)]), len(ordered))
                result = stats.anderson_ksamp([x, y], variant="midrank")
                ad = {"raw": raw, "statistic": result.statistic, "pvalue": result.pvalue}
        cases.append({
            "name": name,
            "x": x,
            "y": y,
            "ks": [ks.statistic, ks.pvalue],
            "cramerVonMises": None if cvm is None else [cvm.statistic, cvm.pvalue],
            "andersonDarling": ad,
            "wasserstein": stats.wasserstein_distance(x, y),
            "energy": stats.energy_distance(x, y),
        })
    sizes = []
    for m, n, d in [(10000, 10000, 0.02), (10000, 9999, 0.02), (5000, 3000, 0.03), (500, 300, 0.31), (97, 89, 0.2), (1000, 7, 0.6), (2000, 2000, 0.4)]:
        x = numpy.arange(m) / m
        shift = d
        y = numpy.arange(n) / n + shift
        result = stats.ks_2samp(x, y, method="exact")
        sizes.append([m, n, result.statistic, result.pvalue])
    write("numeric.json", {"cases": cases, "ksExact": sizes})


def tables():
    cases = []
    for a, b in [
        ([10, 20, 30], [12, 18, 33]),
        ([100, 200, 50, 7], [90, 260, 20, 15]),
        ([50, 50], [70, 30]),
        ([1000, 2000, 3000, 10], [1000, 2000, 3000, 10]),
        ([500, 0, 100], [100, 400, 100]),
        (random.multinomial(800, numpy.ones(12) / 12), random.multinomial(600, numpy.arange(1, 13) / 78)),
    ]:
        a, b = numpy.array(a), numpy.array(b)
        p, q = a / a.sum(), b / b.sum()
        chi = stats.chi2_contingency([a, b], correction=False)
        g = stats.chi2_contingency([a, b], correction=False, lambda_="log-likelihood") if (a > 0).all() and (b > 0).all() else None
        from scipy.spatial import distance

        cases.append({
            "a": a,
            "b": b,
            "chiSquare": [chi.statistic, chi.pvalue],
            "gTest": None if g is None else [g.statistic, g.pvalue],
            "cramersV": stats.contingency.association([a, b], method="cramer"),
            "jensenShannon": distance.jensenshannon(p, q, 2),
            "hellinger": float(numpy.linalg.norm(numpy.sqrt(p) - numpy.sqrt(q)) / math.sqrt(2)),
            "totalVariation": float(abs(p - q).sum() / 2),
            "lInfinity": float(abs(p - q).max()),
            "populationStability": float(((p - q) * numpy.log(p / q)).sum()) if g is not None else None,
            "kullbackLeibler": float(stats.entropy(q, p)) if g is not None else None,
        })
    fisher = []
    for k, m, l, n in [(0, 100000, 3, 100000), (5, 50, 9, 60), (0, 10, 0, 12), (120, 1000, 210, 1100), (3, 7, 7, 7), (1, 100000, 400, 100000)]:
        urn = stats.hypergeom(m + n, k + l, n)
        fisher.append([k, m, l, n, min(1, 2 * min(urn.cdf(l), urn.sf(l - 1)))])
    wilson = []
    for k, n, level in [(0, 10, 0.05), (3, 10, 0.05), (10, 10, 0.01), (250, 100000, 1e-4)]:
        interval = stats.binomtest(k, n).proportion_ci(1 - level, method="wilson")
        wilson.append([k, n, level, interval.low, interval.high])
    write("tables.json", {"cases": cases, "fisher": fisher, "wilson": wilson})


special_functions()
numeric()
tables()
