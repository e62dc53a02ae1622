// SPDX-License-Identifier: Apache-2.0
import { proxy, type Remote, wrap } from 'comlink';
import { afterEach, describe, expect, test } from 'vitest';
import { climb } from '../engine/climb.js';
import { baselineFileOf, CONFIG, chunkOf, rowsOf } from './core/testing/rows.js';
import type { HostNews } from './host.js';
import { startMonitorWorker } from './start-monitor-worker.js';
import { rungs } from './worker-rungs.js';
import type { WorkerService } from './worker-service.js';

const made: Worker[] = [];

afterEach(() => {
  for (const worker of made.splice(0)) worker.terminate();
});

describe('the monitor in a worker', () => {
  test.each(rungs)('$name: takes rows, tells a shift and ends', async (rung) => {
    const { worker, place, notes } = await climb([rung]);
    expect({ place, notes }).toEqual({ place: rung.place, notes: [] });
    made.push(worker!);
    const host: Remote<WorkerService> = wrap<WorkerService>(worker!);
    const news: HostNews[] = [];
    const told = new Promise<void>((resolve) => {
      const listen = (heard: HostNews): void => {
        news.push(heard);
        if (news.flatMap(({ verdicts }) => verdicts).length >= 2) resolve();
      };
      void host
        .open({ ...CONFIG, baseline: baselineFileOf(rowsOf({ rows: 5_000, seed: 1 })) }, proxy(listen))
        .then((snapshot) => {
          expect(snapshot).toMatchObject({ state: 'running', engine: { kernels: /^wasm/ } });
        }, resolve);
    });
    await host.watch(true);
    await host.chunk(chunkOf(rowsOf({ rows: 1_000, seed: 2 })));
    await host.chunk(chunkOf(rowsOf({ rows: 1_500, seed: 3, shift: 1 })));
    await told;
    const verdicts = news.flatMap((heard) => heard.verdicts);
    expect(verdicts.map(({ rating }) => rating)[1]).toBe('drift');
    expect(news.some(({ snapshot }) => snapshot?.rows.measured === 2_500)).toBe(true);
    await host.close();
    expect((await host.snapshot()).state).toBe('disposed');
  });

  test('the ladder takes the first rung', async () => {
    const { worker, place } = await startMonitorWorker();
    made.push(worker!);
    expect(place).toBe('worker');
  });
});
