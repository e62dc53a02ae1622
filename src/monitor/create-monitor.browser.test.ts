// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { baselineFileOf, observedOf, rowsOf } from './core/testing/rows.js';
import { createMonitor } from './create-monitor.js';
import { RecordingHost } from './page/testing/recording-host.js';
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

test('on a page that is never idle it starts all the same, after two seconds', async () => {
  const { port1, port2 } = new MessageChannel();
  const begin = performance.now();
  let startedAt = Number.POSITIVE_INFINITY;
  // One task after the other, none of them long, for as long as it takes.
  await new Promise<void>((resolve) => {
    port1.onmessage = () => {
      const end = performance.now() + 20;
      while (performance.now() < end);
      if (startedAt < Number.POSITIVE_INFINITY || end - begin > 8_000) resolve();
      else port2.postMessage(null);
    };
    port2.postMessage(null);
    const monitor = createMonitor({
      name: 'busy',
      host: () => {
        startedAt = performance.now();
        return new RecordingHost();
      },
    });
    monitor.observe({ a: 1 });
  });
  port1.close();
  expect(startedAt - begin).toBeLessThan(5_000);
});
