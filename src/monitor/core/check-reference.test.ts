// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { ReferenceSpec } from '../specs.js';
import { checkedReference } from './check-reference.js';
import { Disk } from './testing/disk.js';
import { baselineFileOf, chunkOf, openHost, rowsOf } from './testing/rows.js';

const baseline = baselineFileOf(rowsOf({ rows: 3_000, seed: 1 }));

test.each<ReferenceSpec>([
  'baseline',
  { first: 5_000 },
  { last: '1d' },
  { last: 60_000 },
  { healthy: { from: 0, to: 5 } },
  { healthy: { from: 5, to: Number.POSITIVE_INFINITY } },
])('%j is taken as it is', (spec) => {
  expect(checkedReference(spec)).toEqual(spec);
});

test.each<[unknown, RegExp]>([
  ['yesterday', /this reference cannot be: "yesterday"/],
  [null, /cannot be: object/],
  [{}, /cannot be: object/],
  [{ first: 0 }, /\{ first: 0 \}/],
  [{ first: '5' }, /\{ first: "5" \}/],
  [{ first: 1e9 }, /\{ first: 1000000000 \}/],
  [{ last: 'soon' }, /"soon" is no duration/],
  [{ last: 0 }, /\{ last: 0 \}/],
  [{ healthy: null }, /\{ from: undefined, to: undefined \}/],
  [{ healthy: { from: 5, to: 5 } }, /\{ from: 5, to: 5 \}/],
  [{ healthy: { from: Number.NaN, to: 5 } }, /cannot be/],
])('%j is refused by name', (spec, message) => {
  expect(() => checkedReference(spec)).toThrow(message);
});

describe('a reference that cannot be', () => {
  test('asked for while running: told once, the one in use stays, also after a reload', async () => {
    const disk = new Disk();
    const first = await openHost({ baseline }, { openStore: async () => disk.open() });
    for (let i = 0; i < 2; i++) await first.host.setReference({ last: 'soon' as never });
    await first.host.chunk(chunkOf(rowsOf({ rows: 1_000, seed: 2, shift: 1 })));
    await first.host.flush();
    expect(first.errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(/"soon" is no duration/),
    ]);
    expect(first.verdicts[0]?.reference.label).toBe('the baseline "made up"');
    expect((await first.host.snapshot()).reference.spec).toBe('baseline');
    await first.host.close();

    const second = await openHost({ baseline }, { openStore: async () => disk.open() });
    expect((await second.host.snapshot()).state).toBe('running');
    expect((await second.host.snapshot()).reference.spec).toBe('baseline');
    expect(second.errors).toEqual([]);
  });

  test('in what an earlier version stored: told once, and the monitor starts all the same', async () => {
    const disk = new Disk();
    const first = await openHost({ baseline }, { openStore: async () => disk.open() });
    await first.host.chunk(chunkOf(rowsOf({ rows: 1_000, seed: 2 })));
    await first.host.close();
    const saved = (await disk.open().state('core')) as object;
    await disk.open().commit({ states: [{ key: 'core', value: { ...saved, reference: { last: 'soon' } } }] });
    const second = await openHost({ baseline }, { openStore: async () => disk.open() });
    expect(await second.host.snapshot()).toMatchObject({
      state: 'running',
      rows: { measured: 1_000 },
      reference: { spec: 'baseline' },
    });
    await second.host.flush();
    expect(second.errors).toHaveLength(1);
  });
});
