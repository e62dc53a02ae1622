# SPDX-License-Identifier: Apache-2.0
"""Is the change of `delay` in the flights sample more than its days make by themselves? A check of the design effect.

Run from the repository root with Python 3.11, numpy 2.4 and pyarrow 26:
    python bench/false-alarms/day-blocks.py

Deals whole blocks of days (1, 7, 14, 28) to two halves at random, 2,000 times, and counts how often KS reaches that of
January to March against April to June.
"""
import numpy
from pyarrow import parquet

SEED = 20261123
DRAWS = 2000
FILE = "node_modules/vega-datasets/data/flights-3m.parquet"


def main():
    table = parquet.read_table(FILE, columns=["date", "delay"])
    days = table["date"].to_numpy().astype("datetime64[D]").astype(int)
    border = int(numpy.datetime64("2001-04-01").astype(int) - days.min())
    days -= days.min()
    values, codes = numpy.unique(table["delay"].to_numpy(), return_inverse=True)
    counts = numpy.zeros((days.max() + 1, len(values)))
    numpy.add.at(counts, (days, codes), 1)
    counts = counts.cumsum(1)
    rows = counts[:, -1]

    def gap(first):
        share = first @ counts / (first @ rows)
        other = (1 - first) @ counts / ((1 - first) @ rows)
        return numpy.abs(share - other).max()

    found = gap((numpy.arange(len(rows)) < border).astype(float))
    print(f"KS of the two quarters {found:.4f}, {len(rows)} days")
    random = numpy.random.default_rng(SEED)
    print("| days kept together | KS of 2,000 deals: median | 95 % | 99 % | share that reach it |")
    print("|---|---|---|---|---|")
    for length in (1, 7, 14, 28):
        blocks = -(-len(rows) // length)
        drawn = numpy.empty(DRAWS)
        for i in range(DRAWS):
            first = numpy.zeros(blocks)
            first[random.permutation(blocks)[: blocks // 2]] = 1
            drawn[i] = gap(numpy.repeat(first, length)[: len(rows)])
        p = (1 + (drawn >= found).sum()) / (1 + DRAWS)
        at = numpy.quantile(drawn, (0.5, 0.95, 0.99))
        print(f"| {length} | {at[0]:.4f} | {at[1]:.4f} | {at[2]:.4f} | {p:.4f} |")


main()
