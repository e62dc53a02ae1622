# SPDX-License-Identifier: Apache-2.0
"""The flights sample with pandas and scipy: the same file, the same split, the same distances. Prints JSON.

Usage: python rival.py flights-3m.parquet
"""
import json
import sys
import time
import warnings

import numpy as np
import pandas as pd
from scipy import stats
from scipy.spatial.distance import jensenshannon

warnings.simplefilter("ignore")
start = time.perf_counter()
frame = pd.read_parquet(sys.argv[1])
read = time.perf_counter() - start
dates = frame["date"] if np.issubdtype(frame["date"].dtype, np.datetime64) else pd.to_datetime(frame["date"], unit="ms")
cut = pd.Timestamp("2001-04-01", tz=dates.dt.tz)
reference, current = frame[dates < cut], frame[dates >= cut]

values = {}
for name in ("delay", "distance"):
    a = reference[name].to_numpy(float)
    b = current[name].to_numpy(float)
    edges = np.unique(np.quantile(a, np.linspace(0, 1, 21)))
    edges[0], edges[-1] = -np.inf, np.inf
    p = np.histogram(a, edges)[0] / len(a)
    q = np.histogram(b, edges)[0] / len(b)
    values[name] = {
        "kolmogorovSmirnov": float(stats.ks_2samp(a, b, method="asymp").statistic),
        "cramerVonMises": float(stats.cramervonmises_2samp(a, b, method="asymptotic").statistic),
        "andersonDarling": float(stats.anderson_ksamp([a, b]).statistic),
        "wasserstein": float(stats.wasserstein_distance(a, b)),
        "energy": float(stats.energy_distance(a, b)),
        "jensenShannon": float(jensenshannon(p, q, base=2)),
        "totalVariation": float(np.abs(p - q).sum() / 2),
    }
for name in ("origin", "destination"):
    p, q = reference[name].value_counts(), current[name].value_counts()
    counts = pd.concat([p, q], axis=1).fillna(0).to_numpy()
    shares = counts / counts.sum(axis=0)
    values[name] = {
        "totalVariation": float(np.abs(shares[:, 0] - shares[:, 1]).sum() / 2),
        "jensenShannon": float(jensenshannon(shares[:, 0], shares[:, 1], base=2)),
        "chiSquare": float(stats.chi2_contingency(counts.T)[0]),
    }
print(json.dumps({"seconds": time.perf_counter() - start, "read": read, "values": values}))
