// SPDX-License-Identifier: Apache-2.0
import type { ObservedColumns, ObservedMatrix, Value } from '../monitor.js';
import type { ColumnBuffer } from './column-buffer.js';
import type { Row } from './observed-parts.js';

/** Copies the first `count` rows of a part; a column for each of its names, in their order. */
export function appendPart(
  part: ObservedColumns | ObservedMatrix,
  columns: readonly ColumnBuffer[],
  at: number,
  count: number,
): void {
  if ('columns' in part) {
    let c = 0;
    for (const name in part.columns)
      columns[c++].writeNumbers(part.columns[name] as ArrayLike<number>, 0, 1, at, count);
  } else if ('names' in part) {
    const width = columns.length;
    for (let c = 0; c < width; c++) columns[c].writeNumbers(part.matrix, c, width, at, count);
  } else columns[0].writeVectors(part.matrix, part.dimension, 0, at, count);
}

/** One row of a part. */
export function cellsOf(
  part: ObservedColumns | ObservedMatrix,
  columns: readonly ColumnBuffer[],
  row: number,
): [ColumnBuffer, Value][] {
  if ('columns' in part)
    return Object.keys(part.columns).map((name, c) => [columns[c], part.columns[name][row]]);
  if ('names' in part) return columns.map((column, c) => [column, part.matrix[row * columns.length + c]]);
  const vector = Array.from({ length: part.dimension }, (_, i) => part.matrix[row * part.dimension + i]);
  return [[columns[0], vector]];
}

export function sameNames(names: readonly string[], part: ObservedMatrix): boolean {
  if (!('names' in part)) return names.length === 1 && names[0] === part.embedding;
  if (names.length !== part.names.length) return false;
  for (let i = 0; i < names.length; i++) if (names[i] !== part.names[i]) return false;
  return true;
}

export function hasNames(row: Row, names: readonly string[]): boolean {
  let at = 0;
  for (const name in row) if (names[at++] !== name) return false;
  return at === names.length;
}
