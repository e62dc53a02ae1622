# SPDX-License-Identifier: Apache-2.0
"""Numbers of numpy, scipy and scikit-learn that the embedding tests are held against.

    python bench/embedding-power/reference.py > src/distances/embedding/fixtures/reference.json
"""
import json
import sys

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.metrics.pairwise import cosine_distances, euclidean_distances, rbf_kernel

SEED = 20
rng = np.random.default_rng(SEED)


def single(values):
    return np.asarray(values, dtype=np.float32).astype(float)


def mmd(x, y, sigma):
    gamma = 1 / (2 * sigma**2)
    xx, yy, xy = rbf_kernel(x, x, gamma), rbf_kernel(y, y, gamma), rbf_kernel(x, y, gamma)
    m, n = len(x), len(y)
    unbiased = (xx.sum() - m) / (m * (m - 1)) + (yy.sum() - n) / (n * (n - 1)) - 2 * xy.mean()
    return unbiased, xx.mean() + yy.mean() - 2 * xy.mean()


def sample(m, n, d, shift):
    spread = (1 + np.arange(d)) ** -0.5
    return single(rng.normal(size=(m, d)) * spread), single(rng.normal(size=(n, d)) * spread + shift)


cases = []
for m, n, d, shift in [(40, 30, 5, 0.0), (60, 25, 12, 0.4), (9, 7, 1, 0.5)]:
    x, y = sample(m, n, d, shift)
    distances = euclidean_distances(x)[np.triu_indices(m, 1)]
    sigma = float(np.median(distances))
    unbiased, biased = mmd(x, y, sigma)
    pca = PCA().fit(x)
    mx, my = x.mean(0, keepdims=True), y.mean(0, keepdims=True)
    cases.append({
        'd': d,
        'x': x.ravel().tolist(),
        'y': y.ravel().tolist(),
        'bandwidth': sigma,
        'unbiased': float(unbiased),
        'biased': float(biased),
        'variances': pca.explained_variance_.tolist(),
        'components': pca.components_.ravel().tolist(),
        'cosine': float(cosine_distances(mx, my)[0, 0]),
        'euclidean': float(np.linalg.norm(mx - my)),
        'wasserstein': [float(stats.wasserstein_distance(x[:, j], y[:, j])) for j in range(d)],
    })

tails = []
for k1, k2, k3 in [(1.0, 0.2, 0.15), (3.0, 0.01, 0.0001), (0.5, 2.0, 12.0), (5.0, 1.0, 0.0)]:
    skew = k3 / k2**1.5
    for z in [-1.0, 0.0, 2.0, 6.0, 20.0]:
        value = k1 + z * np.sqrt(k2)
        law = stats.pearson3(skew, loc=k1, scale=np.sqrt(k2)) if skew > 0 else stats.norm(k1, np.sqrt(k2))
        tails.append({'k1': k1, 'k2': k2, 'k3': k3, 'value': float(value), 'p': float(law.sf(value))})

combinations = []
for ps in [[0.2, 0.5, 0.9], [0.001, 0.7, 0.4], [1e-12, 0.6, 0.3], [0.5, 0.5]]:
    statistic = np.mean(1 / np.tan(np.pi * np.asarray(ps)))
    combinations.append({'ps': ps, 'p': float(stats.cauchy.sf(statistic))})


def delong(a, b):
    """Variance of the AUC from its structural components."""
    wins = (b[:, None] > a[None, :]) + 0.5 * (b[:, None] == a[None, :])
    return wins.mean(1).var(ddof=1) / len(b) + wins.mean(0).var(ddof=1) / len(a)


areas = []
for m, n, shift in [(20, 15, 0.5), (50, 40, 0.0), (12, 30, 2.0)]:
    a, b = np.round(rng.normal(size=m), 1), np.round(rng.normal(size=n) + shift, 1)
    areas.append({
        'a': a.tolist(),
        'b': b.tolist(),
        'auc': float(roc_auc_score([0] * m + [1] * n, np.r_[a, b])),
        'variance': float(delong(a, b)),
        'p': float(stats.mannwhitneyu(b, a).statistic / (m * n)),
    })

x, y = sample(60, 40, 4, 0.5)
rows = np.r_[x, y]
rows = single((rows - rows.mean(0)) / rows.std(0))
target = [0] * 60 + [1] * 40
model = LogisticRegression(C=1 / 4, class_weight='balanced', tol=1e-10, max_iter=10_000).fit(rows, target)
logistic = {
    'p': 4,
    'rows': rows.ravel().tolist(),
    'target': target,
    'weights': model.coef_[0].tolist(),
    'intercept': float(model.intercept_[0]),
}

json.dump(
    {
        'madeBy': 'bench/embedding-power/reference.py',
        'seed': SEED,
        'versions': {
            'python': sys.version.split()[0],
            'numpy': np.__version__,
            'scipy': scipy.__version__,
            'scikit-learn': sklearn.__version__,
        },
        'cases': cases,
        'tails': tails,
        'combinations': combinations,
        'areas': areas,
        'logistic': logistic,
    },
    sys.stdout,
)
print()
