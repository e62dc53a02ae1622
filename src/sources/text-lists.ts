// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../columns/batch.js';
import { NULL_CODE, type StringColumn } from '../columns/column.js';
import type { ColumnGroup } from '../columns/column-groups.js';
import { numberList } from '../columns/number-list.js';
import { LEAST_GROUP } from '../columns/vector.js';
import { ListLengths } from './list-lengths.js';

/** Texts of a column that are looked at, spread over its rows. */
const SAMPLED = 64;

/** What texts of a column hold. */
export interface ListedTexts {
  /** Texts that were looked at. */
  readonly texts: number;
  /** Length of most lists, where more than half of the texts are lists; else why they make no vectors. */
  readonly dimension: number | string;
}

/** Looks at texts of a column. */
export function listedTexts({ codes, dictionary }: StringColumn): ListedTexts {
  const lengths = new ListLengths();
  let texts = 0;
  let trouble = '';
  const step = Math.max(1, Math.floor(codes.length / SAMPLED));
  for (let row = 0; row < codes.length; row += step) {
    if (codes[row] === NULL_CODE) continue;
    texts++;
    const list = numberList(dictionary[codes[row]]);
    if (typeof list !== 'string') lengths.add(list.length);
    else if (trouble === '')
      trouble = `row ${row + 1} holds ${list}: ${JSON.stringify(dictionary[codes[row]].slice(0, 40))}`;
  }
  return { texts, dimension: 2 * lengths.lists <= texts && trouble !== '' ? trouble : lengths.verdict() };
}

/** The text columns of a batch that hold a vector in each cell, to be offered as grouped columns are; `prefix` is the column's name. */
export function textGroups({ columns }: Batch): ColumnGroup[] {
  return [...columns].flatMap(([name, column]) => {
    const { dimension } = column.type === 'string' ? listedTexts(column) : { dimension: '' };
    return typeof dimension === 'string' || dimension < LEAST_GROUP
      ? []
      : [{ prefix: name, from: name, to: name, dimension }];
  });
}
