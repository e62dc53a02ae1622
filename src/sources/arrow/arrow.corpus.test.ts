// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytesFromPath } from '../bytes-node.js';
import {
  corpusPresent,
  type Expected,
  expectColumn,
  FORMATS,
  filesUnder,
  readAll,
  readExpected,
} from '../fixtures/corpus.js';
import { openArrow } from './arrow.js';

const folder = join(FORMATS, 'arrow');
const expected = readExpected('expected-arrow.jsonl');

describe.skipIf(!corpusPresent(folder))('the Arrow corpus', () => {
  const files = corpusPresent(folder)
    ? filesUnder(folder).filter((file) => /\.(arrow|arrow_file|stream)$/.test(file))
    : [];
  test.each(files)('%s', async (file) => {
    const reference: Expected = expected[file];
    if ('error' in reference) throw new Error(`${file}: pyarrow refuses it`);
    const opening = bytesFromPath(join(folder, file)).then(openArrow);
    if (Object.values(reference.columns).every((column) => column.type === 'nested')) {
      // what is in vectors is compared in vectors.corpus.test.ts
      const lists = await opening.catch(() => undefined);
      if (lists) expect(lists.schema.every(({ type }) => type === 'vector')).toBe(true);
      else
        await expect(opening).rejects.toMatchObject({
          name: 'SourceError',
          message: expect.stringContaining('no column of this Arrow data can be read (column '),
        });
      return;
    }
    const source = await opening;
    const { rows, columns } = await readAll(source);
    expect(rows).toBe(source.rows);
    expect(rows).toBe(reference.rows);
    for (const [name, summary] of Object.entries(reference.columns)) {
      const column = columns.get(name);
      if (column) expectColumn(column, summary, name);
      else if (!source.schema.some((field) => field.name === name))
        expect(source.notes.join('\n'), `${name} is neither read nor noted`).toContain(`column ${name}: `);
    }
  });
});
