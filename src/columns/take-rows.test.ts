// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { Batch } from './batch.js';
import { NULL } from './column.js';
import { concatColumns } from './concat-columns.js';
import { sliceBatch } from './slice-rows.js';
import { takeRows } from './take-rows.js';

const batch: Batch = {
  rows: 4,
  columns: new Map([
    [
      'x',
      {
        type: 'number' as const,
        values: new Float64Array([1, Number.NaN, 3, 4]),
        status: new Uint8Array([0, NULL, 0, 0]),
      },
    ],
    ['s', { type: 'string' as const, codes: new Int32Array([1, -1, 0, 1]), dictionary: ['a', 'b'] }],
  ]),
};

describe('takeRows', () => {
  test('takes rows in the order of the indices, with status and codes', () => {
    const taken = takeRows(batch, [3, 1]);
    expect(taken.rows).toBe(2);
    expect(taken.columns.get('x')).toEqual({
      type: 'number',
      values: new Float64Array([4, Number.NaN]),
      status: new Uint8Array([0, NULL]),
    });
    expect(taken.columns.get('s')).toMatchObject({ codes: new Int32Array([1, -1]), dictionary: ['a', 'b'] });
  });

  test('drops a status that marks nothing', () => {
    expect(takeRows(batch, [0, 2]).columns.get('x')).toMatchObject({ status: null });
  });
});

describe('sliceBatch', () => {
  test('gives views, clamped to the batch', () => {
    const slice = sliceBatch(batch, 2, 99);
    expect(slice.rows).toBe(2);
    const x = slice.columns.get('x');
    expect(x).toMatchObject({ values: new Float64Array([3, 4]), status: new Uint8Array([0, 0]) });
    expect(x?.type === 'number' && x.values.buffer).toBe(
      (batch.columns.get('x') as { values: Float64Array }).values.buffer,
    );
  });
});

describe('concatColumns', () => {
  test('merges dictionaries so that a value has one code', () => {
    const joined = concatColumns([
      { type: 'string', codes: new Int32Array([0, 1]), dictionary: ['b', 'a'] },
      { type: 'string', codes: new Int32Array([0, -1, 1]), dictionary: ['a', 'c', 'unused'] },
    ]);
    expect(joined).toEqual({
      type: 'string',
      codes: new Int32Array([0, 1, 1, -1, 2]),
      dictionary: ['b', 'a', 'c'],
    });
  });

  test('keeps f32 only when every part is f32, and pads status', () => {
    const single = { type: 'number' as const, values: new Float32Array([1]), status: null };
    const double = {
      type: 'number' as const,
      values: new Float64Array([Number.NaN]),
      status: new Uint8Array([NULL]),
    };
    expect(concatColumns([single, single])).toMatchObject({ values: new Float32Array([1, 1]), status: null });
    expect(concatColumns([single, double])).toMatchObject({
      values: new Float64Array([1, Number.NaN]),
      status: new Uint8Array([0, NULL]),
    });
  });

  test('refuses nothing and mixed types', () => {
    expect(() => concatColumns([])).toThrow('no columns');
    expect(() =>
      concatColumns([
        { type: 'string', codes: new Int32Array(0), dictionary: [] },
        { type: 'time', values: new Float64Array(0), status: null },
      ]),
    ).toThrow('a string column cannot be joined with a time column');
  });
});
