# SPDX-License-Identifier: Apache-2.0
"""Writes src/distances/fixtures/conventions.json: what other monitors' rules give on a few pairs.

The rules stand here in numpy. Where the packages themselves are installed (evidently 0.7, nannyml 0.13), every number
is also taken from them and must agree; the fixture then names their versions.
    python bench/distances/conventions.py
"""
import importlib.metadata
import json
import math
import pathlib

import numpy
import pandas
import scipy
from scipy import stats
from scipy.spatial import distance

SEED = 31
OUT = pathlib.Path(__file__).resolve().parents[2] / "src" / "distances" / "fixtures" / "conventions.json"


def sturges_shares(x, y):
    """Evidently: numpy's Sturges edges over both samples; values as categories up to 20 distinct in the reference."""
    if len(numpy.unique(x)) > 20:
        edges = numpy.histogram_bin_edges(numpy.concatenate([x, y]), "sturges")
        return numpy.histogram(x, edges)[0] / len(x), numpy.histogram(y, edges)[0] / len(y)
    keys = sorted(set(x) | set(y))
    return numpy.array([(x == k).mean() for k in keys]), numpy.array([(y == k).mean() for k in keys])


def filled(shares):
    least = shares[shares > 0].min()
    return numpy.where(shares == 0, least / 1e6 if least <= 1e-4 else 1e-4, shares)


def evidently(x, y):
    p, q = sturges_shares(x, y)
    fp, fq = filled(p), filled(q)
    edges = numpy.histogram_bin_edges(sorted(set(x) | set(y)), "sturges")
    hp, hq = numpy.histogram(x, edges)[0] / len(x), numpy.histogram(y, edges)[0] / len(y)
    return {
        "jensenShannon": distance.jensenshannon(p, q),
        "populationStability": ((fp - fq) * numpy.log(fp / fq)).sum(),
        "kullbackLeibler": stats.entropy(fp, fq),
        "hellinger": math.sqrt(1 - min(1, numpy.sqrt(hp * hq).sum())),
        "wasserstein": stats.wasserstein_distance(x, y) / max(numpy.std(x), 0.001),
    }


def doane_shares(x, y):
    """NannyML: Doane edges over the reference; what lies outside is one more bin."""
    edges = numpy.histogram_bin_edges(x, "doane")
    p, q = numpy.histogram(x, edges)[0] / len(x), numpy.histogram(y, edges)[0] / len(y)
    outside = 1 - q.sum()
    return (numpy.append(p, 0), numpy.append(q, outside)) if outside > 0 else (p, q)


def nannyml(x, y):
    p, q = doane_shares(x, y)
    return {
        "jensenShannon": distance.jensenshannon(p, q, 2),
        "hellinger": numpy.linalg.norm(numpy.sqrt(p) - numpy.sqrt(q)) / math.sqrt(2),
        "wasserstein": stats.wasserstein_distance(x, y),
        "kolmogorovSmirnov": stats.ks_2samp(x, y).statistic,
    }


def tfdv(x, y):
    """TensorFlow Data Validation: ten equally wide buckets a side, both cut at the union of edges, divergence base 2."""
    sides = [numpy.histogram(side, 10) for side in (x, y)]
    union = numpy.unique(numpy.concatenate([edges for _, edges in sides]))
    shares = []
    for counts, edges in sides:
        cumulated = numpy.interp(union, edges, numpy.concatenate([[0], numpy.cumsum(counts)]))
        shares.append(numpy.diff(cumulated) / counts.sum())
    return {"jensenShannon": distance.jensenshannon(*shares, 2) ** 2}


def from_packages(x, y, expected):
    """The same numbers from the packages, where they are installed."""
    versions = {}
    try:
        from evidently.legacy.calculations import stattests
        from evidently.legacy.core import ColumnType

        tests = {
            "jensenShannon": stattests.jensenshannon_stat_test,
            "populationStability": stattests.psi_stat_test,
            "kullbackLeibler": stattests.kl_div_stat_test,
            "hellinger": stattests.hellinger_stat_test,
            "wasserstein": stattests.wasserstein_stat_test,
        }
        for name, test in tests.items():
            result = test(pandas.Series(x), pandas.Series(y), ColumnType.Numerical, 0.1)
            numpy.testing.assert_allclose(result.drift_score, expected["evidently"][name], rtol=1e-9, err_msg=name)
        versions["evidently"] = importlib.metadata.version("evidently")
    except ImportError:
        pass
    try:
        from nannyml.drift.univariate import methods

        classes = {
            "jensenShannon": methods.ContinuousJensenShannonDistance,
            "hellinger": methods.ContinuousHellingerDistance,
            "wasserstein": methods.WassersteinDistance,
            "kolmogorovSmirnov": methods.KolmogorovSmirnovStatistic,
        }
        from nannyml.chunk import SizeBasedChunker
        from nannyml.thresholds import ConstantThreshold

        for name, cls in classes.items():
            method = cls(chunker=SizeBasedChunker(len(x)), threshold=ConstantThreshold(upper=0.1))
            method._fit(pandas.Series(x))
            numpy.testing.assert_allclose(method._calculate(pandas.Series(y)), expected["nannyml"][name], rtol=1e-9, err_msg=name)
        versions["nannyml"] = importlib.metadata.version("nannyml")
    except ImportError:
        pass
    return versions


def pairs():
    old = numpy.random.RandomState(SEED)
    yield "two normals, half a standard deviation apart", old.normal(0, 1, 1000).round(4), old.normal(0.5, 1, 1000).round(4)
    random = numpy.random.default_rng(SEED + 1)
    yield "skewed, beyond the reference", random.lognormal(0, 1, 300).round(3), random.lognormal(0.4, 1.2, 200).round(3)
    yield "few values", random.integers(0, 6, 150).astype(float), random.integers(1, 9, 120).astype(float)
    yield "a bin without rows", random.normal(0, 1, 200).round(3), numpy.append(random.normal(0, 1, 150), [9, 9.5]).round(3)


cases = []
versions = {}
for name, x, y in pairs():
    expected = {"evidently": evidently(x, y), "nannyml": nannyml(x, y), "tfdv": tfdv(x, y)}
    versions = from_packages(x, y, expected)
    rounded = {peer: {key: float(value) for key, value in numbers.items()} for peer, numbers in expected.items()}
    print(name, json.dumps(rounded))
    cases.append({"name": name, "x": x.tolist(), "y": y.tolist(), **rounded})

head = {
    "script": "bench/distances/conventions.py",
    "seed": SEED,
    "numpy": numpy.__version__,
    "scipy": scipy.__version__,
    "confirmedWith": versions,
}
text = json.dumps({**head, "cases": cases}, separators=(",", ":"))
OUT.write_text(text.replace("},{", "},\n{") + "\n")
print(versions, len(text))
