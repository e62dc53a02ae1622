// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cpuKernels } from '../../kernels/cpu/cpu.js';
import { kolmogorovSmirnovExact } from '../kolmogorov-smirnov.js';
import { deequChiSquare, deequLInfinity, deequPopulationStability } from './deequ.js';
import {
  evidentlyHellinger,
  evidentlyJensenShannon,
  evidentlyKullbackLeibler,
  evidentlyPopulationStability,
  evidentlyWasserstein,
} from './evidently.js';
import {
  nannymlCategoricalHellinger,
  nannymlCategoricalJensenShannon,
  nannymlHellinger,
  nannymlJensenShannon,
  nannymlKolmogorovSmirnov,
  nannymlLInfinity,
  nannymlWasserstein,
} from './nannyml.js';
import { scipyEnergy, scipyWasserstein } from './scipy.js';
import {
  type TfdvHistogram,
  tfdvCategoricalJensenShannon,
  tfdvHistogram,
  tfdvJensenShannon,
  tfdvLInfinity,
  tfdvNormalizedAbsoluteDifference,
} from './tfdv.js';

interface Case {
  readonly name: string;
  readonly x: number[];
  readonly y: number[];
  readonly evidently: Record<string, number>;
  readonly nannyml: Record<string, number>;
  readonly tfdv: Record<string, number>;
}

const { cases } = JSON.parse(
  readFileSync(new URL('../fixtures/conventions.json', import.meta.url), 'utf8'),
) as { cases: Case[] };

const close = (value: number, expected: number, what = '') =>
  expect(Math.abs(value - expected), `${what}: ${value}, expected ${expected}`).toBeLessThan(
    1e-9 * Math.max(1, Math.abs(expected)),
  );

const cdfOf = (x: ArrayLike<number>, y: ArrayLike<number>) =>
  cpuKernels.cdf(cpuKernels.sort(Float64Array.from(x)).values, cpuKernels.sort(Float64Array.from(y)).values);

/** Counts of two maps over the union of their keys. */
function counts(x: Record<string, number>, y: Record<string, number>) {
  const names = [...new Set([...Object.keys(x), ...Object.keys(y)])];
  return { a: names.map((name) => x[name] ?? 0), b: names.map((name) => y[name] ?? 0) };
}

test.each(cases)('as the packages: $name', ({ x, y, evidently, nannyml, tfdv }) => {
  const [a, b] = [Float64Array.from(x), Float64Array.from(y)];
  const cdf = cdfOf(a, b);
  close(evidentlyJensenShannon(a, b), evidently['jensenShannon'], 'evidently JS');
  close(evidentlyPopulationStability(a, b), evidently['populationStability'], 'evidently PSI');
  close(evidentlyKullbackLeibler(a, b), evidently['kullbackLeibler'], 'evidently KL');
  close(evidentlyHellinger(a, b), evidently['hellinger'], 'evidently Hellinger');
  close(evidentlyWasserstein(cdf, a), evidently['wasserstein'], 'evidently W1');
  close(nannymlJensenShannon(a, b), nannyml['jensenShannon'], 'nannyml JS');
  close(nannymlHellinger(a, b), nannyml['hellinger'], 'nannyml Hellinger');
  close(nannymlWasserstein(cdf), nannyml['wasserstein'], 'nannyml W1');
  close(nannymlKolmogorovSmirnov(cdf), nannyml['kolmogorovSmirnov'], 'nannyml KS');
  close(tfdvJensenShannon(tfdvHistogram(a), tfdvHistogram(b)), tfdv['jensenShannon'], 'tfdv JS');
});

test('one pair, one name, many numbers', () => {
  const { x, y } = cases[0];
  const [a, b] = [Float64Array.from(x), Float64Array.from(y)];
  const cdf = cdfOf(a, b);
  expect(
    [
      evidentlyJensenShannon(a, b),
      nannymlJensenShannon(a, b),
      tfdvJensenShannon(tfdvHistogram(a), tfdvHistogram(b)),
      evidentlyPopulationStability(a, b),
      evidentlyWasserstein(cdf, a),
      nannymlWasserstein(cdf),
    ].map((value) => value.toPrecision(3)),
  ).toEqual(['0.197', '0.238', '0.0625', '0.327', '0.553', '0.559']);
});

test('NannyML puts unseen categories into one cell', () => {
  const table = counts({ a: 5, b: 5 }, { a: 5, c: 3, d: 2 });
  // Merged: (.5, .5, 0) against (.5, 0, .5).
  expect(nannymlCategoricalJensenShannon(table)).toBeCloseTo(Math.sqrt(0.5), 12);
  expect(nannymlCategoricalHellinger(table)).toBeCloseTo(Math.sqrt(0.5), 12);
  expect(nannymlLInfinity(table)).toBeCloseTo(0.5, 12);
});

const expectedFolder = new URL('../../../../shared/data/expected/', import.meta.url);
const expected = existsSync(expectedFolder);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, expectedFolder), 'utf8'));

describe.skipIf(!expected)(
  "numbers from the projects' own tests (skipped where ../shared/data is absent)",
  () => {
    test('TFDV: L-infinity and normalized difference', () => {
      const { linf, normalized_abs_difference } = read('tfdv_metrics.json');
      for (const { x, y, value } of linf) close(tfdvLInfinity(counts(x, y)), value);
      for (const { x, y, value } of normalized_abs_difference) {
        expect(tfdvNormalizedAbsoluteDifference(counts(x, y))).toBeCloseTo(value, 7);
      }
    });

    test('TFDV: Jensen–Shannon of histograms', () => {
      const { jsd_histograms, jsd_ranked } = read('tfdv_metrics.json') as {
        jsd_histograms: {
          note: string;
          h1?: TfdvHistogram['buckets'];
          h2?: TfdvHistogram['buckets'];
          value?: number;
        }[];
        jsd_ranked: { x?: Record<string, number>; y?: Record<string, number>; value: number }[];
      };
      let checked = 0;
      for (const { h1, h2, value, note } of jsd_histograms) {
        if (!h1 || !h2) continue;
        expect(tfdvJensenShannon({ buckets: h1 }, { buckets: h2 }), note).toBeCloseTo(value!, 9);
        checked++;
      }
      expect(checked).toBe(6);
      const nan = jsd_histograms.find(({ note }) => note.startsWith('NaN counted'))!.value!;
      expect(tfdvJensenShannon({ buckets: [[1, 2, 3]], nan: 1 }, { buckets: [[1, 2, 4]] })).toBeCloseTo(
        nan,
        9,
      );
      expect(tfdvJensenShannon({ buckets: [], nan: 4 }, { buckets: [], nan: 4 })).toBe(1);
      expect(() => tfdvJensenShannon({ buckets: [] }, { buckets: [[1, 2, 4]] })).toThrow(/empty/);
      const ranked = jsd_ranked.find(({ x }) => x)!;
      expect(tfdvCategoricalJensenShannon(counts(ranked.x!, ranked.y!))).toBeCloseTo(ranked.value, 12);
    });

    test('Deequ: PSI, L-infinity, χ²', () => {
      const { psi, linf, linf_robust, chisq } = read('deequ_distances.json');
      close(deequPopulationStability({ a: psi.expected_counts, b: psi.actual_counts }), psi.value);
      for (const { x, y, value } of linf) close(nannymlLInfinity(counts(x, y)), value);
      for (const { x, y, alpha, value } of linf_robust) close(deequLInfinity(counts(x, y), alpha), value);
      for (const { sample, expected: baseline, statistic, p } of chisq) {
        const result = deequChiSquare(new Map(Object.entries(baseline)), new Map(Object.entries(sample)));
        if (statistic !== undefined) close(result.statistic, statistic);
        close(result.pValue, p);
      }
    });

    test('scipy: KS, Wasserstein and energy', () => {
      const { cases: list } = read('scipy_ks_wasserstein_energy.json') as {
        cases: {
          test: string;
          x?: number[];
          y?: number[];
          wx?: number[] | null;
          wy?: number[] | null;
          value?: number;
          energy?: number;
          statistic?: number;
          p?: number;
        }[];
      };
      // Weights of rows are whole numbers: a row repeats.
      const repeated = (values: number[], weights?: number[] | null) =>
        weights ? values.flatMap((value, i) => Array<number>(weights[i]).fill(value)) : values;
      let checked = 0;
      for (const c of list) {
        if (!Array.isArray(c.x) || !Array.isArray(c.y)) continue;
        const [x, y] = [repeated(c.x, c.wx), repeated(c.y, c.wy)];
        const cdf = cdfOf(x, y);
        if (c.test.startsWith('ks_2samp')) {
          const ks = kolmogorovSmirnovExact(cdf, { m: x.length, n: y.length, level: 0.01 });
          close(ks.value, c.statistic!);
          if (c.p !== undefined) close(ks.pValue!, c.p);
        } else {
          close(scipyWasserstein(cdf), c.value!);
          close(scipyEnergy(cdf), c.energy!);
        }
        checked++;
      }
      expect(checked).toBe(18);
    });
  },
);
