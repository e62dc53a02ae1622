// SPDX-License-Identifier: Apache-2.0
import { proxy, type Remote, wrap } from 'comlink';
import { afterEach, describe, expect, test } from 'vitest';
import { climb } from '../engine/climb.js';
import { baselineFileOf, CONFIG, chunkOf, rowsOf } from './core/testing/rows.js';
import type { HostNews } from './host.js';
import { packSnapshots } from './snapshot-border.js';
import { startMonitorWorker } from './start-monitor-worker.js';
import type { WindowVerdict } from './window-verdict.js';
import { rungs } from './worker-rungs.js';
import type { WorkerService } from './worker-service.js';

const made: Worker[] = [];

packSnapshots();

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

  test('what was flushed outlives a worker that is killed: the next one goes on', async () => {
    const config = {
      ...CONFIG,
      name: `killed ${crypto.getRandomValues(new Uint32Array(1))[0]}`,
      store: 'indexedDB' as const,
      windows: [{ rows: 600 }],
      baseline: baselineFileOf(rowsOf({ rows: 3_000, seed: 1 })),
    };
    const start = async () => {
      const { worker } = await startMonitorWorker();
      made.push(worker!);
      const host = wrap<WorkerService>(worker!);
      const verdicts: WindowVerdict[] = [];
      const snapshot = await host.open(
        config,
        proxy((heard: HostNews) => void verdicts.push(...heard.verdicts)),
      );
      return { worker: worker!, host, verdicts, snapshot };
    };
    const first = await start();
    expect(first.snapshot.store).toMatchObject({ kind: 'indexedDB', reason: '', leader: true });
    await first.host.chunk(chunkOf(rowsOf({ rows: 1_000, seed: 2 })));
    await first.host.flush();
    await first.host.chunk(chunkOf(rowsOf({ rows: 100, seed: 3 })));
    first.worker.terminate();
    const second = await start();
    expect(second.snapshot.rows.measured).toBeGreaterThanOrEqual(1_000);
    expect(second.snapshot.series[0].windows).toHaveLength(1);
    expect(second.snapshot.series[0].open?.rows).toBe(second.snapshot.rows.measured - 600);
    await second.host.chunk(chunkOf(rowsOf({ rows: 200, seed: 4 })));
    await second.host.flush();
    const { series } = await second.host.snapshot();
    expect(series[0].windows.map(({ rows }) => rows)).toEqual([600, 600]);
    await second.host.close();
  });

  test('the ladder takes the first rung', async () => {
    const { worker, place } = await startMonitorWorker();
    made.push(worker!);
    expect(place).toBe('worker');
  });
});
