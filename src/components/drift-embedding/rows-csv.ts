// SPDX-License-Identifier: Apache-2.0

import { csvCell } from '../../report/csv-table.js';
import type { EmbeddingMap } from '../../report/embedding-view.js';

/** Chosen rows as CSV (RFC 4180, CRLF): row, both axes, then the columns that the map can be coloured by. */
export function rowsToCsv(map: EmbeddingMap, chosen: Uint32Array): string {
  const colours = map.colours ?? [];
  const lines = [['row', ...map.axes.map(({ name }) => name), ...colours.map(({ name }) => name)]];
  const parts = [lines[0]?.map(csvCell).join(',') ?? ''];
  for (const at of chosen) {
    const cells = [
      map.current.row[at] ?? Number.NaN,
      map.current.x[at] ?? Number.NaN,
      map.current.y[at] ?? Number.NaN,
      ...colours.map(({ categories, codes, values }) =>
        codes === undefined ? (values?.[at] ?? Number.NaN) : (categories?.[codes[at] ?? 255] ?? ''),
      ),
    ];
    parts.push(cells.map(csvCell).join(','));
  }
  return `${parts.join('\r\n')}\r\n`;
}

/** Hands the chosen rows to the browser as a file. */
export function saveRows(map: EmbeddingMap, chosen: Uint32Array): void {
  const url = URL.createObjectURL(new Blob([rowsToCsv(map, chosen)], { type: 'text/csv' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = 'rows.csv';
  anchor.click();
  // The download has its own hold on the data by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
