// SPDX-License-Identifier: Apache-2.0
/** Arbitrary tables for property tests: every kind of column, every kind of value, any length from 0. */
import fc from 'fast-check';
import type { Frame } from '../../baseline/frame.js';
import { FrameBuilder } from '../../baseline/frame-builder.js';
import type { Batch } from '../../columns/batch.js';
import { type Column, NULL, PRESENT, UNPARSABLE } from '../../columns/column.js';
import type { Field, Schema } from '../../columns/schema.js';
import { cpuKernels } from '../../kernels/cpu/cpu.js';
import type { Profile } from '../parts.js';
import { Profiler } from '../profile.js';

/** One row: a value, a state, or nothing, per column of SCHEMA. */
interface Row {
  readonly real: number | null | 'unparsable';
  readonly single: number | null | 'unparsable';
  readonly level: number;
  readonly depth: number;
  readonly few: number | null | 'unparsable';
  readonly flag: 0 | 1 | null;
  readonly when: number | null | 'unparsable';
  readonly word: string | null;
  readonly note: string | null;
  readonly id: number;
}

export type Rows = readonly Row[];

export const SCHEMA: Schema = [
  { name: 'real', type: 'number', declared: 'double' },
  { name: 'single', type: 'number' },
  { name: 'level', type: 'number' },
  { name: 'depth', type: 'number' },
  { name: 'few', type: 'number' },
  { name: 'flag', type: 'boolean' },
  { name: 'when', type: 'time' },
  { name: 'word', type: 'string' },
  { name: 'note', type: 'string' },
  { name: 'id', type: 'number' },
];

/** Kinds and roles that SCHEMA's columns are tested as, whatever the few rows would suggest. */
export const SETTINGS = {
  columns: {
    real: { kind: 'number' },
    single: { kind: 'number' },
    level: { kind: 'number', role: 'input' },
    depth: { kind: 'number', role: 'input' },
    few: { kind: 'category' },
    word: { kind: 'category' },
    note: { kind: 'text' },
    id: { kind: 'number', role: 'key' },
  },
} as const;

// Fourth powers stay finite, so that sums compare whatever the order they were added in.
const reals = fc.oneof(
  fc.double({ min: -1e60, max: 1e60, noNaN: true }),
  fc.constantFrom(0, -0, 1, -1, 0.1, 5e-324, -5e-324, 1e-310, Number.NaN, Infinity, -Infinity),
  fc.integer({ min: -3, max: 3 }),
);
const singles = fc.oneof(
  fc.float({ min: -1e6, max: 1e6 }),
  fc.constantFrom(0, -0, 1.5, Number.NaN, Infinity, -Infinity),
);
const orAbsent = <T>(values: fc.Arbitrary<T>) =>
  fc.oneof(
    { arbitrary: values, weight: 8 },
    { arbitrary: fc.constantFrom(null, 'unparsable' as const), weight: 1 },
  );
const words = fc.oneof(
  fc.constantFrom('a', 'b', 'c', '', 'NaN', '__proto__', 'ä', '\ud800'),
  fc.string({ maxLength: 3, unit: 'binary' }),
);
const notes = fc.oneof(
  fc
    .array(fc.constantFrom('late', 'Flight', 'no', '12', '—', ' ', '\t'), { maxLength: 6 })
    .map((list) => list.join(' ')),
  fc.string({ maxLength: 12 }),
);

export const arbitraryRow: fc.Arbitrary<Row> = fc.record({
  real: orAbsent(reals),
  single: orAbsent(singles),
  // Nearly always there, for the joint sums.
  level: fc.integer({ min: -9, max: 9 }),
  depth: fc.oneof(
    { arbitrary: fc.double({ min: 0, max: 1, noNaN: true }), weight: 30 },
    { arbitrary: fc.constant(Number.NaN), weight: 1 },
  ),
  few: orAbsent(
    fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom(-1, 1e9, 0.5, Number.NaN, Infinity)),
  ),
  flag: fc.constantFrom(0 as const, 1 as const, null),
  when: orAbsent(
    fc.oneof(
      fc.integer({ min: 1_700_000_000_000, max: 1_700_300_000_000 }),
      fc.constantFrom(0, -1, 8.64e15, -8.64e15, 1e300, Infinity),
    ),
  ),
  word: fc.option(words, { freq: 8 }),
  note: fc.option(notes, { freq: 8 }),
  id: fc.integer({ min: 0, max: 30 }),
});

/** Up to 40 rows as a batch; columns may lack their status or share their dictionary's order. */
export const arbitraryRows = fc.array(arbitraryRow, { maxLength: 40, size: 'medium' });

export function batchOf(rows: Rows): Batch {
  const columns = new Map<string, Column>();
  for (const field of SCHEMA)
    columns.set(
      field.name,
      columnOf(
        field,
        rows.map((each) => each[field.name as keyof Row]),
      ),
    );
  return { rows: rows.length, columns };
}

/** The frame of a reference, as SETTINGS have its columns. */
export function frameOf(...batches: Rows[]): Frame {
  const builder = new FrameBuilder(SCHEMA, SETTINGS, cpuKernels);
  for (const rows of batches) builder.add(batchOf(rows));
  return builder.finish();
}

export function profileOf(frame: Frame, ...batches: Rows[]): Profile {
  const profiler = new Profiler(frame, cpuKernels);
  for (const rows of batches) profiler.add(batchOf(rows));
  return profiler.profile;
}

function columnOf({ name, type }: Field, cells: readonly (number | string | null)[]): Column {
  if (type === 'vector') throw new Error('vectors are made elsewhere');
  if (type === 'string') {
    const dictionary: string[] = [];
    const codes = Int32Array.from(cells, (cell) => {
      if (cell === null) return -1;
      if (!dictionary.includes(cell as string)) dictionary.push(cell as string);
      return dictionary.indexOf(cell as string);
    });
    return { type, codes, dictionary };
  }
  const Values = name === 'single' ? Float32Array : Float64Array;
  const values = new Values(cells.map((cell) => (typeof cell === 'number' ? cell : Number.NaN)));
  const states = Uint8Array.from(cells, (cell) =>
    cell === null ? NULL : cell === 'unparsable' ? UNPARSABLE : PRESENT,
  );
  return { type, values, status: states.some((state) => state !== PRESENT) ? states : null };
}

/** Rows cut into batches at arbitrary places, empty ones included. */
export function arbitrarySplit(length: number): fc.Arbitrary<number[]> {
  return fc
    .array(fc.integer({ min: 0, max: length }), { maxLength: 4 })
    .map((cuts) => [0, ...cuts.sort((a, b) => a - b), length]);
}
