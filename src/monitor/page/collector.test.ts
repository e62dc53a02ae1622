// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Chunk } from '../host.js';
import { Collector } from './collector.js';
import { anyCall } from './testing/any-call.js';
import { cellsOf } from './testing/cells-of-chunk.js';
import { ColumnModel } from './testing/column-model.js';

const WIDE = { rows: 1_000, bytes: 1e8, now: () => 7 };

describe('what comes out is what went in', () => {
  test('rows of any shape make the columns that those rows make, chunk after chunk', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyCall, { maxLength: 5 }), { maxLength: 4 }), (chunks) => {
        const collector = new Collector(WIDE);
        const model = new ColumnModel();
        for (const calls of chunks) {
          let rows = 0;
          for (const { observed, rows: made } of calls) {
            expect(collector.observe(observed)).toBe('');
            for (const one of made) model.add(one);
            rows += made.length;
          }
          const [chunk, ...others] = collector.take();
          expect(others).toEqual([]);
          expect(chunk?.batch.rows ?? 0).toBe(rows);
          if (chunk !== undefined) expect(cellsOf(chunk)).toEqual(model.take());
        }
      }),
      { numRuns: 600 },
    );
  });

  test('nothing that the app has is kept', () => {
    const collector = new Collector(WIDE);
    const numbers = Float32Array.of(1, 2);
    const vector = Float32Array.of(3, 4);
    const columns = { x: numbers, e: [vector, vector] };
    collector.observe({ columns });
    numbers.fill(9);
    vector.fill(9);
    columns.e.length = 0;
    expect(cellsOf(collector.take()[0])).toEqual({
      x: [1, 2],
      e: [
        [3, 4],
        [3, 4],
      ],
    });
  });

  test('many rows, and buffers that are used again: earlier chunks stay as they were', () => {
    const collector = new Collector({ ...WIDE, rows: 1e5 });
    const chunks: Chunk[] = [];
    const made: number[][] = [];
    let next = 0;
    for (const rows of [20_000, 3, 9_000, 1, 40]) {
      const values = Array.from({ length: rows }, () => next++);
      collector.observe({ columns: { n: values, s: values.map((n) => `s${n % 7}`) } });
      chunks.push(...collector.take());
      made.push(values);
    }
    for (const [i, chunk] of chunks.entries())
      expect(cellsOf(chunk)).toEqual({ n: made[i], s: made[i].map((n) => `"s${n % 7}`) });
  });
});

describe('ids, times, versions, slices', () => {
  test('one for all rows, one a row, or none; a chunk has one version', () => {
    const collector = new Collector(WIDE);
    collector.observe({ a: 1 }, { ids: 'p1', times: new Date(5), version: 'v1' });
    collector.observe([{ a: 2 }, { a: 3 }], {
      times: [8, Number.NaN],
      slices: { country: ['ch', 'at'], plan: 'free' },
    });
    collector.observe({ a: 4 }, { ids: 11, version: 'v1', slices: { country: 'de' } });
    const [first, second, ...others] = collector.take();
    expect(others).toEqual([]);
    expect([first.version, second.version]).toEqual(['v1', '']);
    expect(cellsOf(first)).toEqual({ a: [1, 4] });
    expect(first.ids).toEqual(['p1', 11]);
    expect([...first.times]).toEqual([5, 7]);
    expect(first.slices).toEqual({ country: ['', 'de'], plan: ['', ''] });
    expect(cellsOf(second)).toEqual({ a: [2, 3] });
    expect(second.ids).toEqual([null, null]);
    expect([...second.times]).toEqual([8, 7]);
    expect(second.slices).toEqual({ country: ['ch', 'at'], plan: ['free', 'free'] });

    collector.observe({ a: 5 });
    const [next] = collector.take();
    expect(next).toMatchObject({ ids: null, slices: null, version: '', skipped: 0, refused: 0 });
  });

  test('sums of a call stand beside its rows', () => {
    const collector = new Collector(WIDE);
    const sums = { name: 'e', frameId: 'f', partial: {} as never };
    collector.observe({ a: 1 }, { version: 'v1' });
    collector.observe({ a: 2 });
    collector.observe([{ a: 3 }, { a: 4 }], { version: 'v1', sums: [sums] });
    const [chunk] = collector.take();
    expect(chunk.sums).toEqual([{ ...sums, first: 1, rows: 2 }]);
  });

  test('rows that an adapter left out count as observed and skipped', () => {
    const collector = new Collector(WIDE);
    collector.observe({ a: 1 }, { skipped: 4 });
    expect(collector.observed).toBe(5);
    expect(collector.take()[0]).toMatchObject({ skipped: 4, refused: 0 });
  });
});
