# SPDX-License-Identifier: Apache-2.0
"""The rivals of bench/kernels/run.mjs on the same bytes, one thread: reads a folder, prints one JSON object."""

import json
import os
import platform
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import scipy
from scipy import stats

folder, repeats = sys.argv[1], int(sys.argv[2])


def best_ms(job):
    job()
    times = []
    for _ in range(repeats):
        start = time.process_time()
        job()
        times.append((time.process_time() - start) * 1e3)
    return min(times)


out = {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__, "answers": {}, "ms": {}}
cuts = np.fromfile(f"{folder}/cuts.f64")
for width in ("f32", "f64"):
    x = np.fromfile(f"{folder}/x.{width}", dtype="<" + width[0] + str(int(width[1:]) // 8))
    y = np.fromfile(f"{folder}/y.{width}", dtype=x.dtype)
    own_cuts = cuts.astype(x.dtype)

    def searchsorted():
        bins = np.searchsorted(own_cuts, x, side="right")
        return np.bincount(bins, minlength=len(cuts) + 1), np.bincount(bins, weights=x, minlength=len(cuts) + 1)

    def powers():
        finite = x[np.isfinite(x)].astype(np.float64)
        d = finite - 0.5
        return len(finite), finite.min(), finite.max(), d.sum(), (d * d).sum(), (d**3).sum(), (d**4).sum()

    def plain_passes():
        return x.min(), x.max(), x.sum(dtype=np.float64), x.mean(dtype=np.float64), x.var(dtype=np.float64)

    ks = stats.ks_2samp(x, y)
    out["answers"][width] = {
        "ks": float(ks.statistic),
        "at": float(ks.statistic_location),
        "wasserstein": float(stats.wasserstein_distance(x, y)),
        "energy": float(stats.energy_distance(x, y)),
        "counts": searchsorted()[0].tolist(),
        "sums": searchsorted()[1].tolist(),
        "powers": [float(v) for v in powers()],
    }
    out["ms"][width] = {
        "sort": best_ms(lambda: np.sort(x)),
        "ks": best_ms(lambda: stats.ks_2samp(x, y)),
        "wasserstein": best_ms(lambda: stats.wasserstein_distance(x, y)),
        "energy": best_ms(lambda: stats.energy_distance(x, y)),
        "histogram": best_ms(searchsorted),
        "moments": best_ms(plain_passes),
        "fourMoments": best_ms(powers),
    }
print(json.dumps(out))
