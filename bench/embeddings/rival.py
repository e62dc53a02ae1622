# SPDX-License-Identifier: Apache-2.0
"""The rivals of bench/embeddings/run.mjs on the same bytes, one thread: prints one JSON object."""

import json
import os
import platform
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np

job = json.loads(sys.argv[1])
d, count = job["d"], job["count"]
read = lambda name: np.fromfile(f"{job['folder']}/{name}.f32", dtype="<f4")
rows, current = read("rows").reshape(-1, d), read("current").reshape(-1, d)
directions, center = read("directions").reshape(-1, d), read("center")
frequencies = read("frequencies").reshape(count, d)
gamma = np.float32(1 / (2 * 1.4**2))


def best_ms(work, repeats=None):
    if repeats is None:
        work()
        repeats = job["repeats"]
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1e3)
    return min(times)


def features(x, piece):
    """In pieces that fit the cache, numpy is faster than at once: both are tried."""
    cosines, sines = np.zeros(count), np.zeros(count)
    for at in range(0, len(x), piece):
        phases = x[at : at + piece] @ frequencies.T
        cosines += np.cos(phases).sum(0, dtype=np.float64)
        sines += np.sin(phases).sum(0, dtype=np.float64)
    return np.concatenate([cosines, sines])


def project(x, piece):
    sums, squares = np.zeros(len(directions)), np.zeros(len(directions))
    for at in range(0, len(x), piece):
        u = (x[at : at + piece] - center) @ directions.T
        sums += u.sum(0, dtype=np.float64)
        squares += (u * u).sum(0, dtype=np.float64)
    return sums, squares


def gram(x, y, piece=500):
    """f32, in pieces, as a careful user would write it."""
    total = 0.0
    lengths = (y * y).sum(1)
    for at in range(0, len(x), piece):
        a = x[at : at + piece]
        squared = a @ y.T
        squared *= -2
        squared += (a * a).sum(1)[:, None]
        squared += lengths
        np.maximum(squared, 0, out=squared)
        squared *= -gamma
        total += np.exp(squared, out=squared).sum(dtype=np.float64)
    return total


PIECES = (250, 1000, 10_000)
some, others = rows[: job["gramRows"]], current[: job["gramRows"]]
wide = rows.astype(np.float64)
cross = wide.T @ wide
ridge = cross + np.eye(d)
lower = np.linalg.cholesky(ridge)
right = rows[:1000].T.astype(np.float64)
larger = rows.reshape(-1)[: 4096 * 1024].reshape(4096, 1024).astype(np.float64)
larger = larger.T @ larger
projected = project(wide, 1000)
fourier_ms = min(best_ms(lambda: features(rows, piece)) for piece in PIECES)
project_ms = min(best_ms(lambda: project(rows, piece)) for piece in PIECES)
between = best_ms(lambda: gram(rows, current), 1)
within = best_ms(lambda: gram(current, current), 1)
blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
print(
    json.dumps(
        {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "blas": f"{blas['name']} {blas['version']}",
            "answers": {
                "fourier": features(wide, 1000).tolist(),
                "sums": projected[0].tolist(),
                "squares": projected[1].tolist(),
                "gram": [gram(some.astype(np.float64), others.astype(np.float64))],
                "cross": [cross[0, 0], cross[0, 1], cross[1, 1], cross[-1, -1]],
                "eigen768": np.linalg.eigvalsh(cross)[::-1].tolist(),
                "eigen1024": np.linalg.eigvalsh(larger)[::-1].tolist(),
                "cholesky": [lower[0, 0], lower[-1, 0], lower[-1, -1]],
            },
            "ms": {
                "fourier": fourier_ms,
                "project": project_ms,
                "profile": fourier_ms + project_ms,
                "gram": best_ms(lambda: gram(some, others)),
                "crossProducts": best_ms(lambda: rows.T @ rows),
                "eigen768": best_ms(lambda: np.linalg.eigh(cross), 2),
                "eigen1024": best_ms(lambda: np.linalg.eigh(larger), 2),
                "cholesky": best_ms(lambda: np.linalg.cholesky(ridge)),
                "solveLower": best_ms(lambda: np.linalg.solve(lower, right)),
                "exactMmd": between + 2 * within,
                "exactMmdCached": between + within,
            },
        }
    )
)
