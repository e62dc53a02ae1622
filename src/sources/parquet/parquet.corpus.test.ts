// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytesFromPath } from '../bytes-node.js';
import {
  type ColumnSummary,
  corpusPresent,
  type Expected,
  expectColumn,
  FORMATS,
  filesUnder,
  readAll,
  readExpected,
} from '../fixtures/corpus.js';
import { openParquet } from './parquet.js';

const folder = join(FORMATS, 'parquet');
const expected = readExpected('expected-parquet.jsonl');

/** Files that pyarrow refuses and we read, and why. */
const READ_ANYWAY: Readonly<Record<string, string>> = {
  'data/encrypt_columns_plaintext_footer.parquet.encrypted':
    'the columns that are not encrypted are read, the others noted',
};

/** Where a file's own description gives a better value than the reference's. */
const DESCRIBED: Readonly<Record<string, Readonly<Record<string, Partial<ColumnSummary>>>>> = {
  // from int96_from_spark.md, microseconds since the epoch
  'data/int96_from_spark.parquet': {
    a: {
      mean: (1704141296123.456 + 1704070800000 + 253402225200000 + 1735599600000 + 9089380393200000) / 5,
      last: [null, 9089380393200000],
    },
  },
};

describe.skipIf(!corpusPresent(folder))('the Parquet corpus', () => {
  const files = corpusPresent(folder)
    ? filesUnder(folder).filter((file) => /\.(parquet|encrypted)$/.test(file))
    : [];
  test.each(files)('%s', async (file) => {
    const reference: Expected | undefined = expected[file];
    const refused = reference !== undefined && 'error' in reference && !(file in READ_ANYWAY);
    const opening = bytesFromPath(join(folder, file)).then(openParquet);
    const nested =
      reference &&
      'columns' in reference &&
      Object.values(reference.columns).every((column) => column.type === 'nested');
    const lists = nested ? await opening.catch(() => undefined) : undefined;
    // what is in vectors is compared in vectors.corpus.test.ts
    if (lists) expect(lists.schema.every(({ type }) => type === 'vector')).toBe(true);
    else if (refused || nested || file.includes('large_string_map')) {
      const reason = nested ? 'no column of this Parquet file can be read (column ' : file.split('/').at(-1);
      await expect(opening.then(readAll)).rejects.toMatchObject({
        name: 'SourceError',
        message: expect.stringContaining(reason!),
      });
    }
    if (refused || nested || file.includes('large_string_map')) return;
    const source = await opening;
    const { rows, columns } = await readAll(source);
    expect(rows).toBe(source.rows);
    if (!reference || 'error' in reference) return;
    expect(rows).toBe(reference.rows);
    for (const [name, summary] of Object.entries(reference.columns)) {
      const column = columns.get(name);
      if (column) expectColumn(column, { ...summary, ...DESCRIBED[file]?.[name] }, name);
      else if (rows > 0 && !source.schema.some((field) => field.name === name))
        expect(source.notes.join('\n'), `${name} is neither read nor noted`).toContain(
          `column ${name.split('.')[0]}`,
        );
    }
  });

  test('says what is wrong', async () => {
    const message = async (file: string) => {
      const source = bytesFromPath(join(folder, file)).then(openParquet);
      return source.then(readAll).then(
        () => 'read',
        (error: Error) => error.message,
      );
    };
    expect(await message('data/uniform_encryption.parquet.encrypted')).toContain(
      'the Parquet footer is encrypted',
    );
    expect(await message('data/datapage_v1-corrupt-checksum.parquet')).toContain(
      'a page does not match its checksum',
    );
    expect(await message('bad_data/ARROW-RS-GH-6229-DICTHEADER.parquet')).toContain('lies outside the file');
    expect(await message('bad_data/ARROW-GH-41321.parquet')).toMatch(
      /^ARROW-GH-41321.parquet: row group 1, column \w+: a page holds fewer values than it states$/,
    );
    expect(await message('data/list_columns.parquet')).toMatch(
      /column utf8_list: a nested list of string, not read; column int64_list: lists of 1 to 3 numbers/,
    );
  });

  test('a column that is left out is named with its reason', async () => {
    const source = await openParquet(
      await bytesFromPath(join(folder, 'data/encrypt_columns_plaintext_footer.parquet.encrypted')),
    );
    expect(source.notes).toContain('column float_field: encrypted, not read');
    expect(source.schema.map((field) => field.name)).toContain('int32_field');
  });
});
