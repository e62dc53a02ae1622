// SPDX-License-Identifier: Apache-2.0
/** What a monitor holds stays as large as it was once its lists are full: entries are counted, not bytes. */
import { expect, test } from 'vitest';
import type { Store } from '../../store/store.js';
import { baselineFileOf, chunkOf, openHost, rowsOf, START } from './testing/rows.js';

const baseline = baselineFileOf(rowsOf({ rows: 2_000, seed: 1 }));

/** Keeps the latest states, as they are held, and no window. */
function openStates(): { readonly store: Store; readonly states: Map<string, unknown> } {
  const states = new Map<string, unknown>();
  const store: Store = {
    kind: 'memory',
    reason: '',
    isTaken: false,
    windows: async () => [],
    records: async () => [],
    state: async () => undefined,
    async commit({ states: changed = [] }) {
      for (const { key, value } of changed)
        if (value === null) states.delete(key);
        else states.set(key, value);
    },
    size: async () => ({ bytes: 0, windows: 0, damaged: 0 }),
    close: async () => {},
  };
  return { store, states };
}

/** Numbers, texts and all else in it, arrays of numbers as one. */
function entriesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return 1;
  const inside = value instanceof Map ? [...value].flat() : Object.values(value);
  return inside.reduce<number>((sum, each) => sum + entriesIn(each), 1);
}

/** Some 30 s are usual, however busy the machine is. */
const MOST_SECONDS = 90;

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

test('states and snapshot grow no more once 240 windows have come, labels, metrics and alerts included', async () => {
  const { store, states } = openStates();
  const { host, clock } = await openHost(
    {
      baseline,
      windows: [{ rows: 20 }, { rows: 40, step: 20 }, { every: '30s', step: '15s' }],
      labels: { expireMs: 600_000, most: 500 },
    },
    { openStore: async () => store },
  );
  const held: number[] = [];
  const begin = processorSeconds();
  for (let i = 0; i < 1_000; i++) {
    const start = START + i * 20_000;
    clock.now = start;
    const ids = Array.from({ length: 20 }, (_, row) => i * 20 + row);
    await host.chunk(chunkOf(rowsOf({ rows: 20, seed: i, shift: Math.floor(i / 20) % 2 }), { start, ids }));
    const known = ids.map((id) => id - 100).filter((id) => id >= 0 && id % 2 === 0);
    await host.labels({ ids: known, values: known.map((id) => id % 3 === 0) });
    await host.metrics({ names: ['orders'], values: [i], times: [start] });
    // What grows without a bound costs more and more: no need to wait for the end of it.
    expect(processorSeconds() - begin, `seconds for ${i + 1} chunks`).toBeLessThan(MOST_SECONDS);
    if (i % 10 === 9) await host.flush();
    if (i % 100 !== 99) continue;
    const { series } = await host.snapshot();
    expect(series.every(({ windows }) => windows.length <= 240)).toBe(true);
    held.push([...states.values()].reduce<number>((sum, state) => sum + entriesIn(state), 0));
    // Lists of windows are full after 400 chunks; alerts that are over come and come, until there are 100.
    const early = Math.max(...held.slice(3, 5));
    if (i >= 500) expect(held.at(-1)! / early, `after ${i + 1} chunks`).toBeLessThan(1.1);
  }
}, 300_000);
