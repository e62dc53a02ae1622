// SPDX-License-Identifier: Apache-2.0
import type { RowTable } from '../../src/engine/protocol.js';
import type { EmbeddingRow } from '../../src/report/embedding-view.js';

const PICTURE = /^data:image\/(png|jpeg|webp|gif);base64,/;
const MOST_CELLS = 8;
const MOST_CHARACTERS = 120;

/** Rows as they are shown: the first picture among their cells, and the other cells in words, but those told elsewhere. */
export function wordedRows(
  { columns, rows }: RowTable,
  { scores, elsewhere }: { scores?: ReadonlyMap<number, number>; elsewhere: ReadonlySet<string> },
): EmbeddingRow[] {
  return rows.map(({ row, cells }) => {
    const image = cells.find((cell) => PICTURE.test(cell));
    const text = cells
      .flatMap((cell, i) => {
        const name = columns[i] ?? '';
        return cell === '' || cell === image || elsewhere.has(name) ? [] : `${name}: ${cut(cell)}`;
      })
      .slice(0, MOST_CELLS)
      .join(' · ');
    return {
      row,
      score: scores?.get(row) ?? 0,
      ...(text === '' ? {} : { text }),
      ...(image === undefined ? {} : { image }),
    };
  });
}

function cut(cell: string): string {
  return cell.length > MOST_CHARACTERS ? `${cell.slice(0, MOST_CHARACTERS - 1)}…` : cell;
}
