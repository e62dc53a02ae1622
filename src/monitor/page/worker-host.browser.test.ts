// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, test, vi } from 'vitest';
import { createMonitor } from '../create-monitor.js';

afterEach(() => {
  vi.restoreAllMocks();
});

test('once it runs, the garbage collector is asked to tell of nothing: what it told would end a page that waits in the back-forward cache', async () => {
  const errors: Error[] = [];
  const registered = vi.spyOn(FinalizationRegistry.prototype, 'register');
  const monitor = createMonitor({
    name: 'collected',
    store: 'memory',
    windows: [{ rows: 100 }],
    reference: { first: 200 },
    onError: (error) => errors.push(error),
  });
  expect((await monitor.ready).engine.place).toMatch(/worker/);
  // While it starts, what is registered is what is kept.
  expect(registered).toHaveBeenCalled();
  registered.mockClear();
  for (let i = 0; i < 5; i++) {
    monitor.observe({ columns: { a: Float32Array.from({ length: 100 }, () => Math.random()) } });
    monitor.metric('orders', i);
    monitor.annotate('a mark');
    await monitor.flush();
    await monitor.snapshot();
    await monitor.embeddingPlan('none');
  }
  await monitor.report();
  await monitor.setReference({ first: 200 });
  monitor.onUpdate(() => {})();
  expect(registered).not.toHaveBeenCalled();
  expect(errors).toEqual([]);
  await monitor.dispose();
});
