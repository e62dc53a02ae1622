// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { medianDistance } from '../../baseline/embedding/bandwidth.js';
import { principalComponents } from '../../baseline/embedding/components.js';
import { columnMeans, without } from '../../baseline/embedding/rows.js';
import { cpuLinearKernels as linear } from '../../kernels/cpu/vectors/vectors.js';
import { aucOf } from './auc.js';
import { cauchyCombined } from './combine.js';
import { exactMmd } from './exact-mmd.js';
import { fitLogistic } from './logistic.js';
import { meanDistances } from './mean-distances.js';
import { upperTail } from './null-law.js';
import { areaBetween } from './sliced-wasserstein.js';

interface Reference {
  readonly cases: readonly {
    readonly d: number;
    readonly x: number[];
    readonly y: number[];
    readonly bandwidth: number;
    readonly unbiased: number;
    readonly biased: number;
    readonly variances: number[];
    readonly components: number[];
    readonly cosine: number;
    readonly euclidean: number;
    readonly wasserstein: number[];
  }[];
  readonly tails: readonly { k1: number; k2: number; k3: number; value: number; p: number }[];
  readonly combinations: readonly { ps: number[]; p: number }[];
  readonly areas: readonly { a: number[]; b: number[]; auc: number; variance: number; p: number }[];
  readonly logistic: { p: number; rows: number[]; target: number[]; weights: number[]; intercept: number };
}

const reference: Reference = JSON.parse(
  readFileSync(new URL('fixtures/reference.json', import.meta.url), 'utf8'),
);

test.each(reference.cases)('rows of $d values: numpy, scipy and scikit-learn', async (expected) => {
  const { d } = expected;
  const rows = { reference: Float32Array.from(expected.x), current: Float32Array.from(expected.y) };
  const bandwidth = medianDistance(without(rows.reference, columnMeans(rows.reference, d)), d, linear);
  expect(bandwidth / expected.bandwidth).toBeCloseTo(1, 5);
  const mmd = await exactMmd({ rows, dimension: d, bandwidth, linear, seed: 1, draws: 99 });
  expect(mmd!.value).toBeCloseTo(expected.unbiased, 6);
  expect(mmd!.details!.biased).toBeCloseTo(expected.biased, 6);
  const means = {
    reference: columnMeans(rows.reference, d),
    current: columnMeans(rows.current, d),
    exact: true,
  };
  const { cosine, euclidean } = meanDistances(means, d);
  expect(cosine!.value).toBeCloseTo(expected.cosine, 9);
  expect(euclidean!.value).toBeCloseTo(expected.euclidean, 9);
  for (let j = 0; j < d; j++) {
    const column = (side: Float32Array) => side.filter((_, i) => i % d === j).sort();
    expect(areaBetween(column(rows.reference), column(rows.current))).toBeCloseTo(
      expected.wasserstein[j]!,
      6,
    );
  }
});

test.each(reference.cases)(
  'principal directions of $d values are those of scikit-learn',
  ({ d, x, components }) => {
    const rows = Float32Array.from(x);
    const moved = without(rows, columnMeans(rows, d));
    const found = principalComponents(moved, d, { k: d, linear, seed: 1 });
    expect(found.directions.length).toBe(d * d);
    for (let i = 0; i < d; i++) {
      let dot = 0;
      for (let j = 0; j < d; j++) dot += found.directions[i * d + j]! * components[i * d + j]!;
      expect(Math.abs(dot)).toBeCloseTo(1, 4);
    }
  },
);

test('tails are those of Pearson type III', () => {
  for (const { value, p, ...cumulants } of reference.tails) {
    const found = upperTail(value, cumulants);
    expect(p < 1e-290 ? found < 1e-280 : Math.abs(found / p - 1) < 1e-6).toBe(true);
  }
});

test('p-values combine as the mean of Cauchy variables', () => {
  for (const { ps, p } of reference.combinations) expect(cauchyCombined(ps) / p).toBeCloseTo(1, 8);
  // One p of 1 hides no small one, and several of them are no news.
  expect(cauchyCombined([1, 1e-12, 1e-12])).toBeLessThan(1e-11);
  expect(cauchyCombined([1, 1, 1])).toBeCloseTo(0.99, 9);
  expect(cauchyCombined([])).toBe(1);
  expect(cauchyCombined([0, 0.5])).toBeGreaterThanOrEqual(0);
});

test('areas under the curve and their variances', () => {
  for (const { a, b, auc, variance } of reference.areas) {
    const found = aucOf(Float64Array.from(a), Float64Array.from(b));
    expect(found.auc).toBeCloseTo(auc, 12);
    expect(found.variance).toBeCloseTo(variance, 12);
  }
});

test('logistic regression is that of scikit-learn', () => {
  const { p, rows, target, weights, intercept } = reference.logistic;
  const use = Uint32Array.from(target.keys());
  const model = fitLogistic(Float32Array.from(rows), p, { use, current: Uint8Array.from(target) });
  for (let j = 0; j < p; j++) expect(model.weights[j]).toBeCloseTo(weights[j]!, 3);
  expect(model.intercept).toBeCloseTo(intercept, 3);
});
