// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import type { Observed, Value } from '../../monitor.js';

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

export interface Call {
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

/** One call of `observe` of any shape, and the rows that it stands for. */
export const anyCall: fc.Arbitrary<Call> = fc.oneof(oneRow, manyRows, columns, matrix, embedding);
