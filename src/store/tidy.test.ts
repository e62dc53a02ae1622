// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeOutcomes, encodeOutcomes } from '../performance/outcome-codec.js';
import type { NumberOutcomes } from '../performance/outcomes.js';
import { decodeProfile, encodeProfile } from '../profile/codec.js';
import type { Profile } from '../profile/parts.js';
import { mergeAll } from '../profile/profile.js';
import { arbitraryRows, frameOf, profileOf, type Rows } from '../profile/testing/arbitrary-data.js';
import { expectSameProfile } from '../profile/testing/expect-profile.js';
import { openStore } from './open-store.js';
import type { Store, StoredWindow } from './store.js';
import { tidyStore } from './tidy.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 23);

const [SOME, ...OTHERS] = fc.sample(arbitraryRows, { numRuns: 30, seed: 9 }) as unknown as [Rows, ...Rows[]];
const frame = frameOf(SOME);
const profiles = OTHERS.map((rows) => profileOf(frame, rows));

function windowOf(i: number, start: number, changes: Partial<StoredWindow> = {}): StoredWindow {
  const profile = profiles[i % profiles.length]!;
  const outcomes: NumberOutcomes = { kind: 'numbers', rows: i, errors: i, absolute: i, squares: i * i };
  return {
    id: `50 rows/${start}/${i}`,
    spec: '50 rows',
    start,
    end: start + 60_000,
    rows: profile.rows,
    frameId: frame.id,
    grain: 'window',
    profile: new Uint8Array(encodeProfile(profile)),
    outcomes: i % 3 === 0 ? new Uint8Array(0) : encodeOutcomes(outcomes),
    verdict: { rating: 'stable' },
    ...changes,
  };
}

/** 240 that are recent, and 60 of which three or four fall in one hour, five and twenty days ago. */
function history(): StoredWindow[] {
  return Array.from({ length: 300 }, (_, i) => {
    if (i < 240) return windowOf(i, NOW - (i + 1) * (HOUR / 5));
    return windowOf(i, NOW - (i % 2 ? 5 : 20) * DAY + (300 - i) * (HOUR / 7));
  });
}

const isOld = ({ start }: StoredWindow) => start < NOW - 3 * DAY;

async function storeOf(windows: readonly StoredWindow[]): Promise<Store> {
  const store = await openStore({ name: 'tidy', kind: 'memory', limitBytes: 1e9 });
  await store.commit({ windows });
  return store;
}

const OPTIONS = { now: NOW, limitBytes: 1e9, frameOf: () => frame };

async function sumOf(store: Store): Promise<{ profile: Profile; outcomes: number[] }> {
  const windows = (await store.windows()).filter(isOld);
  const decoded = windows.map(({ profile }) => decodeProfile(profile, frame));
  const outcomes = windows
    .map((window) => decodeOutcomes(window.outcomes) as NumberOutcomes | null)
    .reduce((sum, one) => (one ? [sum[0]! + one.rows, sum[1]! + one.squares] : sum), [0, 0]);
  return { profile: mergeAll(decoded as [Profile, ...Profile[]]), outcomes };
}

async function digestOf(store: Store): Promise<string[]> {
  return (await store.windows()).map(
    ({ id, start, end, rows, profile }) =>
      `${id} ${start} ${end} ${rows} ${Buffer.from(profile).toString('latin1')}`,
  );
}

describe('tidying a store', () => {
  test('adds old windows up: fewer of them, and not a count is changed', async () => {
    const store = await storeOf(history());
    const before = await sumOf(store);
    const size = await store.size();
    const done = await tidyStore(store, { ...OPTIONS, mostMerges: 1000 });
    expect(done).toMatchObject({ thinned: 0, left: 0, damaged: 0, more: false });
    expect(done.merged).toBe(10);
    const after = await sumOf(store);
    expect(after.profile.rows).toBe(before.profile.rows);
    expectSameProfile(after.profile, before.profile, { neighbours: false });
    expect(after.outcomes).toEqual(before.outcomes);
    expect((await store.size()).bytes).toBeLessThan(size.bytes);
    const merged = (await store.windows()).filter(({ grain }) => grain !== 'window');
    expect(merged.every(({ verdict }) => verdict === null)).toBe(true);
    expect(merged.every(({ rows, profile }) => decodeProfile(profile, frame).rows === rows)).toBe(true);
    expect(await tidyStore(store, OPTIONS)).toMatchObject({ merged: 0, more: false });
  });

  test('does so many merges in a call, and goes on in the next', async () => {
    const [bit, whole] = [await storeOf(history()), await storeOf(history())];
    await tidyStore(whole, { ...OPTIONS, mostMerges: 1e6 });
    let calls = 0;
    while ((await tidyStore(bit, { ...OPTIONS, mostMerges: 3 })).more) calls++;
    expect(calls).toBeGreaterThan(2);
    expect(await digestOf(bit)).toEqual(await digestOf(whole));
  });

  test('stopped at any commit, the sums are what they were, and the next call ends it', async () => {
    const whole = await storeOf(history());
    const before = await sumOf(whole);
    await tidyStore(whole, { ...OPTIONS, mostMerges: 1e6 });
    for (const commits of [0, 1, 5]) {
      const store = await storeOf(history());
      const commit = store.commit.bind(store);
      let left = commits;
      store.commit = async (changes) => {
        if (left-- === 0) throw new Error('killed');
        await commit(changes);
      };
      await expect(tidyStore(store, OPTIONS)).rejects.toThrow('killed');
      const between = await sumOf(store);
      expectSameProfile(between.profile, before.profile, { neighbours: false });
      expect(between.outcomes).toEqual(before.outcomes);
      left = Number.POSITIVE_INFINITY;
      await tidyStore(store, { ...OPTIONS, mostMerges: 1e6 });
      expect(await digestOf(store)).toEqual(await digestOf(whole));
    }
  });

  test('what comes late is added to the hour that was made before', async () => {
    const windows = history();
    const late = windows.filter((_, i) => i > 240 && i % 7 === 0);
    const store = await storeOf(windows.filter((window) => !late.includes(window)));
    await tidyStore(store, { ...OPTIONS, mostMerges: 1e6 });
    await store.commit({ windows: late });
    await tidyStore(store, { ...OPTIONS, mostMerges: 1e6 });
    const whole = await storeOf(windows);
    await tidyStore(whole, { ...OPTIONS, mostMerges: 1e6 });
    const facts = (list: readonly StoredWindow[]) =>
      list.map(({ id, rows, start, end }) => ({ id, rows, start, end }));
    expect(facts(await store.windows())).toEqual(facts(await whole.windows()));
    expectSameProfile((await sumOf(store)).profile, (await sumOf(whole)).profile, { neighbours: false });
  });

  test('a profile that cannot be read leaves and is counted; the others of its hour are added up', async () => {
    const windows = history().map((window, i) => {
      if (i !== 290 && i !== 292) return window;
      const profile = window.profile.slice();
      profile[profile.length - 1]! ^= 1;
      return { ...window, profile };
    });
    const store = await storeOf(windows);
    const { damaged } = await tidyStore(store, { ...OPTIONS, mostMerges: 1e6 });
    expect(damaged).toBe(2);
    const rows = (await store.windows()).reduce((sum, window) => sum + window.rows, 0);
    const expected = windows.reduce((sum, window, i) => sum + (i === 290 || i === 292 ? 0 : window.rows), 0);
    expect(rows).toBe(expected);
  });

  test('outcomes of a model with other classes cannot be added: the later ones stay', async () => {
    const classes = (name: string) =>
      encodeOutcomes({
        kind: 'classes',
        classes: [name],
        counts: Float64Array.of(1),
        other: 0,
        otherRight: 0,
        scores: null,
      });
    const old = NOW - 10 * DAY;
    const store = await storeOf([
      ...history()
        .slice(0, 240)
        .map((window) => ({ ...window, outcomes: new Uint8Array(0) })),
      windowOf(900, old, { outcomes: classes('before') }),
      windowOf(901, old + 1, { outcomes: classes('after') }),
    ]);
    await tidyStore(store, { ...OPTIONS, mostMerges: 1e6 });
    const [first] = await store.windows();
    expect(first?.grain).toBe('hour');
    expect(decodeOutcomes(first!.outcomes)).toMatchObject({ classes: ['after'] });
  });

  test('windows of a frame that is not at hand stay, and leave when there is no room', async () => {
    const store = await storeOf(history());
    const all = (await store.size()).bytes;
    expect(await tidyStore(store, { ...OPTIONS, frameOf: () => null })).toMatchObject({ merged: 0, left: 0 });
    const { left } = await tidyStore(store, { ...OPTIONS, limitBytes: all / 2, frameOf: () => null });
    expect(left).toBeGreaterThan(100);
    expect((await store.size()).bytes).toBeLessThanOrEqual(all / 2);
  });
});
