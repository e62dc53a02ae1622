// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { Batch } from '../columns/batch.js';
import type { Column, ScalarType } from '../columns/column.js';
import type { Field } from '../columns/schema.js';
import type { CategoryFrame, Frame, NumberFrame } from './frame.js';
import { FrameBuilder, type FrameSettings } from './frame-builder.js';
import { hashText } from './hash.js';
import { nextUp } from './next-up.js';

const HOUR = 3_600_000;

/** Uniform in [0, 1), the same on every run (xorshift32). */
function uniform(seed = 1): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function column(cells: readonly (number | string | null)[], type: ScalarType): Column {
  if (type !== 'string') {
    const values = Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell)));
    const status = Uint8Array.from(cells, (cell) => (cell === null ? 1 : 0));
    return { type, values, status };
  }
  const dictionary = [...new Set(cells.filter((cell) => cell !== null))].map(String);
  const codeOf = new Map(dictionary.map((name, code) => [name, code]));
  return {
    type,
    dictionary,
    codes: Int32Array.from(cells, (cell) => (cell === null ? -1 : codeOf.get(String(cell))!)),
  };
}

type Cells = readonly (number | string | null)[];

function frameOf(
  data: Record<string, Cells>,
  options: { types?: Record<string, ScalarType>; settings?: FrameSettings } = {},
): Frame {
  const schema = Object.entries(data).map(([name, cells]): Field => {
    const type =
      options.types?.[name] ?? (cells.some((cell) => typeof cell === 'string') ? 'string' : 'number');
    return { name, type };
  });
  const builder = new FrameBuilder(schema, options.settings);
  const columns = new Map(schema.map(({ name, type }) => [name, column(data[name]!, type as ScalarType)]));
  builder.add({ rows: Object.values(data)[0]!.length, columns });
  return builder.finish();
}

const rows = <T>(n: number, cell: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => cell(i));
const feature = (frame: Frame, name: string) => frame.features.find((each) => each.name === name)!;

describe('FrameBuilder', () => {
  test('infers kinds and roles from all rows', () => {
    const random = uniform();
    const frame = frameOf(
      {
        id: rows(500, (i) => i),
        amount: rows(500, () => random() * 100),
        stars: rows(500, () => Math.floor(random() * 5)),
        when: rows(500, (i) => 1.7e12 + i * HOUR),
        city: rows(500, (i) => `city ${i % 7}`),
        paid: rows(500, (i) => i % 2),
        score: rows(500, () => random()),
        label: rows(500, (i) => (i % 3 === 0 ? 'yes' : 'no')),
      },
      { types: { when: 'time', paid: 'boolean' } },
    );
    expect(frame.features.map(({ name, kind, role }) => [name, kind, role])).toEqual([
      ['id', 'number', 'key'],
      ['amount', 'number', 'input'],
      ['stars', 'category', 'input'],
      ['when', 'time', 'time'],
      ['city', 'category', 'input'],
      ['paid', 'boolean', 'input'],
      ['score', 'number', 'prediction'],
      ['label', 'category', 'label'],
    ]);
    expect(feature(frame, 'id').reason).toContain('counter');
    expect(frame.windowing).toEqual({ column: 'when', unit: 'day' });
    expect((feature(frame, 'paid').frame as CategoryFrame).categories).toEqual(['0', '1']);
  });

  test('settings override what would be inferred', () => {
    const data = {
      stars: rows(100, (i) => i % 5),
      code: rows(100, (i) => `${i % 9}`),
      note: rows(100, () => 'one two three'),
    };
    const frame = frameOf(data, {
      settings: {
        columns: {
          stars: { kind: 'number', role: 'label' },
          code: { kind: 'number' },
          note: { kind: 'text' },
        },
      },
    });
    expect(frame.features.map(({ kind, role }) => [kind, role])).toEqual([
      ['number', 'label'],
      ['number', 'input'],
      ['text', 'input'],
    ]);
    const { cuts } = feature(frame, 'code').frame as NumberFrame;
    expect([cuts[0], cuts[cuts.length - 1]]).toEqual([0, nextUp(8)]);
    expect(feature(frame, 'stars').reason).toBeUndefined();
  });

  test('refuses settings that the data cannot meet, naming the column', () => {
    const data = { when: rows(50, (i) => i), size: rows(50, (i) => i / 3) };
    const types = { when: 'time' } as const;
    const attempt = (settings: FrameSettings) => () => frameOf(data, { types, settings });
    expect(attempt({ columns: { when: { kind: 'number' } } })).toThrow(/"when".*time.*number/);
    expect(attempt({ columns: { size: { kind: 'text' } } })).toThrow(/"size"/);
    expect(attempt({ time: 'size' })).toThrow(/"size" does not hold times/);
    expect(attempt({ time: 'nowhere' })).toThrow(/"nowhere" does not exist/);
    expect(frameOf(data, { types, settings: { time: null } }).windowing).toBeNull();
  });

  test('categories stand by count, then by name; the dictionary ends at 5,000, hashes follow', () => {
    const cells = rows(12_000, (i) => (i < 6_000 ? `n${i}` : i < 8_000 ? 'b' : i < 10_000 ? 'a' : 'most'));
    cells.push('most');
    const frame = frameOf({ name: cells }).features[0]!.frame as CategoryFrame;
    expect(frame.categories.slice(0, 4)).toEqual(['most', 'a', 'b', 'n0']);
    expect(frame.categories.length).toBe(5_000);
    const known = new Set(frame.categories);
    const left = cells.filter((name) => !known.has(name));
    expect(left.length).toBe(1_003);
    expect(left.every((name) => frame.otherHashes.includes(hashText(name)))).toBe(true);
    expect(frame.overflow).toBe(false);
  });

  test('none of a key’s values is kept', () => {
    const frame = frameOf({ session: rows(300, (i) => `s-${i * 7}`) });
    expect(frame.features[0]).toMatchObject({ kind: 'category', role: 'key' });
    expect(frame.features[0]!.frame).toMatchObject({ categories: [], overflow: true });
  });

  test('a sample lays the cuts, while extremes and few-valued numbers come from every row', () => {
    const n = 450_000;
    const random = uniform(7);
    const values = Float64Array.from({ length: n }, () => random());
    values[n - 5] = 1e6;
    const few = Float64Array.from({ length: n }, (_, i) => i % 3);
    few[n - 3] = 17;
    const builder = new FrameBuilder([
      { name: 'value', type: 'number' },
      { name: 'few', type: 'number' },
    ]);
    for (let at = 0; at < n; at += 50_000) {
      builder.add(batchOf({ value: values.subarray(at, at + 50_000), few: few.subarray(at, at + 50_000) }));
    }
    expect(builder.rows).toBe(n);
    const [value, category] = builder.finish().features.map(({ frame }) => frame);
    const { cuts } = value as NumberFrame;
    expect(cuts[cuts.length - 1]).toBe(nextUp(1e6));
    const { categories } = category as CategoryFrame;
    expect([...categories].sort()).toEqual(['0', '1', '17', '2']);
    expect(categories[3]).toBe('17');
    // Cuts of a sample are nearly even: no bin holds twice its share of all rows.
    const between = cuts.filter((cut) => cut > 0 && cut < 1);
    const gaps = between.subarray(1).map((cut, i) => cut - between[i]!);
    expect(Math.max(...gaps)).toBeLessThan(2 / 128);
  });

  test('finds orders that always held and would not by chance', () => {
    const random = uniform(3);
    const begin = rows(400, () => random() * 100);
    const frame = frameOf({
      begin,
      end: begin.map((start) => start + random() * 20),
      copy: begin.map((start, i) => (i % 4 === 0 ? start + 1 : start)),
      far: rows(400, () => 1_000 + random()),
      mixed: rows(400, () => random() * 100),
    });
    expect(frame.table.orders).toEqual([['begin', 'end']]);
  });

  test('an order that one row breaks is none', () => {
    const random = uniform(4);
    const low = rows(400, () => random());
    const high = low.map((value, i) => (i === 311 ? value - 0.1 : value + random()));
    expect(frameOf({ low, high }).table.orders).toEqual([]);
  });

  test('the joint test takes numeric inputs with few gaps, and ranks run from −127 to 127', () => {
    const random = uniform(5);
    const frame = frameOf({
      a: rows(1_000, () => random()),
      b: rows(1_000, () => random()),
      gaps: rows(1_000, (i) => (i % 2 ? random() : null)),
      constant: rows(1_000, () => 4.5),
      prediction: rows(1_000, () => random()),
    });
    expect(frame.table.joint).toEqual(['a', 'b']);
    const ranks = frame.table.jointRanks[0]!;
    expect([ranks[0], ranks[ranks.length - 1]]).toEqual([-127, 127]);
    expect(ranks.every((rank, i) => i === 0 || rank >= ranks[i - 1]!)).toBe(true);
    expect(ranks.length).toBe((feature(frame, 'a').frame as NumberFrame).cuts.length + 1);
  });

  test('columns may be named like properties of any object', () => {
    const frame = frameOf({
      constructor: rows(40, (i) => i / 3),
      hasOwnProperty: rows(40, (i) => `${i % 3}`),
    });
    expect(frame.features.map(({ kind }) => kind)).toEqual(['number', 'category']);
  });

  test('many repeated texts do not take memory by their rows', () => {
    const builder = new FrameBuilder([{ name: 'note', type: 'string' }], {
      columns: { note: { kind: 'text' } },
    });
    const codes = new Int32Array(60_000).map((_, i) => (i % 100 === 0 ? 1 : 0));
    const dictionary = ['a short one', 'one that is much longer than the other'];
    for (let i = 0; i < 100; i++)
      builder.add({
        rows: codes.length,
        columns: new Map([['note', { type: 'string', codes, dictionary }]]),
      });
    const { length } = builder.finish().features[0]!.frame as { length: NumberFrame };
    expect([length.cuts[0], length.cuts[length.cuts.length - 1]]).toEqual([11, nextUp(38)]);
    expect(length.shift).toBeCloseTo(11.27, 2);
  });

  test('an empty reference makes a frame', () => {
    const frame = new FrameBuilder([
      { name: 'a', type: 'number' },
      { name: 'b', type: 'string' },
      { name: 'c', type: 'time' },
      { name: 'd', type: 'boolean' },
    ]).finish();
    expect(frame.features.map(({ kind }) => kind)).toEqual(['number', 'category', 'time', 'boolean']);
    expect(frame.windowing).toBeNull();
  });
});

describe('the id of a frame', () => {
  const data = { size: rows(100, (i) => i / 7), name: rows(100, (i) => `n${i % 5}`) };

  test('is the same for the same content and differs for any other', () => {
    const id = frameOf(data).id;
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(frameOf(structuredClone(data)).id).toBe(id);
    const changed = [
      { ...data, size: data.size.map((value, i) => (i === 50 ? value + 1e-9 : value)) },
      { ...data, name: data.name.map((name) => (name === 'n4' ? 'n5' : name)) },
      { renamed: data.size, name: data.name },
    ];
    const ids = changed.map((each) => frameOf(each).id);
    ids.push(frameOf(data, { settings: { columns: { size: { role: 'label' } } } }).id);
    expect(new Set([id, ...ids]).size).toBe(5);
  });
});

function batchOf(columns: Record<string, Float64Array>): Batch {
  const list = Object.entries(columns);
  return {
    rows: list[0]![1].length,
    columns: new Map(list.map(([name, values]) => [name, { type: 'number', values, status: null }])),
  };
}
