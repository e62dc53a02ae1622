# SPDX-License-Identifier: Apache-2.0
"""How well random Fourier features give MMD^2: frequencies drawn independently, in Haar-orthogonal blocks, and in
Walsh-Hadamard blocks (src/kernels/frequencies.ts), on the same rows.

    python3 bench/embeddings/accuracy.py [--repeats 40] [--rows 1000]

Rows: 20 clusters with a power-law spectrum, of unit norm; the current side has other cluster weights and a shift. Printed
is the relative root mean square error of the biased MMD^2 against the exact one, over fresh frequencies. Bandwidth:
median distance of the reference. A second table has few dimensions, where both kinds of blocks are candidates.
"""

import argparse
import sys

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--repeats", type=int, default=40)
parser.add_argument("--rows", type=int, default=1000)
options = parser.parse_args()
COUNTS = [64, 128, 256, 512, 1024]


def sides(d, n, random):
    scales = np.arange(1, d + 1) ** -0.5
    centers = random.normal(size=(20, d)) * scales * 1.5
    weights = random.dirichlet(np.full(20, 3.0))
    other = weights * random.uniform(0.6, 1.4, 20)
    shift = random.normal(size=d) * scales * 0.15

    def draw(share, by):
        rows = centers[random.choice(20, n, p=share / share.sum())] + random.normal(size=(n, d)) * scales + by
        if d > 3:
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows.astype(np.float32)

    return draw(weights, 0), draw(other, shift)


def squared(a, b):
    return np.maximum(np.sum(a * a, 1)[:, None] + np.sum(b * b, 1) - 2 * a @ b.T, 0)


def independent(d, count, random):
    return random.normal(size=(count, d))


def haar(d, count, random):
    blocks = []
    for _ in range(-(-count // d)):
        q, r = np.linalg.qr(random.normal(size=(d, d)))
        blocks.append((q * np.sign(np.diag(r))).T)
    return np.concatenate(blocks)[:count] * np.sqrt(random.chisquare(d, size=(count, 1)))


def hadamard(rows):
    """Rows times H, natural order, unscaled."""
    rows = rows.copy()
    half = 1
    while half < rows.shape[1]:
        parts = rows.reshape(rows.shape[0], -1, 2, half)
        rows = np.concatenate([parts[:, :, :1] + parts[:, :, 1:], parts[:, :, :1] - parts[:, :, 1:]], 2)
        rows = rows.reshape(rows.shape[0], -1)
        half *= 2
    return rows


def structured(d, count, random):
    p = max(64, 1 << (d - 1).bit_length())
    blocks = []
    for _ in range(-(-count // p)):
        rows = np.eye(p)
        for _ in range(3):
            rows = hadamard(rows) * random.choice([-1.0, 1.0], p)
        blocks.append(rows[:, :d] / p**1.5)
    return np.concatenate(blocks)[:count] * np.sqrt(random.chisquare(p, size=(count, 1)))


def errors(d, seed):
    random = np.random.default_rng(seed)
    x, y = (side.astype(np.float64) for side in sides(d, options.rows, random))
    sigma = np.sqrt(np.median(squared(x, x)[np.triu_indices(len(x), 1)]))
    kernel = lambda a, b: np.exp(-squared(a, b) / (2 * sigma**2)).mean()
    exact = kernel(x, x) + kernel(y, y) - 2 * kernel(x, y)
    found = {}
    for draw in (independent, haar, structured):
        estimates = []
        for _ in range(options.repeats):
            w = (draw(d, COUNTS[-1], random) / sigma).astype(np.float32)
            a, b = x.astype(np.float32) @ w.T, y.astype(np.float32) @ w.T
            gap = (np.cos(a).mean(0) - np.cos(b).mean(0)) ** 2 + (np.sin(a).mean(0) - np.sin(b).mean(0)) ** 2
            estimates.append([gap[:count].mean() for count in COUNTS])
        found[draw.__name__] = np.sqrt((((np.array(estimates) - exact) / exact) ** 2).mean(0))
    return exact, found


print(f"numpy {np.__version__}, {options.rows} rows a side, {options.repeats} repeats, seed 20261123 + d")
print("| d | MMD² | frequencies | " + " | ".join(f"D = {count}" for count in COUNTS) + " |")
print("|---|---|---|" + "---|" * len(COUNTS))
for d in (1, 2, 4, 8, 16, 32, 48, 64, 100, 384, 768):
    exact, found = errors(d, 20261123 + d)
    for name, row in found.items():
        print(f"| {d} | {exact:.4f} | {name} | " + " | ".join(f"{value:.3f}" for value in row) + " |")
    sys.stdout.flush()
