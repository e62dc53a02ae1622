// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { baselineFileOf, observedOf, rowsOf } from './core/testing/rows.js';
import { createMonitor } from './create-monitor.js';
import type { WindowVerdict } from './window-verdict.js';

const baseline = baselineFileOf(rowsOf({ rows: 20_000, seed: 1 }));

const columnsOf = (rows: number, seed: number, shift = 0) => observedOf(rowsOf({ rows, seed, shift }));

test('a worker by itself', async () => {
  const errors: Error[] = [];
  const verdicts: WindowVerdict[] = [];
  const monitor = createMonitor({
    baseline,
    windows: [{ rows: 500 }],
    store: 'memory',
    onError: (error) => errors.push(error),
  });
  monitor.onVerdict((verdict) => verdicts.push(verdict));
  monitor.observe(columnsOf(700, 2));
  const first = await monitor.ready;
  expect(errors).toEqual([]);
  expect(first).toMatchObject({ state: 'running', engine: { place: 'worker', kernels: /^wasm/ } });
  monitor.observe(columnsOf(800, 3, 1));
  await monitor.flush();
  await expect.poll(() => verdicts.length).toBe(3);
  expect(verdicts[2].rating).toBe('drift');
  expect((await monitor.snapshot()).rows).toMatchObject({ observed: 1_500, measured: 1_500, waiting: 0 });
  await monitor.dispose();
});
