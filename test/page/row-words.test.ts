// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { wordedRows } from '../../web/page/row-words.js';

const picture = 'data:image/png;base64,iVBORw0KGgo=';
const columns = ['vector', 'label', 'image', 'note', 'empty'];

test('a row is its first picture and its words, without what is told elsewhere', () => {
  const table = {
    columns,
    rows: [
      { row: 7, cells: ['0.1, 0.2, … (64)', 'hat', picture, 'x'.repeat(500), ''] },
      { row: 9, cells: ['', '', '', '', ''] },
    ],
  };
  const [full, bare] = wordedRows(table, { elsewhere: new Set(['vector', 'label']) });
  expect(full).toMatchObject({ row: 7, score: 0, image: picture });
  expect(full?.text).toMatch(/^note: x{119}…$/);
  expect(bare).toEqual({ row: 9, score: 0 });
  const scored = wordedRows(table, { scores: new Map([[7, 0.5]]), elsewhere: new Set() });
  expect(scored.map(({ score }) => score)).toEqual([0.5, 0]);
  expect(scored[0]?.text).toContain('vector: 0.1, 0.2');
});
