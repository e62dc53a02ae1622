// SPDX-License-Identifier: Apache-2.0
/** How often nothing is taken for a change. The larger study is bench/embedding-nulls. */
import { expect, test } from 'vitest';
import { fitEmbedding } from '../../baseline/embedding/fit.js';
import { clusters } from '../../baseline/embedding/testing/clusters.js';
import type { EmbeddingFrame } from '../../baseline/frame.js';
import { createWasmVectorKernels } from '../../kernels/wasm/vectors.js';
import type { Distances } from '../distance.js';
import { compareEmbedding } from './compare.js';
import { permutationTests } from './permutation.js';
import { partOf as measured } from './testing/embeddings.js';

const { linear, vectors } = await createWasmVectorKernels();
const partOf = (frame: EmbeddingFrame, rows: Float32Array) => measured(frame, rows, vectors);
const NAMES = ['fourierMmd', 'fourierMmdWhitened', 'principalMoments', 'combined'] as const;
const D = 24;

/** Most rejections that a share p of `runs` gives with a chance of 1 in 2,000. */
const most = (runs: number, p: number) => runs * p + 3.3 * Math.sqrt(runs * p * (1 - p));

test.each([
  [400, 300],
  [2_000, 300],
])('from sums, %i reference rows', async (m, runs) => {
  const sizes = [10, 30, 200, 1_000];
  const hits = new Map<string, number>();
  for (let run = 0; run < runs; run++) {
    const draw = clusters(D, 5_000 + run);
    const rows = draw(m);
    const frame = await fitEmbedding(rows, { dimension: D, seed: run, linear, frequencies: 64, keepRows: 0 });
    const reference = await partOf(frame, rows);
    for (const n of sizes) {
      const current = await partOf(frame, draw(n));
      const { distances }: { distances: Distances } = await compareEmbedding({
        frame,
        reference,
        current,
        level: 0.05,
        seed: 1,
        linear,
      });
      for (const name of NAMES) {
        if (distances[name]!.pValue! >= 0.05) continue;
        hits.set(`${name} ${n}`, (hits.get(`${name} ${n}`) ?? 0) + 1);
      }
      // Intervals hold the true effect, 0, but for their share.
      if (distances.combined!.low! > 0) hits.set(`low ${n}`, (hits.get(`low ${n}`) ?? 0) + 1);
    }
  }
  // .06, not .05: with half of 400 rows for a null the tests reject up to so many (docs/embeddings.md).
  const wrong = [...hits].filter(([, count]) => count > most(runs, 0.06));
  expect(wrong).toEqual([]);
  for (const n of sizes) expect(hits.get(`fourierMmd ${n}`) ?? 0).toBeGreaterThan(runs * 0.01);
});

test('by permutation', async () => {
  const runs = 400;
  const hits = { combined: 0, fourierMmd: 0, fourierMmdWhitened: 0, principalMoments: 0 };
  for (let run = 0; run < runs; run++) {
    const draw = clusters(6, 9_000 + run);
    const rows = { reference: draw(40), current: draw(15) };
    const frame = await fitEmbedding(rows.reference, { dimension: 6, seed: run, linear, frequencies: 16 });
    const { tests, combinedP } = await permutationTests({
      frame,
      rows,
      linear,
      seed: run,
      draws: 199,
      share: 0.005,
    });
    if (combinedP < 0.05) hits.combined++;
    for (const { name, ridge, pValue } of tests) if (pValue < 0.05 && (ridge ?? 3) === 3) hits[name]++;
  }
  for (const count of Object.values(hits)) {
    expect(count).toBeLessThan(most(runs, 0.05));
    expect(count).toBeGreaterThan(runs * 0.02);
  }
});

test('the classifier', async () => {
  const { typicalRows } = await import('./typical.js');
  const runs = 200;
  let hits = 0;
  let missed = 0;
  for (let run = 0; run < runs; run++) {
    const draw = clusters(8, 4_000 + run);
    const rows = { reference: draw(200), current: draw(100) };
    const frame = await fitEmbedding(rows.reference, { dimension: 8, seed: run, linear, frequencies: 16 });
    const found = await typicalRows({ frame, rows, level: 0.05, seed: run, linear });
    if (found!.classifier.pValue! < 0.05) hits++;
    const { low, high } = found!.classifier;
    if (low! > 0.5 || high! < 0.5) missed++;
  }
  expect(hits).toBeLessThan(most(runs, 0.06));
  expect(missed).toBeLessThan(most(runs, 0.08));
});
