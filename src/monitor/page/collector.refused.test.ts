import { describe, expect, test } from 'vitest';
import type { Observed } from '../monitor.js';
import { Collector } from './collector.js';

import { cellsOf } from './testing/cells-of-chunk.js';

const WIDE = { rows: 1_000, bytes: 1e8, now: () => 7 };

function transferred(array: Float32Array<ArrayBuffer>): Float32Array {
  structuredClone(array, { transfer: [array.buffer] });
  return array;
}

/** As a model in WebAssembly gives its outputs, after the next call has asked for more memory. */
function outgrown(): Float32Array {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const view = new Float32Array(memory.buffer, 0, 4);
  memory.grow(1);
  return view;
}

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
    [
      'a column whose memory was transferred',
      { columns: { a: transferred(new Float32Array(3)), b: transferred(new Float32Array(3)) } },
      1,
      /^the array of "a" is detached: its memory was transferred/,
    ],
    [
      'one such column beside others',
      { columns: { a: [1, 2, 3], b: transferred(new Float32Array(3)) } },
      3,
      /^the array of "b" is detached/,
    ],
    [
      'a matrix on a memory that has grown',
      { matrix: outgrown(), names: ['a', 'b'] },
      1,
      /^the array of "a" is detached: .* or has grown/,
    ],
    ['embeddings that are gone', { matrix: outgrown(), embedding: 'e', dimension: 2 }, 1, /"e" is detached/],
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
      /could not be read: mine/,
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

  test('arrays that hold nothing are no rows, and no mistake', () => {
    const collector = new Collector(WIDE);
    expect(collector.observe({ columns: { a: new Float32Array(0) } })).toBe('');
    expect(collector.observe({ matrix: new Float32Array(0), names: ['a'] })).toBe('');
    expect(collector.observed + collector.refused).toBe(0);
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
