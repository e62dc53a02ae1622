# SPDX-License-Identifier: Apache-2.0
"""Says whether the sample's shift is real: random-feature MMD with a permutation p-value, and a domain classifier's AUC, between
the two files, and for comparison between random halves of the reference.

    python check.py        (numpy, scipy, pyarrow)
"""
from pathlib import Path

import numpy as np
import pyarrow as pa
from scipy.optimize import minimize
from scipy.spatial.distance import pdist
from scipy.stats import chi2_contingency, rankdata

FOLDER = Path(__file__).parent / "../../web/public/samples"
PERMUTATIONS = 1000
FEATURES = 512
rng = np.random.default_rng(2001)


def read(name):
    table = pa.ipc.open_file(pa.memory_map(str(FOLDER / name))).read_all()
    column = table["embedding"].combine_chunks()
    rows = column.flatten().to_numpy(zero_copy_only=False).astype(np.float64)
    return rows.reshape(len(column), -1), np.array(table["label"].to_pylist())


def mmd(a, b):
    """Biased MMD² on random Fourier features, RBF with the median heuristic on the first side, and its permutation p."""
    sigma = np.median(pdist(a[:1000]))
    frequencies = rng.normal(size=(a.shape[1], FEATURES // 2)) / sigma
    angles = np.vstack([a, b]) @ frequencies
    z = np.hstack([np.cos(angles), np.sin(angles)]) * np.sqrt(2 / FEATURES)
    n, total = len(a), z.sum(0)

    def value(first):
        mean = z[first].sum(0)
        return np.sum((mean / n - (total - mean) / len(b)) ** 2)

    seen = value(np.arange(n))
    chance = [value(rng.permutation(len(z))[:n]) for _ in range(PERMUTATIONS)]
    return seen, (1 + sum(c >= seen for c in chance)) / (1 + PERMUTATIONS)


def auc(a, b, folds=5):
    """AUC of a ridge logistic regression by cross-validation, and its standard error (Hanley and McNeil)."""
    x, y = np.vstack([a, b]), np.r_[np.zeros(len(a)), np.ones(len(b))]
    fold, score = rng.permutation(len(x)) % folds, np.zeros(len(x))
    for k in range(folds):
        fit = fold != k
        mean, sd = x[fit].mean(0), x[fit].std(0)
        z, t = (x - mean) / sd, 2 * y[fit] - 1

        def loss(w):
            margin = t * (z[fit] @ w[1:] + w[0])
            slope = -t / (1 + np.exp(margin))
            return (
                np.logaddexp(0, -margin).sum() + 5 * w[1:] @ w[1:],
                np.r_[slope.sum(), z[fit].T @ slope + 10 * w[1:]],
            )

        w = minimize(loss, np.zeros(z.shape[1] + 1), jac=True, method="L-BFGS-B").x
        score[~fit] = (z @ w[1:] + w[0])[~fit]
    # Ranks within a fold: each fold's scores have a scale of their own.
    values = []
    for k in range(folds):
        s, t = score[fold == k], y[fold == k]
        ranks = rankdata(s)
        m, n = t.sum(), (1 - t).sum()
        values.append((ranks[t == 1].sum() - m * (m + 1) / 2) / (m * n))
    v = np.mean(values)
    m, n = len(b), len(a)
    q1, q2 = v / (2 - v), 2 * v * v / (1 + v)
    return v, np.sqrt((v * (1 - v) + (m - 1) * (q1 - v * v) + (n - 1) * (q2 - v * v)) / (m * n))


def tell(name, a, b):
    distance, p = mmd(a, b)
    value, error = auc(a, b)
    print(f"{name:38} n {len(a)} m {len(b)}  MMD2 {distance:.5f} p {p:.4f}  AUC {value:.3f} +- {1.96 * error:.3f}")


reference, digits = read("digits-employees.arrow")
current, theirs = read("digits-students.arrow")
print("dimensions", reference.shape[1], "finite", bool(np.isfinite(reference).all() and np.isfinite(current).all()))
classes = [[int((side == str(d)).sum()) for d in range(10)] for side in (digits, theirs)]
print("digits 0-9", *classes, f"chi2 p {chi2_contingency(classes).pvalue:.3f}")
tell("employees against students", reference, current)
for n in (100, 300, 1000):
    tell(f"  {n} rows a side", reference[rng.permutation(2000)[:n]], current[rng.permutation(2000)[:n]])
halves = []
for k in range(40):
    order = rng.permutation(len(reference))
    halves.append((reference[order[:1000]], reference[order[1000:]]))
for k in range(2):
    tell(f"null: halves of employees, split {k + 1}", *halves[k])
p = np.sort([mmd(a, b)[1] for a, b in halves])
print(f"null: 40 splits, p below .05 in {(p < 0.05).sum()}, median {np.median(p):.2f}")
