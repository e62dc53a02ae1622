// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { andersonDarlingFromCdf, andersonDarlingSigma } from './anderson-darling.js';
import { chiSquare } from './chi-square.js';
import { cramerVonMisesFromCdf, cramerVonMisesP } from './cramer-von-mises.js';
import { cramersV } from './cramers-v.js';
import { gTest } from './g-test.js';
import { hellinger } from './hellinger.js';
import { jensenShannon } from './jensen-shannon.js';
import { kolmogorovSmirnovExact, kolmogorovSmirnovP } from './kolmogorov-smirnov.js';
import { kullbackLeibler } from './kullback-leibler.js';
import { lInfinity } from './l-infinity.js';
import { populationStability } from './population-stability.js';
import { fisherExact, wilson } from './share-difference.js';
import { smirnovExact } from './smirnov-exact.js';
import { normalQuantile } from './special/normal.js';
import { totalVariation } from './total-variation.js';

interface NumericCase {
  readonly name: string;
  readonly x: number[];
  readonly y: number[];
  readonly ks: [number, number];
  readonly cramerVonMises: [number, number] | null;
  readonly andersonDarling: { raw: number; statistic: number; pvalue: number } | null;
  readonly wasserstein: number;
  readonly energy: number;
}

interface TableCase {
  readonly a: number[];
  readonly b: number[];
  readonly chiSquare: [number, number];
  readonly gTest: [number, number] | null;
  readonly [name: string]: unknown;
}

const read = (name: string) => JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8'));
const numeric = read('numeric.json') as { cases: NumericCase[]; ksExact: number[][] };
const tables = read('tables.json') as { cases: TableCase[]; fisher: number[][]; wilson: number[][] };

function close(value: number, expected: number, tolerance = 1e-9): void {
  const error = expected === 0 ? Math.abs(value) : Math.abs(value / expected - 1);
  expect(error, `${value}, scipy ${expected}`).toBeLessThanOrEqual(tolerance);
}

test.each(numeric.cases)('as scipy: $name', (c) => {
  const x = cpuKernels.sort(Float64Array.from(c.x)).values;
  const y = cpuKernels.sort(Float64Array.from(c.y)).values;
  const cdf = cpuKernels.cdf(x, y);
  const sizes = { m: x.length, n: y.length, level: 0.01 };

  const ks = kolmogorovSmirnovExact(cdf, sizes);
  close(ks.value, c.ks[0]);
  expect(ks.pMethod).toBe('exact');
  close(ks.pValue!, c.ks[1]);

  if (c.cramerVonMises) {
    const cvm = cramerVonMisesFromCdf(cdf, sizes);
    close(cvm.value, c.cramerVonMises[0], 1e-8);
    // scipy's series for 1 − cdf is off by 1e-8 in the far tail.
    expect(Math.abs(cvm.pValue! - c.cramerVonMises[1])).toBeLessThan(2e-8);
  }
  if (c.andersonDarling) {
    close(cdf.andersonDarling, c.andersonDarling.raw, 1e-8);
    const sigma = andersonDarlingSigma(x.length, y.length);
    close((cdf.andersonDarling - 1) / sigma, c.andersonDarling.statistic, 1e-8);
    // scipy interpolates between tabulated quantiles and clips: the tails must agree where it does not.
    const ours = andersonDarlingFromCdf(cdf, sizes).pValue!;
    const theirs = c.andersonDarling.pvalue;
    if (theirs === 0.25) expect(ours).toBeGreaterThan(0.22);
    else if (theirs === 0.001) expect(ours).toBeLessThan(0.0013);
    else close(ours, theirs, 0.2);
  }
  close(cdf.wasserstein, c.wasserstein, 1e-9);
  close(Math.sqrt(2 * cdf.cramer), c.energy, 1e-9);
});

test('the exact Smirnov p at larger sizes, as scipy', () => {
  for (const [m, n, d, p] of numeric.ksExact) close(smirnovExact(d, m, n), p, 1e-8);
});

test('beyond the work bound KS is asymptotic, and near the exact p where both are known', () => {
  const p = kolmogorovSmirnovP({ value: 0.03, m: 10_000, n: 9_999 });
  expect(p.pMethod).toBe('asymptotic');
  close(p.pValue, smirnovExact(0.03, 10_000, 9_999), 0.05);
  expect(kolmogorovSmirnovP({ value: 0.01, m: 20_000, n: 20_000 }).pMethod).toBe('asymptotic');
});

test('Cramér–von Mises keeps a tail where scipy has 0', () => {
  const p = cramerVonMisesP(30, 1000, 1000);
  expect(p).toBeGreaterThan(1e-80);
  expect(p).toBeLessThan(1e-50);
});

test.each(tables.cases)('shares as scipy: $a against $b', (c) => {
  const pearson = chiSquare(c);
  close(pearson.statistic, c.chiSquare[0]);
  close(pearson.pValue, c.chiSquare[1]);
  if (c.gTest) {
    const g = gTest(c);
    close(g.statistic, c.gTest[0]);
    close(g.pValue, c.gTest[1]);
    close(populationStability(c), c['populationStability'] as number);
    close(kullbackLeibler(c), c['kullbackLeibler'] as number);
  }
  const rows = [...c.a, ...c.b].reduce((x, y) => x + y, 0);
  close(cramersV(pearson, rows), c['cramersV'] as number);
  close(jensenShannon(c), c['jensenShannon'] as number);
  close(hellinger(c), c['hellinger'] as number);
  close(totalVariation(c), c['totalVariation'] as number);
  close(lInfinity(c).value, c['lInfinity'] as number);
});

test('Fisher by doubling, and Wilson, as scipy', () => {
  for (const [k, m, l, n, p] of tables.fisher) close(fisherExact({ reference: [k, m], current: [l, n] }), p);
  for (const [k, n, level, low, high] of tables.wilson) {
    const interval = wilson(k, n, -normalQuantile(level / 2));
    close(interval[0], low);
    close(interval[1], high);
  }
});
