// SPDX-License-Identifier: Apache-2.0
import { proxy, type Remote, wrap } from 'comlink';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { climb } from '../engine/climb.js';
import { openStore } from '../store/open-store.js';
import { baselineFileOf, CONFIG, chunkOf, rowsOf } from './core/testing/rows.js';
import type { HostConfig, HostNews } from './host.js';
import type { MonitorSnapshot } from './snapshot.js';
import { packSnapshots } from './snapshot-border.js';
import { rungs } from './worker-rungs.js';
import type { WorkerService } from './worker-service.js';

const baseline = baselineFileOf(rowsOf({ rows: 5_000, seed: 1 }));
const PATIENCE = { timeout: 30_000, interval: 50 };
const HOUR = 3_600_000;
let count = 0;
const open = new Set<Tab>();

packSnapshots();

/** A monitor in a worker of its own, as each tab of an app has one. */
class Tab {
  readonly verdicts: string[] = [];
  readonly errors: string[] = [];
  readonly #worker: Worker;
  readonly host: Remote<WorkerService>;

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.host = wrap<WorkerService>(worker);
    open.add(this);
  }

  static async open(name: string, config: Partial<HostConfig> = {}): Promise<Tab> {
    const { worker } = await climb([rungs[0]!]);
    const tab = new Tab(worker!);
    const listen = ({ verdicts, errors }: HostNews): void => {
      tab.verdicts.push(...verdicts.map((verdict) => verdict.window.id));
      tab.errors.push(...errors.map(({ message }) => message));
    };
    await tab.host.open(
      {
        ...CONFIG,
        windows: [{ rows: 500 }],
        store: 'indexedDB',
        baseline: baseline.slice(0),
        ...config,
        name,
      },
      proxy(listen),
    );
    return tab;
  }

  async send(rows: number, seed: number, at = 0): Promise<void> {
    await this.host.chunk(chunkOf(rowsOf({ rows, seed }), { start: Date.UTC(2026, 2, 2) + at * HOUR }));
  }

  snapshot(): Promise<MonitorSnapshot> {
    return this.host.snapshot();
  }

  /** As a browser ends a tab. */
  kill(): void {
    this.#worker.terminate();
    open.delete(this);
  }
}

afterEach(() => {
  for (const tab of open) tab.kill();
});

const newName = () => `history ${count++}`;
const idsIn = (snapshot: MonitorSnapshot) =>
  snapshot.series.flatMap(({ windows }) => windows.map(({ id }) => id));

describe('a monitor whose tab is reloaded', () => {
  test('has its windows, its counts and its open window again', async () => {
    const name = newName();
    const first = await Tab.open(name);
    expect((await first.snapshot()).store).toMatchObject({ kind: 'indexedDB', reason: '', leader: true });
    await first.send(1_700, 2);
    await first.host.flush();
    const before = await first.snapshot();
    expect(idsIn(before)).toHaveLength(3);
    first.kill();
    const second = await Tab.open(name);
    const after = await second.snapshot();
    expect(idsIn(after)).toEqual(idsIn(before));
    expect(after.rows.measured).toBe(1_700);
    expect(after.series[0]!.open?.rows).toBe(200);
    expect(after.store.bytes).toBeGreaterThan(1_000);
    await second.send(300, 3, 1);
    await vi.waitFor(async () => expect(idsIn(await second.snapshot())).toHaveLength(4), PATIENCE);
    expect([...first.errors, ...second.errors]).toEqual([]);
  });

  test('killed without a word, it loses what came after the last transaction and nothing else', async () => {
    const name = newName();
    let kept = 0;
    for (let life = 0; life < 4; life++) {
      const tab = await Tab.open(name);
      const found = (await tab.snapshot()).rows.measured;
      expect(found).toBeGreaterThanOrEqual(kept);
      await tab.send(600, 10 + life, life);
      await tab.host.flush();
      kept = found + 600;
      // Not flushed: may be lost, as a whole.
      void tab.send(100, 20 + life, life);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
      tab.kill();
    }
    const last = await Tab.open(name);
    const snapshot = await last.snapshot();
    expect(snapshot.rows.measured).toBeGreaterThanOrEqual(2_400);
    expect((snapshot.rows.measured - 2_400) % 100).toBe(0);
    const windowed = snapshot.series[0]!.windows.reduce((sum, { rows }) => sum + rows, 0);
    expect(windowed + (snapshot.series[0]!.open?.rows ?? 0)).toBe(snapshot.rows.measured);
  });
});

describe('two tabs of one app', () => {
  test('share one history, whichever measures', async () => {
    const name = newName();
    const [a, b] = [await Tab.open(name), await Tab.open(name)];
    for (let i = 0; i < 4; i++) {
      await a.send(250, 30 + i, i);
      await b.send(250, 40 + i, i);
    }
    await vi.waitFor(async () => expect((await a.snapshot()).rows.measured).toBe(2_000), PATIENCE);
    await vi.waitFor(async () => expect(idsIn(await b.snapshot())).toHaveLength(4), PATIENCE);
    const [ofA, ofB] = [await a.snapshot(), await b.snapshot()];
    expect(idsIn(ofB)).toEqual(idsIn(ofA));
    expect(ofA.store).toMatchObject({ kind: 'indexedDB', tabs: 2, leader: true });
    expect(ofB.store).toMatchObject({ kind: 'indexedDB', tabs: 2, leader: false });
    await vi.waitFor(() => expect(b.verdicts).toEqual(a.verdicts), PATIENCE);
    expect(a.verdicts).toHaveLength(4);
  });

  test('go on when the one that writes is killed, however often: no row of those that live is lost or twice', async () => {
    const name = newName();
    const survivor = await Tab.open(name).then(async (first) => {
      const second = await Tab.open(name);
      await first.send(500, 50);
      await first.host.flush();
      first.kill();
      return second;
    });
    await vi.waitFor(async () => expect((await survivor.snapshot()).store.leader).toBe(true), PATIENCE);
    expect((await survivor.snapshot()).rows.measured).toBe(500);

    // From here on the survivor follows leaders that are killed.
    const sentBefore = 500;
    let sent = 0;
    await survivor.host.suspend();
    let leader = await Tab.open(name);
    await survivor.host.resume();
    for (let round = 0; round < 4; round++) {
      for (let i = 0; i < 3; i++) {
        await survivor.send(100, 60 + 3 * round + i, round);
        sent += 100;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
      }
      const next = Tab.open(name);
      leader.kill();
      leader = await next;
    }
    leader.kill();
    await vi.waitFor(async () => {
      const { store, rows } = await survivor.snapshot();
      expect([store.leader, rows.measured]).toEqual([true, sentBefore + sent]);
    }, PATIENCE);
    const { series, rows } = await survivor.snapshot();
    const windowed = series[0]!.windows.reduce((sum, window) => sum + window.rows, 0);
    expect(windowed + (series[0]!.open?.rows ?? 0)).toBe(rows.measured);
    await survivor.host.close();
    survivor.kill();
    const store = await openStore({ name, kind: 'indexedDB', limitBytes: 1 << 23 });
    const stored = (await store.records()).reduce((sum, record) => sum + record.rows, 0);
    expect(stored).toBe(windowed);
    await store.close();
  });
});
