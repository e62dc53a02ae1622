# SPDX-License-Identifier: Apache-2.0
"""Writes src/kernels/fixtures/vectors.json: what numpy says of seeded rows, and a second making of the frequencies.

    python3 bench/embeddings/reference.py

Rows are given by recipe: src/kernels/testing/vector-rows.ts makes the same numbers from the same integers.
"""

import json
import platform
from pathlib import Path

import numpy as np

OUT = Path(__file__).resolve().parents[2] / "src/kernels/fixtures/vectors.json"
WORD = 0xFFFFFFFF


def mixed(n, seed):
    i = np.arange(n, dtype=np.uint64)
    word = np.uint64(WORD)
    x = ((i + np.uint64(1)) * np.uint64(0x9E3779B1) + np.uint64(seed * 0x85EBCA77 & WORD)) & word
    x = ((x ^ (x >> np.uint64(15))) * np.uint64(0x2C1B3C6D)) & word
    x = ((x ^ (x >> np.uint64(12))) * np.uint64(0x297A2D39)) & word
    return x ^ (x >> np.uint64(15))


def bell(n, seed):
    uniform = lambda s: mixed(n, s).astype(np.float64) / 2**32
    return uniform(seed) + uniform(seed + 1) + uniform(seed + 2) + uniform(seed + 3) - 2


def rows(n, d, seed):
    return bell(n * d, seed).astype(np.float32).reshape(n, d)


class Stream:
    """xoshiro128** 1.1, seeded by SplitMix32."""

    def __init__(self, seed):
        self.state = []
        for _ in range(4):
            seed = (seed + 0x9E3779B9) & WORD
            z = ((seed ^ seed >> 16) * 0x85EBCA6B) & WORD
            z = ((z ^ z >> 13) * 0xC2B2AE35) & WORD
            self.state.append(z ^ z >> 16)

    def word(self):
        turn = lambda x, by: (x << by | x >> (32 - by)) & WORD
        s = self.state
        result = turn(s[1] * 5 & WORD, 7) * 9 & WORD
        shifted = s[1] << 9 & WORD
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = turn(s[3], 11)
        return result


def frequencies(d, count, seed, bandwidth):
    """w, D x d, in f64."""
    p = max(64, 1 << (d - 1).bit_length())
    h = np.ones((1, 1))
    while len(h) < p:
        h = np.block([[h, h], [h, -h]])
    stream = Stream(seed)
    blocks = []
    for start in range(0, count, p):
        bits = []
        while len(bits) < 3 * p:
            word = stream.word()
            bits += [word >> bit & 1 for bit in range(32)]
        first, second, third = 1.0 - 2.0 * np.array(bits).reshape(3, p)
        block = h @ (first[:, None] * (h @ (second[:, None] * (h * third))))
        uniform = [[(stream.word() + 0.5) / 2**32 for _ in range(p // 2)] for _ in range(min(p, count - start))]
        lengths = np.sqrt(-2 * np.log(uniform).sum(1))
        blocks.append(block[: len(lengths), :d] * lengths[:, None] / (p**1.5 * bandwidth))
    return np.concatenate(blocks)


def squared(a, b):
    return ((a[:, None] - b) ** 2).sum(2)


def case(n, m, d, count, seed):
    a, b = rows(n, d, seed), rows(m, d, seed + 50) + np.float32(0.25)
    x, y = a.astype(np.float64), b.astype(np.float64)
    bandwidth = 0.6 * d**0.5
    gamma = 1 / (2 * bandwidth**2)
    kernel = lambda u, v: np.exp(-gamma * squared(u, v))
    w = frequencies(d, count, seed, bandwidth)
    phases = x @ w.T
    cross = x.T @ x
    ridge = cross + np.eye(d)
    lower = np.linalg.cholesky(ridge)
    distances = squared(x, y)
    return {
        "n": n, "m": m, "d": d, "count": count, "seed": seed, "bandwidth": bandwidth,
        "frequencies": [w[0, 0], w[-1, -1], w.sum(), np.abs(w).sum()],
        "cosines": np.cos(phases).sum(0).tolist(),
        "sines": np.sin(phases).sum(0).tolist(),
        "gramWithin": (kernel(x, x).sum() - n) / 2,
        "gramBetween": kernel(x, y).sum(),
        "distances": [distances[0, 0], distances[-1, -1], distances.sum()],
        "cross": [cross[0, 0], cross[0, -1], np.trace(cross), np.abs(cross).sum()],
        "eigenvalues": np.linalg.eigvalsh(cross)[::-1].tolist(),
        "cholesky": [lower[-1, 0], lower[-1, -1], np.log(np.diag(lower)).sum()],
        "solved": np.abs(np.linalg.solve(lower, y.T)).sum(),
        "product": [(x @ y.T)[0, 0], (x @ y.T)[-1, -1], (x @ y.T).sum()],
    }  # fmt: skip


cases = [case(40, 25, 3, 20, 1), case(90, 130, 24, 70, 2), case(60, 33, 64, 64, 3), case(70, 41, 100, 150, 4)]
OUT.write_text(
    json.dumps(
        {
            "made by": "bench/embeddings/reference.py",
            "versions": {"python": platform.python_version(), "numpy": np.__version__},
            "cases": cases,
        },
        indent=1,
    )
    + "\n"
)
