// SPDX-License-Identifier: Apache-2.0
/**
 * Commits to a store for as long as it lives, each commit with parts that must go together: a window, the number of the
 * commit, the rows of all windows so far; every eighth adds eight windows up to one and removes them.
 */
import { LastingStore } from '../../../src/store/lasting-store.js';
import type { StoreChanges, StoredWindow } from '../../../src/store/store.js';

export interface WriterOptions {
  readonly name: string;
  readonly durability: IDBTransactionDurability;
  readonly origin: string;
}

/** What a writer found when it came: sent before it writes. */
export interface Found {
  /** Of this writer: what it says later carries it too. */
  readonly writer: string;
  readonly kind: string;
  readonly reason: string;
  /** Number of the last commit; 0 before the first. */
  readonly last: number;
  /** What does not fit together; empty when all is well. */
  readonly wrong: readonly string[];
  readonly bytes: number;
  readonly windows: number;
}

const HOUR = 3_600_000;
/** As large as a profile of some thirty features. */
const PROFILE_BYTES = 20_000;

addEventListener('message', ({ data }: MessageEvent<WriterOptions>) => {
  // As the tab that leads: a worker may live on for a moment after its page has gone.
  navigator.locks
    .request(data.name, () => write(data))
    .catch((error: Error) => {
      void fetch(
        `${data.origin}/trouble?${new URLSearchParams({ message: `${error.name}: ${error.message}` })}`,
      );
    });
});

async function write({ name, durability, origin }: WriterOptions): Promise<void> {
  const store = await LastingStore.open({ name, limitBytes: 64 << 20, durability });
  const writer = crypto.randomUUID();
  const found = { writer, ...(await look(store)) };
  await fetch(`${origin}/found`, { method: 'POST', body: JSON.stringify(found) });
  const waiting = (await store.windows()).filter(({ grain }) => grain === 'window');
  let rows = ((await store.state('rows')) as number | undefined) ?? 0;
  for (let commit = found.last + 1; ; commit++) {
    const window = windowOf(commit);
    rows += window.rows;
    waiting.push(window);
    let changes: StoreChanges = {
      windows: [window],
      states: [
        { key: 'last', value: commit },
        { key: 'rows', value: rows },
      ],
    };
    if (commit % 8 === 0) {
      const merged = waiting.splice(0);
      changes = { ...changes, windows: [sumOf(merged, commit)], removed: merged.map(({ id }) => id) };
    }
    const start = performance.now();
    await store.commit(changes);
    const ms = performance.now() - start;
    if (store.kind === 'memory') throw new Error(store.reason);
    // Not awaited: that would leave the store idle most of the time.
    void fetch(`${origin}/done?${new URLSearchParams({ writer, commit: String(commit), ms: String(ms) })}`);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
  }
}

async function look(store: LastingStore): Promise<Omit<Found, 'writer'>> {
  const wrong: string[] = [];
  const expect = (holds: boolean, what: string) => {
    if (!holds) wrong.push(what);
  };
  const last = ((await store.state('last')) as number | undefined) ?? 0;
  const rows = ((await store.state('rows')) as number | undefined) ?? 0;
  const windows = await store.windows();
  const size = await store.size();
  const whole = windows.filter(({ grain }) => grain === 'window');
  const sum = windows.reduce((total, window) => total + window.rows, 0);
  expect(sum === rows, `windows hold ${sum} rows, the state says ${rows}`);
  expect(rows === rowsUpTo(last), `${rows} rows after commit ${last}, not ${rowsUpTo(last)}`);
  expect(whole.length === last % 8, `${whole.length} whole windows after commit ${last}`);
  expect(
    windows.length - whole.length === Math.floor(last / 8),
    `${windows.length - whole.length} sums after commit ${last}`,
  );
  expect(size.windows === windows.length, `${size.windows} windows by the totals, ${windows.length} found`);
  expect(size.damaged === 0, `${size.damaged} damaged`);
  for (const { id, rows: count, profile } of windows) {
    const isIntact =
      profile.length === PROFILE_BYTES && profile.every((byte, i) => byte === ((count + i) & 255));
    expect(isIntact, `the payload of ${id}`);
  }
  return { kind: store.kind, reason: store.reason, last, wrong, bytes: size.bytes, windows: windows.length };
}

function rowsOf(commit: number): number {
  return (commit * 37) % 101;
}

function rowsUpTo(last: number): number {
  let sum = 0;
  for (let commit = 1; commit <= last; commit++) sum += rowsOf(commit);
  return sum;
}

function windowOf(commit: number): StoredWindow {
  return made(`1 h/${commit * HOUR}/${commit}`, { commit, rows: rowsOf(commit), grain: 'window' });
}

function sumOf(windows: readonly StoredWindow[], commit: number): StoredWindow {
  const rows = windows.reduce((sum, window) => sum + window.rows, 0);
  return made(`1 h/day/${commit * HOUR}/f00d`, { commit, rows, grain: 'day' });
}

function made(
  id: string,
  { commit, rows, grain }: { commit: number; rows: number; grain: 'window' | 'day' },
): StoredWindow {
  return {
    id,
    spec: '1 h',
    start: commit * HOUR,
    end: (commit + 1) * HOUR,
    rows,
    frameId: 'f00d',
    grain,
    profile: Uint8Array.from({ length: PROFILE_BYTES }, (_, i) => (rows + i) & 255),
    outcomes: new Uint8Array(0),
    verdict: null,
  };
}
