// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { baselineFileOf, observedOf, rowsOf } from './core/testing/rows.js';
import { createMonitor } from './create-monitor.js';
import { LocalHost } from './local-host.js';
import type { WindowVerdict } from './window-verdict.js';

const baseline = baselineFileOf(rowsOf({ rows: 20_000, seed: 1 }));

const columnsOf = (rows: number, seed: number, shift = 0) => observedOf(rowsOf({ rows, seed, shift }));

test('rows go from the page to a host of its own, and verdicts come back', async () => {
  const errors: Error[] = [];
  const verdicts: WindowVerdict[] = [];
  const monitor = createMonitor({
    baseline,
    windows: [{ rows: 500 }],
    store: 'memory',
    host: () => new LocalHost(),
    onError: (error) => errors.push(error),
  });
  monitor.onVerdict((verdict) => verdicts.push(verdict));
  monitor.observe(columnsOf(700, 2));
  expect((await monitor.ready).state).toBe('running');
  monitor.observe(columnsOf(800, 3, 1));
  await monitor.flush();
  expect(errors).toEqual([]);
  expect(verdicts.map(({ rating }) => rating)).toEqual([
    expect.stringMatching(/stable|unknown/),
    'drift',
    'drift',
  ]);
  const { rows, state } = await monitor.snapshot();
  expect(state).toBe('running');
  expect(rows).toEqual({ observed: 1_500, measured: 1_500, skipped: 0, waiting: 0, late: 0, refused: 0 });
  await monitor.dispose();
  expect((await monitor.snapshot()).state).toBe('disposed');
});

test('inert on a server without a host', async () => {
  const monitor = createMonitor();
  monitor.observe({ a: 1 });
  const snapshot = await monitor.ready;
  expect(snapshot.state).toBe('inert');
  expect(snapshot.reason).toMatch(/server/);
  await monitor.dispose();
});
