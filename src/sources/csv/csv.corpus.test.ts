// SPDX-License-Identifier: Apache-2.0
/** Real and awkward files: csv-spectrum with its expected JSON, messytables, and the tables of bike sharing. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytesFromPath } from '../bytes-node.js';
import { corpusPresent, DATA, FORMATS, filesUnder } from '../fixtures/corpus.js';
import { type CsvSource, openCsv } from './csv.js';
import { type Value, valuesOf } from './testing/tables.js';

const folder = join(FORMATS, 'csv');
const isPresent = corpusPresent(folder);

async function open(
  path: string,
): Promise<{ source: CsvSource; values: Record<string, Value[]>; rows: number }> {
  const source = await openCsv(await bytesFromPath(join(folder, path)));
  const values = await valuesOf(source);
  return { source, values, rows: values[source.schema[0].name].length };
}

describe.skipIf(!isPresent)('csv-spectrum', () => {
  const names = isPresent
    ? filesUnder(join(folder, 'csv-spectrum/csvs')).map((name) => name.replace('.csv', ''))
    : [];
  test.each(names)('%s', async (name) => {
    const json = JSON.parse(readFileSync(join(folder, `csv-spectrum/json/${name}.json`), 'utf8'));
    const expected: Record<string, string>[] = Array.isArray(json) ? json : [json];
    // The phone number of this file's JSON is not that of its CSV, which has 2095257564.
    if (name === 'location_coordinates') expected[0]['Contact Phone Number'] = '2095257564';
    const { source, values, rows } = await open(`csv-spectrum/csvs/${name}.csv`);
    expect(rows).toBe(expected.length);
    expect(source.schema.map((field) => field.name)).toEqual(Object.keys(expected[0]));
    for (const [row, record] of expected.entries()) {
      // Types come on top of what the corpus says: compared as text, with an empty cell for null.
      for (const [key, text] of Object.entries(record))
        expect(String(values[key][row] ?? ''), key).toBe(text);
    }
  });
});

/** What each file holds, counted with Python's csv module; columns are named where the file leaves no doubt about its header. */
const MESSY: Readonly<
  Record<string, { rows: number; columns: number; dialect?: object; first?: Value[]; names?: string[] }>
> = {
  '211.csv': { rows: 2132, columns: 96, dialect: { header: true, encoding: 'latin1' } },
  'begrotingsanalyse-2011.csv': { rows: 35, columns: 20, dialect: { skipRows: 8, header: false } },
  'characters.csv': { rows: 382, columns: 18, dialect: { header: true, encoding: 'latin1' } },
  'complex.csv': {
    rows: 3,
    columns: 4,
    names: ['date', 'another date', 'temperature', 'place'],
    first: [Date.UTC(2011, 0, 1), Date.UTC(2011, 9, 24), 0, null],
  },
  'example.tsv': { rows: 140, columns: 17, dialect: { delimiter: '\t' } },
  'excel_pasting.csv': {
    rows: 17,
    columns: 9,
    dialect: { skipRows: 3 },
    first: ['Timber', 2666, 2274, 1877, 1999, 2055, 1632, 1687, 1751],
  },
  'long.csv': { rows: 4000, columns: 1, dialect: { header: false }, first: ['foo'] },
  'mixedGLB.csv': { rows: 133, columns: 19, dialect: { skipRows: 3 } },
  'null.csv': { rows: 10, columns: 4, dialect: { header: false }, first: [1, null, 0, 0] },
  'simple.csv': { rows: 6, columns: 3, first: [Date.UTC(2011, 0, 1), 1, 'Galway'] },
  'simple.psv': {
    rows: 28,
    columns: 6,
    dialect: { delimiter: '|' },
    first: [1986, 44000, 35000, 36000, 27000, 45000],
  },
  'skip_initials.csv': { rows: 2, columns: 2, names: ['field1', 'field2'], first: ['hello', 'goodbye'] },
  'small.csv': { rows: 0, columns: 1, names: ['a'] },
  'spanish_chars.csv': { rows: 116, columns: 8, dialect: { encoding: 'latin1' } },
  'sparse_with_column_errors.csv': { rows: 2237, columns: 4, dialect: { encoding: 'latin1' } },
  'utf-16le_encoded.csv': { rows: 327, columns: 19, dialect: { encoding: 'utf-16le' } },
  'utf8bom.csv': { rows: 0, columns: 2, names: ['kitten', 'win'] },
  'weird_head_padding.csv': {
    rows: 76,
    columns: 11,
    dialect: { delimiter: ';', skipRows: 11, header: true },
  },
};

describe.skipIf(!isPresent)('messytables', () => {
  test('every file is described here', () => {
    expect(filesUnder(join(folder, 'messytables'))).toEqual(Object.keys(MESSY).sort());
  });

  test.each(Object.keys(MESSY))('%s', async (name) => {
    const { rows, columns, dialect, first, names } = MESSY[name];
    const file = await open(`messytables/${name}`);
    expect(file.rows).toBe(rows);
    expect(file.source.schema.length).toBe(columns);
    if (dialect) expect(file.source.dialect).toMatchObject(dialect);
    if (names) expect(file.source.schema.map((field) => field.name)).toEqual(names);
    if (first) expect(file.source.schema.map((field) => file.values[field.name][0])).toEqual(first);
  });
});

const hours = join(DATA, 'bike-sharing/hour.csv');
test.skipIf(!existsSync(hours))('bike sharing, whole and in parts', async () => {
  const bytes = await bytesFromPath(hours);
  const values = await valuesOf(await openCsv(bytes));
  expect(values['instant'].length).toBe(17_379);
  // Sums by Python's csv and math.fsum; cnt is 3,292,679 in the data's own description too.
  expect(values['cnt'].reduce<number>((sum, value) => sum + Number(value), 0)).toBe(3_292_679);
  expect(values['dteday'][0]).toBe(Date.UTC(2011, 0, 1));
  const source = await openCsv(bytes, { partBytes: 100_000 });
  expect(source.parts).toBe(12);
  const joined: Value[] = [];
  for (let part = 0; part < source.parts; part++)
    joined.push(...(await valuesOf(source, { parts: [part, part + 1] }))['instant']);
  expect(joined).toEqual(values['instant']);
});
