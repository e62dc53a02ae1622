// SPDX-License-Identifier: Apache-2.0
/** A monitor with its real host, paused, resumed and disposed of at any moment: rows add up, and after its end there is silence. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Batch } from '../columns/batch.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { baselineFileOf, observedOf, rowsOf } from './core/testing/rows.js';
import { createMonitor } from './create-monitor.js';
import { LocalHost } from './local-host.js';

/** One column: what is said of it does not matter here. */
function speeds(rows: number, seed: number, shift = 0): Batch {
  const { columns } = rowsOf({ rows, seed, shift });
  return { rows, columns: new Map([['speed', columns.get('speed')!]]) };
}

const baseline = baselineFileOf(speeds(2_000, 1));
const tables = [1, 20, 75, 130].map((rows, i) => ({
  rows,
  observed: observedOf(speeds(rows, 10 + i, i % 2)),
}));
const WINDOW = 50;

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const steps = fc.array(
  fc.record({
    what: fc.oneof(
      { weight: 6, arbitrary: fc.constant('observe' as const) },
      { weight: 1, arbitrary: fc.constantFrom('pause', 'resume') },
      {
        weight: 2,
        arbitrary: fc.constantFrom('flush', 'snapshot', 'report', 'label', 'metric', 'reference'),
      },
    ),
    table: fc.nat(tables.length - 1),
    /** ms until the next; null for none, not even a turn. */
    rests: fc.option(fc.nat(6), { nil: null, freq: 2 }),
  }),
  { minLength: 3, maxLength: 25 },
);

test('rows that it took while it was not paused are all accounted for, and nothing is told once it has been disposed of', async () => {
  const seen = { paused: 0, unfinished: 0 };
  await fc.assert(
    fc.asyncProperty(steps, fc.boolean(), fc.boolean(), async (list, isFlushed, isReady) => {
      const told: string[] = [];
      const monitor = createMonitor({
        name: `life ${Math.random()}`,
        baseline: baseline.slice(0),
        windows: [{ rows: WINDOW }, { every: '1m' }, { rows: 1 }],
        store: 'memory',
        exporter: () => {
          told.push('export');
        },
        host: () => new LocalHost({ kernels: cpuKernels }),
        onError: (error) => told.push(String(error)),
      });
      let judged = 0;
      monitor.onVerdict(({ window }) => {
        told.push('verdict');
        if (window.spec === `${WINDOW} rows`) judged += window.rows;
      });
      monitor.onAlert(() => told.push('alert'));
      monitor.onOutlier(() => told.push('outlier'));
      monitor.onUpdate(() => told.push('update'));
      // Else its life may be over before it has begun.
      if (isReady) await monitor.ready;
      let taken = 0;
      let isPaused = false;
      const pending: Promise<unknown>[] = [];
      for (const { what, table, rests } of list) {
        const { rows, observed } = tables[table]!;
        if (what === 'observe') {
          monitor.observe(observed);
          if (!isPaused) taken += rows;
          else seen.paused++;
        }
        if (what === 'pause' || what === 'resume') {
          isPaused = what === 'pause';
          monitor[what]();
        }
        if (what === 'label') monitor.label(table, true);
        if (what === 'metric') monitor.metric('orders', table);
        if (what === 'flush' || what === 'snapshot' || what === 'report') pending.push(monitor[what]());
        if (what === 'reference') pending.push(monitor.setReference(table < 2 ? 'baseline' : { last: '1h' }));
        if (rests !== null) await pause(rests);
      }
      if (isFlushed) {
        await monitor.flush();
        const { rows } = await monitor.snapshot();
        expect(rows).toMatchObject({ observed: taken, measured: taken, waiting: 0, skipped: 0, refused: 0 });
      }
      const farewell = monitor.dispose();
      monitor.observe(tables[3]!.observed);
      await farewell;
      const { length } = told;
      const { rows, state } = await monitor.snapshot();
      expect(state).toBe('disposed');
      expect(rows.observed).toBe(taken);
      expect(rows.measured + rows.skipped + rows.refused + rows.waiting).toBe(taken);
      // What was measured is judged before it ends, as far as it fills windows.
      expect(judged).toBeLessThanOrEqual(rows.measured);
      if (isFlushed) expect(rows.measured - judged).toBeLessThan(WINDOW);
      if (rows.measured < taken) seen.unfinished++;
      // Whatever was asked meanwhile has an answer.
      await Promise.all(pending);
      expect(told.filter((each) => each.includes('Error') && !each.includes('judged together'))).toEqual([]);
      monitor.observe(tables[2]!.observed);
      monitor.resume();
      await monitor.flush();
      await pause(60);
      expect(told.slice(length)).toEqual([]);
      expect((await monitor.snapshot()).rows.observed).toBe(taken);
    }),
    { numRuns: 30, endOnFailure: true },
  );
  // What this is about has come up.
  expect(Math.min(seen.paused, seen.unfinished)).toBeGreaterThan(0);
});
