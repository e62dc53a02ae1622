import type { Chunk } from '../../host.js';

export type Cell = 'null' | 'unparsable' | 'ragged' | number | string | readonly number[];

/** What a chunk holds, cell by cell. */
export function cellsOf({ batch }: Chunk): Record<string, Cell[]> {
  const cells: Record<string, Cell[]> = {};
  const states = ['', 'null', 'unparsable', 'ragged'] as const;
  for (const [name, column] of batch.columns)
    cells[name] =
      column.type === 'string'
        ? Array.from(column.codes, (code) => (code < 0 ? 'null' : `"${column.dictionary[code]}`))
        : Array.from(column.values, (value, i) => states[column.status?.[i] ?? 0] || value);
  for (const [name, { values, dimension, status }] of batch.vectors ?? [])
    cells[name] = Array.from(
      { length: batch.rows },
      (_, i) => states[status?.[i] ?? 0] || Array.from(values.subarray(i * dimension, (i + 1) * dimension)),
    );
  return cells;
}
