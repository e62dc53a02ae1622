# SPDX-License-Identifier: Apache-2.0
"""How often one new window exceeds the limits that the reference's own windows set, when nothing changed.

Run with Python 3.11, numpy 2.4 and scipy 1.17:
    python bench/false-alarms/own-windows.py

Draws K distances of reference windows and 200 new ones from one law, 4,000 times, and prints the per cent of new ones
beyond each limit, with the median limit: the lognormal prediction limit alone, and the one in src/verdict/windows/windows.ts.
"""
import numpy
from scipy import stats

SEED = 20261123
REPEATS = 4000
NEW = 200
LAWS = {
    "one normal day effect": lambda r, s: numpy.abs(r.normal(size=s)),
    "two of them, the larger": lambda r, s: numpy.maximum(numpy.abs(r.normal(size=s)), 0.6 * numpy.abs(r.normal(size=s))),
    "normal over sampling noise": lambda r, s: numpy.sqrt(r.normal(size=s) ** 2 + 0.09),
    "lognormal, s = .5": lambda r, s: numpy.exp(0.5 * r.normal(size=s)),
    "lognormal, s = .8": lambda r, s: numpy.exp(0.8 * r.normal(size=s)),
    "Student t, 4 df": lambda r, s: numpy.abs(r.standard_t(4, size=s)),
    "a storm of four times in 5 %": lambda r, s: numpy.where(r.random(s) < 0.05, 4, 1) * numpy.abs(r.normal(size=s)),
}


def limits(own, level, beyond):
    """The lognormal limit, and the limit in use; one of each per row of `own`."""
    count = own.shape[1]
    widened = numpy.sqrt(1 + 1 / count)
    logs = numpy.log(numpy.maximum(own, 0.1))
    lognormal = numpy.exp(logs.mean(1) + stats.t.ppf(1 - level, count - 1) * logs.std(1, ddof=1) * widened)
    normal = stats.t.ppf(1 - level / 2, count - 1) * numpy.sqrt((own**2).mean(1)) * widened
    return lognormal, numpy.minimum(lognormal, numpy.maximum(normal, beyond * own.max(1)))


def main():
    random = numpy.random.default_rng(SEED)
    print("| windows | their law | watch (1 %): lognormal | in use | drift (.1 %): lognormal | in use |")
    print("|---|---|---|---|---|---|")
    for count in (20, 30, 90):
        for name, law in LAWS.items():
            own = law(random, (REPEATS, count))
            new = law(random, (REPEATS, NEW))
            cells = [
                f"{100 * (new > limit[:, None]).mean():.2f} % beyond {numpy.median(limit):.1f}"
                for level, beyond in ((0.01, 1.5), (0.001, 2))
                for limit in limits(own, level, beyond)
            ]
            print(f"| {count} | {name} | {' | '.join(cells)} |")


main()
