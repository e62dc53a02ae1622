// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesFromBuffer } from '../bytes.js';
import { listValues, readAll } from '../fixtures/corpus.js';
import { openJson } from './json.js';
import { type JsonOptions, openNdjson } from './ndjson.js';

const bytesOf = (text: string, name: string) => bytesFromBuffer(new TextEncoder().encode(text), name);

async function load(text: string, format: 'json' | 'ndjson' = 'json', options?: JsonOptions) {
  const source = await (format === 'json' ? openJson : openNdjson)(bytesOf(text, `t.${format}`), options);
  const { rows, columns } = await readAll(source);
  const values = Object.fromEntries([...columns].map(([name, column]) => [name, listValues(column)]));
  return {
    rows,
    values,
    types: Object.fromEntries(source.schema.map((field) => [field.name, field.type])),
    notes: source.notes,
  };
}

describe('JSON lines', () => {
  test('types, nulls, missing keys and members one level down', async () => {
    const { values, types, rows } = await load(
      '{"a":1,"b":true,"c":"x","d":{"e":2.5,"f":"u"}}\n{"a":null,"c":null}\n\n{"a":3,"b":false,"d":{"e":1}}\n',
      'ndjson',
    );
    expect(rows).toBe(3);
    expect(types).toEqual({ a: 'number', b: 'boolean', c: 'string', 'd.e': 'number', 'd.f': 'string' });
    expect(values).toEqual({
      a: [1, null, 3],
      b: [1, null, 0],
      c: ['x', null, null],
      'd.e': [2.5, null, 1],
      'd.f': ['u', null, null],
    });
  });

  test('times written as text become times', async () => {
    const { values, types } = await load('{"t":"2001-02-03T04:05:06Z"}\n{"t":"2001-02-04"}\n', 'ndjson');
    expect(types.t).toBe('time');
    expect(values.t).toEqual([Date.UTC(2001, 1, 3, 4, 5, 6), Date.UTC(2001, 1, 4)]);
  });

  test('lines that are no JSON are skipped and counted', async () => {
    const { values, notes } = await load('{"a":1}\n{"a":2,\n{"a":3}\n[1]\n', 'ndjson');
    expect(values.a).toEqual([1, 3]);
    expect(notes).toEqual(['1 line is no JSON, skipped', '1 value is no object, skipped']);
  });

  test('a last line that breaks off is left out, and says so', async () => {
    const cut = 'ends in the middle of a row (inside a value), which is left out: was the file cut off?';
    const lines = '{"a":1,"s":"x"}\n{"a":2,"s":"y"}\n';
    for (const last of ['{"a":3,"s":"z', '{', ' {"a":3,"s":"é'.slice(0, -1)]) {
      const { values, notes } = await load(lines + last, 'ndjson', { partBytes: 20 });
      expect(values).toEqual({ a: [1, 2], s: ['x', 'y'] });
      expect(notes).toEqual([cut]);
    }
    for (const whole of [lines, `${lines}{"a":NaN,"s":"z"}`, `${lines}  `, `${lines}# end`])
      expect((await load(whole, 'ndjson')).notes).not.toContain(cut);
    await expect(load('{"a":3,"s":"z', 'ndjson')).rejects.toThrow('t.ndjson: the JSON lines hold no object');
  });

  test("Python's NaN and infinities are numbers, and stay text within texts", async () => {
    const { values } = await load('{"a":NaN,"s":"NaN"}\n{"a":-Infinity,"s":"b"}\n', 'ndjson');
    expect(values).toEqual({ a: ['nan', '-inf'], s: ['NaN', 'b'] });
  });

  test('nested lists are left out by name', async () => {
    const { notes, types } = await load('{"a":1,"l":["x",2],"d":{"e":{"f":1}}}\n', 'ndjson');
    expect(types).toEqual({ a: 'number' });
    expect(notes).toEqual([
      'column l: a nested list of strings, not read',
      'column d.e: a nested object, not read',
    ]);
  });

  test('keys that only come after the sample are told', async () => {
    const first = `{"a":1,"pad":"${'x'.repeat(1000)}"}\n`.repeat(1100);
    const { notes } = await load(`${first}{"a":1,"late":5}\n`, 'ndjson');
    expect(notes).toEqual(['column late: first met after the sample, not read']);
  });

  test("the reference's types are taken, and what does not fit is unparsable", async () => {
    const schema = [{ name: 'a', type: 'number' as const }];
    const source = await openNdjson(bytesOf('{"a":"1"}\n{"a":"n/a"}\n', 't.ndjson'), { schema });
    const { columns } = await readAll(source);
    expect(columns.get('a')).toEqual({
      type: 'number',
      values: new Float64Array([1, NaN]),
      status: new Uint8Array([0, 2]),
    });
  });

  test('names of the object prototype are only columns', async () => {
    const { values } = await load('{"constructor":1,"__proto__":2}\n{"toString":3}\n', 'ndjson');
    expect(values).toEqual({ constructor: [1, null], ['__proto__']: [2, null], toString: [null, 3] });
  });

  test('property: every split into parts gives the same rows', async () => {
    const record = fc.record({ i: fc.integer(), s: fc.string({ unit: 'binary' }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 8, max: 200 }),
        async (records, partBytes) => {
          const { values } = await load(records.map((r) => JSON.stringify(r)).join('\n'), 'ndjson', {
            partBytes,
          });
          expect(values.i).toEqual(records.map((r) => r.i));
        },
      ),
      { numRuns: 40, seed: 7 },
    );
  });

  test('text that is no JSON is refused with the file', async () => {
    await expect(load('a,b\n1,2\n', 'ndjson')).rejects.toMatchObject({
      name: 'SourceError',
      message: expect.stringMatching(
        /^t\.ndjson: the JSON lines hold no object and no list of values: line 1: Unexpected token/,
      ),
    });
  });
});

describe('JSON', () => {
  const table = { a: [1, 2, null], b: ['x', 'y', 'x'] };
  test.each([
    ['array of objects', [{ a: 1, b: 'x' }, { a: 2, b: 'y' }, { b: 'x' }]],
    ['object of lists', table],
    ['columns member', { columns: table }],
    [
      'split',
      {
        columns: ['a', 'b'],
        index: [0, 1, 2],
        data: [
          [1, 'x'],
          [2, 'y'],
          [null, 'x'],
        ],
      },
    ],
    ['pandas columns', { a: { 0: 1, 1: 2, 2: null }, b: { 0: 'x', 1: 'y', 2: 'x' } }],
    [
      'pandas table',
      {
        schema: { fields: [] },
        data: [
          { a: 1, b: 'x' },
          { a: 2, b: 'y' },
          { a: null, b: 'x' },
        ],
      },
    ],
    [
      'rows with names first',
      [
        ['a', 'b'],
        [1, 'x'],
        [2, 'y'],
        [null, 'x'],
      ],
    ],
  ])('%s', async (_, value) => {
    const { rows, values } = await load(JSON.stringify(value, null, 1));
    expect(rows).toBe(3);
    expect(values).toEqual(table);
  });

  test('lists of numbers are columns c0, c1', async () => {
    expect((await load('[[1,2],[3]]')).values).toEqual({ c0: [1, 3], c1: [2, null] });
    expect((await load('[1,2,3]')).values).toEqual({ c0: [1, 2, 3] });
  });

  test('property: an array comes out whole however it is cut', async () => {
    const record = fc.record({
      i: fc.integer(),
      s: fc.string({ unit: 'binary' }),
      n: fc.constant({ x: '],[{"\\' }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 50 }),
        async (records, partBytes) => {
          const { values } = await load(JSON.stringify(records), 'json', { partBytes });
          expect(values.i).toEqual(records.map((r) => r.i));
          expect(values.s).toEqual(
            records.map((r) => new TextDecoder().decode(new TextEncoder().encode(r.s))),
          );
        },
      ),
      { numRuns: 40, seed: 7 },
    );
  });

  test.each([
    ['[{"a":1},{"a":2}', 'truncated'],
    ['[{"a":1},{"a":}]', 'no valid JSON'],
    ['{"a":1', 'no valid JSON'],
    ['[]', 'the JSON array is empty'],
    ['{"a":[1,2],"b":[1]}', 'columns of different lengths'],
    ['{"a":{"b":{"c":1}}}', 'the JSON holds no table'],
    ['"text"', 'a single string'],
  ])('%s is refused', async (text, reason) => {
    await expect(load(text)).rejects.toMatchObject({
      name: 'SourceError',
      message: expect.stringContaining(`t.json: `),
    });
    await expect(load(text)).rejects.toThrow(reason);
  });
});
