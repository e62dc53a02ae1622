// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { FrameBuilder } from '../../baseline/frame-builder.js';
import type { Batch } from '../../columns/batch.js';
import type { Column } from '../../columns/column.js';
import { uniform } from '../../engine/testing/tables.js';
import { cpuKernels } from '../../kernels/cpu/cpu.js';
import { decodeProfile } from '../../profile/codec.js';
import type { CategoryPart, NumberPart, Profile, TextPart, TimePart } from '../../profile/parts.js';
import { Profiler } from '../../profile/profile.js';
import type { ExportPart } from '../export-part.js';
import { exportParts, PART_BYTES } from './export-parts.js';

const DAY = 86_400_000;
const START = Date.UTC(2026, 2, 2);

function textColumn(texts: readonly string[]): Column {
  const dictionary = [...new Set(texts)];
  return { type: 'string', codes: Int32Array.from(texts, (text) => dictionary.indexOf(text)), dictionary };
}

/** A key, a note, a city, a time and so many numbers. `secret`: what only one of the rows holds, in every column. */
function rowsOf(rows: number, { numbers = 1, secret = false } = {}): Batch {
  const random = uniform(7);
  const own = (row: number): boolean => secret && row === rows >> 1;
  const of = <T>(value: (row: number) => T): T[] => Array.from({ length: rows }, (_, row) => value(row));
  const columns = new Map<string, Column>([
    ['id', textColumn(of((row) => (own(row) ? 'secretkey' : `id ${row % 900}`)))],
    ['note', textColumn(of((row) => (own(row) ? 'the secretword' : `flight number ${row % 700} was late`)))],
    ['city', textColumn(of((row) => (own(row) ? 'Secretville' : ['Oslo', 'Rome', 'Lima'][row % 3]!)))],
    [
      'at',
      {
        type: 'time',
        values: Float64Array.from(of((row) => (own(row) ? START - 12_345_678 : START + (row % 20) * DAY))),
        status: null,
      },
    ],
  ]);
  for (let i = 0; i < numbers; i++) {
    const values = Float64Array.from(of((row) => (own(row) ? 9_876_543.21 : random() ** (1 + i / 9))));
    columns.set(`number ${i}`, { type: 'number', values, status: null });
  }
  return { rows, columns };
}

function framed(reference: Batch) {
  const schema = [...reference.columns].map(([name, { type }]) => ({ name, type }));
  const builder = new FrameBuilder(schema, {
    columns: { id: { kind: 'category', role: 'key' }, note: { kind: 'text' }, city: { kind: 'category' } },
  });
  builder.add(reference);
  const frame = builder.finish();
  const profiler = new Profiler(frame, cpuKernels);
  return { frame, profiler };
}

function joined(parts: readonly ExportPart[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.bytes.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part.bytes, at);
    at += part.bytes.length;
  }
  return bytes;
}

const FACTS = { name: 'test', window: { spec: '1 h', start: START, end: START + 1, rows: 1 }, closed: true };

interface Kinds {
  readonly number: NumberPart;
  readonly category: CategoryPart;
  readonly text: TextPart;
  readonly time: TimePart;
}

function partOf<K extends keyof Kinds>(profile: Profile, name: string, kind: K): Kinds[K] {
  const part = profile.parts.get(name);
  if (part?.kind !== kind) throw new Error(`"${name}" is ${part?.kind}`);
  return part as unknown as Kinds[K];
}

describe('what leaves the page', () => {
  const { frame, profiler } = framed(rowsOf(2_000));
  profiler.add(rowsOf(1_000, { secret: true }));
  const { profile } = profiler;
  const bytes = joined(exportParts(profile, frame, FACTS));
  const sent = decodeProfile(bytes, frame);

  test('counts every row as it was', () => {
    expect(sent.rows).toBe(1_000);
    for (const name of ['number 0', 'city'] as const) {
      const [before, after] = [profile.parts.get(name), sent.parts.get(name)] as NumberPart[];
      expect([...after!.counts]).toEqual([...before!.counts]);
    }
    expect(partOf(sent, 'city', 'category').unseen).toBe(1);
    expect(partOf(sent, 'note', 'text').tokenCount).toBe(partOf(profile, 'note', 'text').tokenCount);
  });

  test('holds no text of a row: no unseen category, no token, no key', () => {
    const whole = new TextDecoder('latin1').decode(bytes).toLowerCase();
    expect(whole).not.toContain('secret');
    expect(whole).not.toContain('flight');
    expect(partOf(sent, 'note', 'text').tokens.size).toBe(0);
    expect([...partOf(sent, 'city', 'category').unseenNames]).toEqual([
      [expect.stringMatching(/^#[0-9a-f]{16}$/), 1],
    ]);
    const { duplicates, keys } = sent.table;
    for (const sample of [duplicates, ...keys.values()]) expect(sample.hashes.size).toBe(0);
    expect(profile.table.duplicates.hashes.size + [...profile.table.keys.values()].length).toBeGreaterThan(1);
  });

  test('holds no extreme: the edges of the baseline stand for them', () => {
    const before = partOf(profile, 'number 0', 'number');
    const after = partOf(sent, 'number 0', 'number');
    expect(before.max).toBe(9_876_543.21);
    expect(after.max).toBeLessThanOrEqual(1);
    expect(Math.max(...after.binSums)).toBeLessThan(1_000);
    const { frame: times } = frame.features.find(({ name }) => name === 'at')!;
    if (times.kind !== 'time') throw new Error('no time');
    expect(partOf(profile, 'at', 'time').min).toBe(START - 12_345_678);
    const at = partOf(sent, 'at', 'time');
    for (const time of [at.min, at.max]) expect(Math.abs(time - times.origin) % times.widthMs).toBe(0);
  });

  test('holds no sketch by which a value could be tried', () => {
    for (const part of sent.parts.values()) if ('distinct' in part) expect(part.distinct).toHaveLength(0);
  });
});

test('a large window goes in parts of at most 60 KiB, each by itself, which make the whole again', () => {
  const { frame, profiler } = framed(rowsOf(2_000, { numbers: 90 }));
  profiler.add(rowsOf(1_000, { numbers: 90 }));
  const parts = exportParts(profiler.profile, frame, FACTS);
  expect(PART_BYTES).toBe(60 * 1_024);
  expect(parts.length).toBeGreaterThan(1);
  parts.forEach((part, index) => {
    expect(part).toMatchObject({ ...FACTS, baselineId: frame.id, index, of: parts.length });
    expect(part.bytes.length).toBeLessThanOrEqual(60 * 1_024);
    expect(part.bytes.length).toBeGreaterThan(0);
    // Nothing else travels along when it is sent to another thread.
    expect(part.bytes.buffer.byteLength).toBe(part.bytes.length);
  });
  const again = decodeProfile(joined(parts), frame);
  expect(again.rows).toBe(1_000);
  expect(again.parts.size).toBe(94);
});
