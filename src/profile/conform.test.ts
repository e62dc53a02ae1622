// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { Frame } from '../baseline/frame.js';
import { FrameBuilder } from '../baseline/frame-builder.js';
import type { Column } from '../columns/column.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import type { CategoryPart, NumberPart, TimePart } from './parts.js';
import { Profiler } from './profile.js';

const number = (...values: number[]): Column => ({
  type: 'number',
  values: Float64Array.from(values),
  status: null,
});
const time = (...values: number[]): Column => ({
  type: 'time',
  values: Float64Array.from(values),
  status: null,
});
const flag = (...values: number[]): Column => ({
  type: 'boolean',
  values: Float64Array.from(values),
  status: null,
});
function text(...cells: (string | null)[]): Column {
  const dictionary = [...new Set(cells.filter((cell) => cell !== null))];
  return {
    type: 'string',
    dictionary,
    codes: Int32Array.from(cells, (cell) => (cell === null ? -1 : dictionary.indexOf(cell))),
  };
}
const rowsOf = (column: Column) => (column.type === 'string' ? column.codes.length : column.values.length);

function frameOf(column: Column, kind?: 'number' | 'category' | 'text'): Frame {
  const settings = kind ? { columns: { x: { kind } } } : {};
  const builder = new FrameBuilder([{ name: 'x', type: column.type }], settings);
  builder.add({ rows: rowsOf(column), columns: new Map([['x', column]]) });
  return builder.finish();
}

function partOf<P>(frame: Frame, column: Column | undefined, rows = column ? rowsOf(column) : 0): P {
  const profiler = new Profiler(frame, cpuKernels);
  profiler.add({ rows, columns: new Map(column ? [['x', column]] : []) });
  return profiler.profile.parts.get('x') as P;
}

describe('a column of another type than the reference’s', () => {
  test('numbers that came as text are compared, the rest is unparsable', () => {
    const frame = frameOf(number(0.5, 1, 2, 4));
    const part = partOf<NumberPart>(frame, text('1', ' 2.0 ', 'n/a', '', null, '1e0', 'inf', '0x10'));
    expect(part).toMatchObject({
      rows: 8,
      missing: 1,
      unparsable: 3,
      nan: 0,
      positiveInfinity: 1,
      min: 1,
      max: 2,
    });
  });

  test('times are no numbers, numbers are no times', () => {
    expect(partOf<NumberPart>(frameOf(number(1, 2.5)), time(1, 2))).toMatchObject({
      rows: 2,
      unparsable: 2,
      nan: 0,
    });
    const frame = frameOf(time(0, 3_600_000));
    expect(partOf<TimePart>(frame, number(5, 6))).toMatchObject({ rows: 2, unparsable: 2, min: Infinity });
  });

  test('ISO texts are times, UTC without a zone', () => {
    const part = partOf<TimePart>(
      frameOf(time(0)),
      text('1970-01-02', '1970-01-01 00:00:01', '1970-01-01T02:00:00+02:00', 'soon'),
    );
    expect(part).toMatchObject({ unparsable: 1, min: 0, max: 86_400_000 });
  });

  test('numbers and words meet in categories', () => {
    const words = frameOf(text('1', '2', 'true'));
    expect(partOf<CategoryPart>(words, number(1, 1, 3))).toMatchObject({
      unseen: 1,
      unseenNames: new Map([['3', 1]]),
    });
    expect(partOf<CategoryPart>(words, flag(1, 0)).unseenNames).toEqual(new Map([['false', 1]]));
    const flags = frameOf(flag(0, 1, 1));
    expect([...partOf<CategoryPart>(flags, text('true', 'FALSE', '1', 'maybe')).counts]).toEqual([2, 1]);
    expect(partOf<CategoryPart>(flags, text('maybe'))).toMatchObject({ unparsable: 1, unseen: 0 });
  });

  test('anything is text', () => {
    const frame = frameOf(text('one two', 'three'), 'text');
    expect(partOf(frame, number(12, 3))).toMatchObject({
      rows: 2,
      tokenCount: 2,
      tokens: new Map([
        ['12', 1],
        ['3', 1],
      ]),
    });
  });
});

describe('a batch', () => {
  const frame = frameOf(number(1, 2.5, 4));

  test('that lacks a column has it missing on every row', () => {
    expect(partOf<NumberPart>(frame, undefined, 7)).toMatchObject({ rows: 7, missing: 7, nan: 0 });
  });

  test('with a column of the wrong length is refused by name', () => {
    const profiler = new Profiler(frame, cpuKernels);
    const batch = { rows: 3, columns: new Map([['x', number(1, 2)]]) };
    expect(() => profiler.add(batch)).toThrow(/"x" has 2 rows in a batch of 3/);
    expect(profiler.profile.rows).toBe(0);
  });
});
