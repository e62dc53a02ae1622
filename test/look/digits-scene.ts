// SPDX-License-Identifier: Apache-2.0
import { type Table, tableFromIPC } from '@uwdata/flechette';
import type { EmbeddingRow, EmbeddingView } from '../../src/report/embedding-view.js';
import { projectionOf } from './fixture-embedding.js';

const FOLDER = '../../web/public/samples/';
const DIRECTIONS = 12;

/** The page's sample of digits, on its first two principal directions; newest by the difference of the means. */
export async function digitsView(): Promise<EmbeddingView> {
  const [reference, current] = await Promise.all([read('digits-employees'), read('digits-students')]);
  const a = columnsOf(reference);
  const b = columnsOf(current);
  const mean = (values: Float32Array): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const direction = a.map((values, k) => mean(b[k] as Float32Array) - mean(values));
  const labels = [...(current.getChild('label') as Iterable<string>)];
  /** The rows of a side farthest along the direction, or against it. */
  const extremes = (table: Table, columns: readonly Float32Array[], sign: 1 | -1): EmbeddingRow[] => {
    const words = [...(table.getChild('label') as Iterable<string>)];
    const images = table.getChild('image');
    return Array.from({ length: table.numRows }, (_, row) => ({
      row,
      score: sign * direction.reduce((sum, weight, k) => sum + weight * (columns[k]?.[row] ?? 0), 0),
    }))
      .sort((one, other) => other.score - one.score)
      .slice(0, 40)
      .map(({ row, score }) => ({ row, score, text: `a ${words[row]}`, image: String(images.at(row)) }));
  };
  return {
    map: {
      axes: [{ name: 'component 1' }, { name: 'component 2' }],
      reference: { x: a[0] as Float32Array, y: a[1] as Float32Array },
      current: {
        x: b[0] as Float32Array,
        y: b[1] as Float32Array,
        row: Uint32Array.from(labels, (_, i) => i),
      },
      colours: [
        {
          name: 'label',
          categories: Array.from({ length: 10 }, (_, i) => String(i)),
          codes: Uint8Array.from(labels, Number),
        },
        { name: 'component 3', values: b[2] as Float32Array },
      ],
    },
    projections: a
      .slice(0, DIRECTIONS)
      .map((values, k) =>
        projectionOf(`component ${k + 1}`, { reference: values, current: b[k] as Float32Array }),
      )
      .sort((one, other) => (other.ks ?? 0) - (one.ks ?? 0)),
    shift: { mean: [], spread: [], clusters: [] },
    typical: extremes(current, b, 1),
    missed: extremes(reference, a, -1),
  };
}

async function read(name: string): Promise<Table> {
  const answer = await fetch(new URL(`${FOLDER}${name}.arrow`, location.href));
  return tableFromIPC(await answer.arrayBuffer());
}

/** One array a dimension. */
function columnsOf(table: Table): Float32Array[] {
  const rows = [...(table.getChild('embedding') as Iterable<ArrayLike<number>>)];
  return Array.from({ length: rows[0]?.length ?? 0 }, (_, k) =>
    Float32Array.from(rows, (row) => row[k] ?? Number.NaN),
  );
}
