// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberFrame } from '../baseline/cuts.js';
import { binRanks } from '../baseline/joint.js';
import { BinRanks } from './bin-ranks.js';
import { JointSums } from './joint-sums.js';
import type { TablePart } from './parts.js';

function emptySums(d: number): TablePart {
  const none = new Float64Array(0);
  const duplicates = { threshold: 0, hashes: new Map() };
  return {
    duplicates,
    keys: new Map(),
    orderRows: none,
    orderBroken: none,
    jointRows: 0,
    jointSum: new Float64Array(d),
    jointCross: new Float64Array(d * d),
  };
}

const sorted = (values: readonly number[]) => Float64Array.from(values).sort();

test('ranks are those of the bin that a value lies in, by table, guide and bisection', () => {
  const value = fc.oneof(
    fc.double({ min: -1e4, max: 1e4, noNaN: true }),
    fc.integer({ min: -50, max: 50 }),
    fc.constantFrom(0, -0, 1e9, -1e9, 5e-324, Number.MAX_VALUE),
  );
  const lists = fc.array(value, { minLength: 1, maxLength: 150, size: 'max' });
  fc.assert(
    fc.property(lists, lists, fc.boolean(), (reference, window, whole) => {
      const [from, to] = [reference, window].map((list) => (whole ? list.map(Math.round) : list));
      const frame = numberFrame(sorted(from!));
      const ranks = binRanks(sorted(from!), frame.cuts);
      const into = new Float64Array(to!.length);
      const complete = new Uint8Array(to!.length).fill(1);
      new BinRanks(frame, ranks).ranksOf(Float64Array.from(to!), to!.length, { into, complete });
      const expected = to!.map((each) => ranks[frame.cuts.filter((cut) => cut <= each).length]!);
      expect([...into]).toEqual(expected);
      expect(complete.every((flag) => flag === 1)).toBe(true);
    }),
  );
});

test('sums are exact over complete rows, whatever the number of columns and rows', () => {
  for (const [d, n] of [
    [1, 3],
    [2, 1_024],
    [3, 1_025],
    [5, 2_500],
    [8, 0],
  ] as const) {
    const columns = Array.from({ length: d }, (_, c) =>
      Float64Array.from({ length: n }, (_, i) =>
        (i + c) % 97 === 3 ? Number.NaN : Math.sin(i * (c + 1)) * 100,
      ),
    );
    const prepared = columns.map((values) => {
      const own = sorted([...values].filter((value) => !Number.isNaN(value)));
      const frame = numberFrame(own);
      const ranks = binRanks(own, frame.cuts);
      return {
        values,
        ranks: new BinRanks(frame, ranks),
        of: (x: number) => ranks[frame.cuts.filter((cut) => cut <= x).length]!,
      };
    });
    const part = emptySums(d);
    const sums = new JointSums(prepared.map(({ ranks }) => ranks));
    sums.add(part, columns, n);

    const expected = emptySums(d);
    for (let row = 0; row < n; row++) {
      if (columns.some((values) => Number.isNaN(values[row]))) continue;
      const r = prepared.map(({ of, values }) => of(values[row]!));
      expected.jointRows++;
      r.forEach((a, i) => {
        expected.jointSum[i]! += a;
        r.forEach((b, j) => {
          expected.jointCross[i * d + j]! += a * b;
        });
      });
    }
    expect(part).toEqual(expected);
  }
});

test('the largest ranks do not spill from one sum into its neighbour', () => {
  const values = Float64Array.from({ length: 1_024 }, () => 1e6);
  const frame = numberFrame(Float64Array.of(0, 1));
  const ranks = new BinRanks(frame, binRanks(Float64Array.of(0, 1), frame.cuts));
  const low = values.map((value) => -value);
  const part = emptySums(3);
  new JointSums([ranks, ranks, ranks]).add(part, [values, low, low], 1_024);
  const top = 127 * 127 * 1_024;
  expect([...part.jointCross]).toEqual([top, -top, -top, -top, top, top, -top, top, top]);
});
