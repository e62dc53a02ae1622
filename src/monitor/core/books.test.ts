// SPDX-License-Identifier: Apache-2.0
/** What is written of labels, alerts, metrics and the system: what has changed, and all of it after a commit that failed. */
import { expect, test } from 'vitest';
import type { Store } from '../../store/store.js';
import { Disk } from './testing/disk.js';
import { baselineFileOf, chunkOf, openHost, rowsOf, START } from './testing/rows.js';

const baseline = baselineFileOf(rowsOf({ rows: 2_000, seed: 1 }));

/** A store that notes which states are written, and fails where it is told to. */
function watched(disk: Disk): { readonly store: Store; readonly written: string[][]; fails: boolean } {
  const inner = disk.open();
  const log = {
    fails: false,
    written: [] as string[][],
    store: {
      kind: 'indexedDB',
      reason: '',
      isTaken: false,
      windows: (query) => inner.windows(query),
      records: () => inner.records(),
      state: (key) => inner.state(key),
      size: () => inner.size(),
      close: () => inner.close(),
      async commit(changes) {
        if (log.fails) throw new Error('no room');
        log.written.push((changes.states ?? []).map(({ key }) => key));
        await inner.commit(changes);
      },
    } satisfies Store as Store,
  };
  return log;
}

const windows = [{ rows: 500 }];

test('what alerts remember is written when a window has been judged, and not with every row', async () => {
  const log = watched(new Disk());
  const { host } = await openHost({ baseline, windows }, { openStore: async () => log.store });
  const written = async (rows: number, i: number): Promise<readonly string[]> => {
    await host.chunk(chunkOf(rowsOf({ rows, seed: i }), { start: START + i * 500_000 }));
    await host.flush();
    return log.written.at(-1)!;
  };
  expect(await written(100, 0)).toContain('alerts');
  expect(await written(100, 1)).not.toContain('alerts');
  expect(await written(300, 2)).toContain('alerts');
  const few = await written(10, 3);
  expect(few).toContain('core');
  for (const key of ['alerts', 'performance', 'metrics', 'system']) expect(few).not.toContain(key);
});

test('what a commit that failed did not write is in the next, whether anything has come since or not', async () => {
  const disk = new Disk();
  const log = watched(disk);
  const first = await openHost({ baseline, windows }, { openStore: async () => log.store });
  await first.host.chunk(chunkOf(rowsOf({ rows: 100, seed: 1 })));
  await first.host.flush();
  await first.host.metrics({ names: ['orders'], values: [7], times: [START] });
  log.fails = true;
  await first.host.flush();
  expect(first.errors.map(({ message }) => message)).toEqual(['no room']);
  log.fails = false;
  await first.host.flush();
  const second = await openHost({ baseline, windows }, { openStore: async () => disk.open() });
  expect((await second.host.snapshot()).metrics).toMatchObject([{ name: 'orders', count: 1, mean: 7 }]);
});
