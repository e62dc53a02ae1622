import { describe, expect, test } from 'vitest';
import { uniform } from '../../engine/testing/tables.js';
import { Collector } from './collector.js';

import { cellsOf } from './testing/cells-of-chunk.js';

describe('beyond the limits', () => {
  const SIZE = 40;
  const STREAM = 240;

  /** Rows that stay of a stream, in calls of uneven length. */
  function kept(
    random: () => number,
    observe: (collector: Collector, from: number, to: number) => void,
  ): number[] {
    const collector = new Collector({ rows: SIZE, bytes: 1e8, random, now: () => 0 });
    for (let row = 0, step = 1; row < STREAM; step = (step % 17) + 3) {
      const to = Math.min(STREAM, row + step);
      observe(collector, row, to);
      row = to;
    }
    const [chunk, ...others] = collector.take();
    expect(others).toEqual([]);
    expect(chunk).toMatchObject({ skipped: STREAM - SIZE, refused: 0 });
    expect(collector.observed).toBe(STREAM);
    return (cellsOf(chunk)['n'] as number[]).map(Number);
  }

  test('every row has the same chance to stay (chi-square at .001), and order is kept', () => {
    const random = uniform(20_261_123);
    const counts = new Float64Array(STREAM);
    const runs = 3_000;
    const numbers = Float64Array.from({ length: STREAM }, (_, i) => i);
    for (let run = 0; run < runs; run++) {
      const rows = kept(random, (collector, from, to) =>
        collector.observe({ columns: { n: numbers.subarray(from, to) } }),
      );
      expect(rows).toHaveLength(SIZE);
      expect(rows.every((row, i) => i === 0 || row > rows[i - 1])).toBe(true);
      for (const row of rows) counts[row]++;
    }
    // Each run keeps exactly SIZE rows: counts vary by SIZE/STREAM × (1 − SIZE/STREAM), and have one degree of freedom less.
    const share = SIZE / STREAM;
    const expected = runs * share;
    const square = counts.reduce((sum, count) => sum + (count - expected) ** 2, 0);
    const chiSquare = ((square / (expected * (1 - share))) * (STREAM - 1)) / STREAM;
    // Wilson and Hilferty's approximation of the .999 quantile.
    const freedom = STREAM - 1;
    const most = freedom * (1 - 2 / (9 * freedom) + 3.0902 * Math.sqrt(2 / (9 * freedom))) ** 3;
    expect(chiSquare).toBeLessThan(most);
  });

  test('rows stay whole in every shape', () => {
    const shapes: ((collector: Collector, rows: number[]) => void)[] = [
      (collector, rows) =>
        collector.observe(
          rows.map((n) => ({ n, s: `s${n}`, e: [n, -n], ...(n % 3 === 0 && { odd: n }) })),
          { ids: rows, times: rows, version: 'v', slices: { k: rows.map((n) => `k${n}`) } },
        ),
      (collector, rows) =>
        collector.observe(
          {
            parts: [
              { columns: { s: rows.map((n) => `s${n}`) } },
              { matrix: rows.flatMap((n) => [n, n % 3 === 0 ? n : (null as never)]), names: ['n', 'odd'] },
              { matrix: Float32Array.from(rows.flatMap((n) => [n, -n])), embedding: 'e', dimension: 2 },
            ],
          },
          { ids: rows, times: rows, version: 'v', slices: { k: rows.map((n) => `k${n}`) } },
        ),
    ];
    for (const observe of shapes) {
      const collector = new Collector({ rows: 10, bytes: 1e8, random: uniform(5) });
      for (let n = 0; n < 90; n += 6) observe(collector, [n, n + 1, n + 2, n + 3, n + 4, n + 5]);
      const [chunk] = collector.take();
      const { n, s, e, odd } = cellsOf(chunk);
      expect(n).toHaveLength(10);
      expect(s).toEqual(n.map((value) => `"s${value}`));
      expect(e).toEqual(n.map((value) => [value, 0 - Number(value)]));
      expect(odd).toEqual(n.map((value) => (Number(value) % 3 === 0 ? value : 'null')));
      expect(chunk.ids).toEqual(n);
      expect([...chunk.times]).toEqual(n);
      expect(chunk.slices).toEqual({ k: n.map((value) => `k${value}`) });
      expect(chunk.version).toBe('v');
      expect(chunk.skipped).toBe(80);
    }
  });

  test('bytes are a limit as well: wide rows, long texts', () => {
    const vectors = new Collector({ rows: 1_000, bytes: 40_000 });
    for (let i = 0; i < 50; i++) vectors.observe({ e: new Float32Array(1_000).fill(i) });
    expect(vectors.rows).toBeLessThan(12);
    expect(vectors.rows).toBeGreaterThan(8);
    const texts = new Collector({ rows: 1_000, bytes: 40_000 });
    for (let i = 0; i < 50; i++) texts.observe({ t: `${i}`.padEnd(2_000) });
    expect(texts.rows).toBeLessThan(12);
    expect(texts.bytes).toBeLessThan(200_000);
    for (const collector of [vectors, texts]) {
      const { rows } = collector;
      const [chunk] = collector.take();
      expect([chunk.batch.rows, chunk.skipped]).toEqual([rows, 50 - rows]);
    }
  });

  test('versions are counted apart: what was left out of each', () => {
    const collector = new Collector({ rows: 20, bytes: 1e8, random: uniform(3) });
    for (let n = 0; n < 100; n++) collector.observe({ n }, { version: `v${n % 2}` });
    const chunks = collector.take();
    expect(chunks.map(({ version }) => version)).toEqual(['v0', 'v1']);
    for (const [parity, chunk] of chunks.entries()) {
      expect(chunk.batch.rows + chunk.skipped).toBe(50);
      expect((cellsOf(chunk)['n'] as number[]).every((n) => n % 2 === parity)).toBe(true);
    }
  });

  test('sums cannot be cut: their rows stay or go together', () => {
    const collector = new Collector({ rows: 10, bytes: 1e8 });
    const sums = { name: 'e', frameId: 'f', partial: {} as never };
    collector.observe([{ a: 1 }, { a: 2 }], { sums: [sums] });
    collector.observe({ columns: { a: new Float32Array(7) } });
    collector.observe([{ a: 3 }, { a: 4 }], { sums: [sums] });
    collector.observe({ columns: { a: new Float32Array(5) } });
    const [chunk] = collector.take();
    expect(chunk.sums).toEqual([{ ...sums, first: 0, rows: 2 }]);
    expect(chunk.batch.rows).toBe(10);
    expect(chunk.skipped).toBe(6);
    expect((cellsOf(chunk)['a'] as number[]).slice(0, 2)).toEqual([1, 2]);
  });
});
