// SPDX-License-Identifier: Apache-2.0
import { randomFrom } from '../../distances/special/random.js';
import { column, normals, type Table } from './compare-tables.js';

export const ROWS = 12_000;

/** Numbers, categories and a few whole numbers. */
export function table(seed: number, rows = ROWS): Table {
  const normal = normals(seed);
  const random = randomFrom(seed + 1_000);
  return {
    size: column(rows, () => 10 + 2 * normal()),
    colour: column(rows, () => (random() < 0.5 ? 'red' : random() < 0.6 ? 'green' : 'blue')),
    few: column(rows, () => Math.floor(4 * random())),
  };
}
