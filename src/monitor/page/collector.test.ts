// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { uniform } from '../../engine/testing/tables.js';
import type { Chunk } from '../host.js';
import type { Observed, Value } from '../monitor.js';
import { Collector } from './collector.js';

const WIDE = { rows: 1_000, bytes: 1e8, now: () => 7 };

type Cell = 'null' | 'unparsable' | 'ragged' | number | string | readonly number[];

/** What a chunk holds, cell by cell. */
function cellsOf({ batch }: Chunk): Record<string, Cell[]> {
  const cells: Record<string, Cell[]> = {};
  const states = ['', 'null', 'unparsable', 'ragged'] as const;
  for (const [name, column] of batch.columns)
    cells[name] =
      column.type === 'string'
        ? Array.from(column.codes, (code) => (code < 0 ? 'null' : `"${column.dictionary[code]}`))
        : Array.from(column.values, (value, i) => states[column.status?.[i] ?? 0] || value);
  for (const [name, { values, dimension, status }] of batch.vectors ?? [])
    cells[name] = Array.from(
      { length: batch.rows },
      (_, i) => states[status?.[i] ?? 0] || Array.from(values.subarray(i * dimension, (i + 1) * dimension)),
    );
  return cells;
}

/** The same by the rules, one cell at a time: a column has the type of its first value. */
class Model {
  #types = new Map<string, string>();
  #rows: Record<string, Value>[] = [];

  add(row: Record<string, Value>): void {
    this.#rows.push(row);
    for (const [name, value] of Object.entries(row))
      if (value !== null && value !== undefined && !this.#types.has(name))
        this.#types.set(name, typeOf(value));
  }

  take(): Record<string, Cell[]> {
    const names = new Set(this.#rows.flatMap((row) => Object.keys(row)));
    const rows = this.#rows;
    this.#rows = [];
    return Object.fromEntries(
      [...names].map((name) => [
        name,
        rows.map((row) => cellOf(this.#types.get(name), Object.hasOwn(row, name) ? row[name] : null)),
      ]),
    );
  }
}

function typeOf(value: NonNullable<Value>): string {
  if (value instanceof Date) return 'time';
  return typeof value === 'object'
    ? `vector ${value.length}`
    : typeof value === 'bigint'
      ? 'number'
      : typeof value;
}

function cellOf(type: string | undefined, value: Value): Cell {
  if (value === null || value === undefined || type === undefined) return 'null';
  const given = typeOf(value);
  if (type === 'string')
    return ['time', 'object'].includes(given) || given.startsWith('vector') ? 'null' : `"${value}`;
  if (type.startsWith('vector')) {
    if (!given.startsWith('vector')) return 'unparsable';
    return given === type ? Array.from(value as ArrayLike<number>, Math.fround) : 'ragged';
  }
  const number =
    type === 'time' && value instanceof Date
      ? value.getTime()
      : given === 'number' || given === 'boolean'
        ? Number(value)
        : undefined;
  if (number === undefined || (Number.isNaN(number) && value instanceof Date)) return 'unparsable';
  return type === 'boolean' && number !== 0 && number !== 1 ? 'unparsable' : number;
}

const name = fc.constantFrom('a', 'b', 'c', 'constructor', '7', 'columns');
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0));
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 6, arbitrary: number },
  { weight: 3, arbitrary: fc.constantFrom('x', 'y', '', '31') },
  fc.boolean(),
  fc.constantFrom(null, undefined),
  fc.date({ noInvalidDate: false }),
  fc.bigInt({ min: -9n, max: 9n }) as unknown as fc.Arbitrary<Value>,
  fc.array(fc.float(), { minLength: 1, maxLength: 3 }),
  fc.float32Array({ minLength: 2, maxLength: 2 }),
);
const row = fc.dictionary(name, value, { maxKeys: 5 }).map((made) => ({ ...made }));
const uniqueNames = fc.uniqueArray(name, { minLength: 1, maxLength: 4 });
const typed = fc.constantFrom<(numbers: readonly number[]) => ArrayLike<number>>(
  (numbers) => [...numbers],
  (numbers) => Float32Array.from(numbers),
  (numbers) => Float64Array.from(numbers),
  (numbers) => Int32Array.from(numbers),
  (numbers) => Uint8Array.from(numbers),
);

interface Call {
  readonly observed: Observed;
  readonly rows: readonly Record<string, Value>[];
}

const oneRow: fc.Arbitrary<Call> = row.map((made) => ({ observed: made, rows: [made] }));
const manyRows: fc.Arbitrary<Call> = fc
  .oneof(
    fc.array(row, { maxLength: 6 }),
    // Mostly all rows have the same names.
    uniqueNames.chain((names) =>
      fc.array(
        fc
          .tuple(...names.map(() => value))
          .map((cells) => Object.fromEntries(names.map((n, i) => [n, cells[i]]))),
        {
          maxLength: 6,
        },
      ),
    ),
  )
  .map((rows) => ({ observed: rows, rows }));
const columns: fc.Arbitrary<Call> = fc.tuple(uniqueNames, fc.nat({ max: 5 })).chain(([names, length]) =>
  fc
    .tuple(
      ...names.map(() =>
        fc.oneof(
          fc.array(value, { minLength: length, maxLength: length }),
          fc
            .tuple(typed, fc.array(number, { minLength: length, maxLength: length }))
            .map(([make, numbers]) => make(numbers)),
        ),
      ),
    )
    .map((made) => ({
      observed: { columns: Object.fromEntries(names.map((n, i) => [n, made[i]])) },
      rows: Array.from({ length }, (_, r) => Object.fromEntries(names.map((n, i) => [n, made[i][r]]))),
    })),
);
const matrix: fc.Arbitrary<Call> = fc
  .tuple(
    uniqueNames,
    typed,
    fc.array(fc.array(number, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
  )
  .map(([names, make, numbers]) => {
    const flat = make(numbers.flatMap((line) => line.slice(0, names.length)));
    return {
      observed: { matrix: flat, names },
      rows: numbers.map((_, r) => Object.fromEntries(names.map((n, c) => [n, flat[r * names.length + c]]))),
    };
  });
const embedding: fc.Arbitrary<Call> = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 }), fc.infiniteStream(fc.float()))
  .map(([dimension, length, stream]) => {
    const flat = Float32Array.from({ length: dimension * length }, () => stream.next().value as number);
    return {
      observed: {
        parts: [{ matrix: flat, embedding: 'e', dimension }, { columns: { a: new Array(length).fill(1) } }],
      },
      rows: Array.from({ length }, (_, r) => ({
        e: flat.subarray(r * dimension, (r + 1) * dimension),
        a: 1,
      })),
    };
  });

describe('what comes out is what went in', () => {
  test('rows of any shape make the columns that those rows make, chunk after chunk', () => {
    const call = fc.oneof(oneRow, manyRows, columns, matrix, embedding);
    fc.assert(
      fc.property(fc.array(fc.array(call, { maxLength: 5 }), { maxLength: 4 }), (chunks) => {
        const collector = new Collector(WIDE);
        const model = new Model();
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

describe('what cannot be rows is refused, counted, and told by name', () => {
  test.each<[string, unknown, number, RegExp]>([
    [
      'a length that differs',
      { columns: { a: [1, 2], b: [1, 2, 3] } },
      3,
      /^"b" has 3 values, expected 2 as "a" has$/,
    ],
    ['a column that is none', { columns: { a: 5 } }, 1, /^"a" is a number, expected an array/],
    ['a matrix without names', { matrix: [1, 2, 3], names: [] }, 3, /^a matrix without names/],
    [
      'a matrix of another width',
      { matrix: [1, 2, 3], names: ['a', 'b'] },
      1,
      /"a" has 3 values, expected a multiple of 2/,
    ],
    ['no dimension', { matrix: [1, 2], embedding: 'e', dimension: 0 }, 2, /^"e" has the dimension 0/],
    ['a name twice', { matrix: [1, 2], names: ['a', 'a'] }, 1, /^"a" occurs twice/],
    [
      'a name in two parts',
      { parts: [{ columns: { a: [1] } }, { matrix: [1], names: ['a'] }] },
      1,
      /^"a" occurs twice/,
    ],
    [
      'parts of unequal length',
      { parts: [{ columns: { a: [1] } }, { matrix: [1, 2], names: ['b'] }] },
      1,
      /"b" has 2 rows, expected 1 as "a" has/,
    ],
    ['a part that is none', { parts: [{ columns: { a: [1] } }, {}] }, 1, /^part 2 of 2 has neither/],
    ['rows that are none', [{ a: 1 }, 5], 2, /^row 2 of 2 is a number/],
    ['null', null, 1, /^null is no row/],
    ['a typed array alone', new Float32Array(3), 1, /^a typed array alone has no names/],
    [
      'a getter that throws',
      Object.defineProperty({}, 'a', {
        enumerable: true,
        get: () => {
          throw new Error('mine');
        },
      }),
      1,
      /could not be read: Error: mine/,
    ],
  ])('%s', (_, observed, rows, complaint) => {
    const collector = new Collector(WIDE);
    collector.observe({ a: 1 });
    expect(collector.observe(observed as Observed)).toMatch(complaint);
    collector.observe({ a: 2 });
    expect(collector.observed).toBe(2 + rows);
    const [chunk] = collector.take();
    expect(chunk).toMatchObject({ refused: rows, skipped: 0, batch: { rows: 2 } });
    expect(cellsOf(chunk)).toEqual({ a: [1, 2] });
  });

  test.each([
    [{ ids: ['x'] }, /^ids: 1 for 2 rows/],
    [{ ids: 'x' }, /^ids: 1 for 2 rows/],
    [{ times: [1, 2, 3] }, /^times: 3 for 2 rows/],
    [{ slices: { country: ['ch'] } }, /^slice "country": 1 values for 2 rows/],
    [
      { slices: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`k${i}`, 'x'])) },
      /more than 16 keys/,
    ],
    [{ version: 3 as never }, /^version: expected a string/],
  ])('options %#', (options, complaint) => {
    const collector = new Collector(WIDE);
    expect(collector.observe([{ a: 1 }, { a: 2 }], options)).toMatch(complaint);
    expect(collector.take()).toMatchObject([{ refused: 2, batch: { rows: 0 } }]);
  });

  test('a proxy that changes its mind takes nothing else along', () => {
    const collector = new Collector(WIDE);
    collector.observe({ matrix: [1, 2], names: ['a', 'b'] });
    let reads = 0;
    const columns = { a: [5], b: [6] };
    const lying = new Proxy(columns.b, {
      get: (target, key) => {
        if (key === '0' && reads++ >= 0) throw new Error('gone');
        return Reflect.get(target, key);
      },
    });
    expect(collector.observe({ columns: { a: [5], b: lying } })).toMatch(/gone/);
    collector.observe({ matrix: [3, 4], names: ['a', 'b'] });
    expect(cellsOf(collector.take()[0])).toEqual({ a: [1, 3], b: [2, 4] });
  });

  test('more features than a table has', () => {
    const collector = new Collector({ ...WIDE, bytes: 1e9 });
    const names = Array.from({ length: 4_097 }, (_, i) => `f${i}`);
    expect(collector.observe({ matrix: new Float32Array(4_097), names })).toMatch(/more than 4096 features/);
    expect(collector.observe(Object.fromEntries(names.map((n) => [n, 1])))).toMatch(
      /more than 4096 features/,
    );
    expect(collector.observe({ matrix: new Float32Array(3_000), names: names.slice(0, 3_000) })).toBe('');
    collector.take();
    // Names that are not seen any more make room.
    expect(collector.observe({ matrix: new Float32Array(2_000), names: names.slice(2_097) })).toBe('');
    expect(collector.take()[0].batch.columns.size).toBe(2_000);
  });
});

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
    expect(texts.take()[0].batch.rows + texts.skipped).toBeLessThan(12);
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
