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
import { openNpy, openNpz } from './npy.js';

const folder = join(FORMATS, 'npy');
const expected = readExpected('expected-npy.jsonl');

/** What we refuse by name, and the words of the refusal. numpy reads some of them. */
const REFUSED: Readonly<Record<string, string>> = {
  'c16.npy': 'complex numbers',
  'structured.npy': 'a structured array',
  'py2-objarr.npy': 'Python objects (a pickle)',
  'py3-objarr.npy': 'Python objects (a pickle)',
  'py2-objarr.npz': 'Python objects (a pickle)',
  'py3-objarr.npz': 'Python objects (a pickle)',
  'truncated.npy': 'truncated: the header states 800 values, the file holds 234',
};

describe.skipIf(!corpusPresent(folder))('the NPY corpus', () => {
  const files = corpusPresent(folder) ? filesUnder(folder) : [];
  test.each(files)('%s', async (file) => {
    const bytes = await bytesFromPath(join(folder, file));
    // what numpy read is written down column by column
    const options = { vectors: 'columns' as const };
    const opening = file.endsWith('npz') ? openNpz(bytes, options) : openNpy(bytes, options);
    const reason = REFUSED[file];
    if (reason) {
      await expect(opening).rejects.toMatchObject({
        name: 'SourceError',
        message: expect.stringContaining(reason),
      });
      await expect(opening).rejects.toThrow(file);
      return;
    }
    const reference: Expected = expected[file];
    if ('error' in reference) throw new Error(`${file}: numpy refuses it: ${reference.error}`);
    const source = await opening;
    const { rows, columns } = await readAll(source);
    expect(rows).toBe(reference.rows);
    expect(source.rows).toBe(reference.rows);
    const names = Object.keys(reference.columns);
    expect(source.schema.slice(0, names.length).map((field) => field.name)).toEqual(names);
    if (rows === 0) return;
    for (const name of names) expectColumn(columns.get(name)!, reference.columns[name], name);
  });
});
