// SPDX-License-Identifier: Apache-2.0
/** The five lines of the README, on the backends that read back slowly here: somebody who tries them out sees a verdict. */
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ReadBudget } from '../../src/adapters/read-budget.js';
import type { Tensor } from '../../src/adapters/tensorflow/types.js';
import { unwatch, watch } from '../../src/adapters/tfjs.js';
import type { Column } from '../../src/columns/column.js';
import { createMonitor, type WindowVerdict } from '../../src/index.js';
import { baselineFileOf } from '../../src/monitor/core/testing/rows.js';
import { type Backend, loadTensorFlow, type TensorFlowForTests, useBackend } from './tensorflow.js';

const ROWS = 32;
/** Between two predictions, ms. */
const EVERY_MS = 100;

let tf: TensorFlowForTests;
beforeAll(async () => {
  tf = await loadTensorFlow();
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Rows of hour and distance, and what the model makes of them. */
async function baselineOf(model: { predict(x: Tensor): Tensor }): Promise<ArrayBuffer> {
  const rows = 2000;
  const inputs = inputsOf(rows);
  const x = tf['tensor2d'](inputs, [rows, 2]) as Tensor;
  const y = model.predict(x);
  const columns = new Map<string, Column>();
  for (const [c, name] of ['hour', 'distance'].entries())
    columns.set(name, {
      type: 'number',
      values: inputs.filter((_, i) => i % 2 === c),
      status: null,
    });
  columns.set('score', { type: 'number', values: Float32Array.from(await y.data(), Number), status: null });
  x.dispose();
  y.dispose();
  return baselineFileOf({ rows, columns }, 'flights');
}

function inputsOf(rows: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: rows * 2 }, () => Math.random());
}

test.each<Backend>(['webgl', 'cpu'])('a first verdict within a minute on %s', async (backend) => {
  await useBackend(tf, backend);
  const tfModel = tf['sequential']();
  tfModel.add(tf['layers'].dense({ inputShape: [2], units: 64, activation: 'relu', name: 'dense_1' }));
  tfModel.add(tf['layers'].dense({ units: 32, activation: 'relu', name: 'dense_2' }));
  tfModel.add(tf['layers'].dense({ units: 1, activation: 'sigmoid', name: 'dense_3' }));
  const baseline = await baselineOf(tfModel);
  const pieces: number[] = [];
  const { spend } = ReadBudget.prototype;
  vi.spyOn(ReadBudget.prototype, 'spend').mockImplementation(function (this: ReadBudget, ms) {
    pieces.push(ms);
    spend.call(this, ms);
  });
  const errors: Error[] = [];
  const verdicts: WindowVerdict[] = [];
  const monitor = createMonitor({
    baseline,
    windows: [{ rows: 1000 }, { every: '1h' }],
    store: 'memory',
    onError: (error) => errors.push(error),
  });
  const model = watch(tfModel, monitor, {
    tf,
    inputs: ['hour', 'distance'],
    outputs: 'score',
    embedding: 'dense_2',
  });
  monitor.onVerdict((verdict) => verdicts.push(verdict));
  const start = performance.now();
  let calls = 0;
  while (verdicts.length === 0 && performance.now() - start < 60_000) {
    const x = tf['tensor2d'](inputsOf(ROWS), [ROWS, 2]) as Tensor;
    const y = model.predict(x) as Tensor;
    await y.data();
    x.dispose();
    y.dispose();
    calls++;
    await new Promise((done) => setTimeout(done, EVERY_MS));
  }
  const took = performance.now() - start;
  expect(verdicts[0]?.sentence).toMatch(/\w/);
  const { rows } = await monitor.snapshot();
  expect(rows.observed).toBeLessThanOrEqual(calls * ROWS);
  // Nothing that anybody feels: one piece in twenty may be the machine's own pause.
  pieces.sort((a, b) => a - b);
  expect(pieces[Math.floor(0.95 * pieces.length) - 1]).toBeLessThan(50);
  // And no more in all than was promised, and the piece that overdraws it.
  const spent = pieces.reduce((sum, ms) => sum + ms, 0);
  expect(spent).toBeLessThan(0.01 * took + 250 + 3 + pieces.at(-1)!);
  // The baseline is one of tables: the one thing to be told.
  expect(errors.map(({ message }) => message)).toEqual([
    expect.stringContaining('the baseline has no embedding "dense_2"'),
  ]);
  unwatch(model);
  await monitor.dispose();
  tfModel.dispose();
});
