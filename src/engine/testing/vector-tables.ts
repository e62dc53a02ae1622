// SPDX-License-Identifier: Apache-2.0
/** Tables with a column of vectors beside others, as Arrow files, for tests. */
import {
  fixedSizeList,
  float32,
  float64,
  TimeUnit,
  tableFromArrays,
  tableToIPC,
  timestamp,
  utf8,
} from '@uwdata/flechette';
import type { FileSpec } from '../protocol.js';
import { type VectorsOptions, vectorRows } from './embeddings.js';
import { uniform } from './tables.js';

export interface VectorTableOptions extends VectorsOptions {
  /** First day. Rows are spread over `days` days. */
  readonly start: string;
  readonly days: number;
  /** Every day moves all coordinates by a normal draw of this sd: rows of one day hang together. Default 0. */
  readonly dayEffect?: number;
  /** From this share of the rows on the first coordinate is moved by 1.5. Default 1, never. */
  readonly turn?: number;
  /** Share of rows without a vector. Default 0. */
  readonly missing?: number;
}

/** Columns: when (time), e (vectors), price (number), label (category). */
export function vectorTable(name: string, options: VectorTableOptions): FileSpec {
  const { rows, dimension, seed, start, days, dayEffect = 0, turn = 1, missing = 0 } = options;
  const values = vectorRows(options);
  const random = uniform(seed + 1_000);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const moves = Array.from({ length: days }, () =>
    Float64Array.from({ length: dimension }, () => dayEffect * normal()),
  );
  const first = Date.parse(start);
  const vectors = Array.from({ length: rows }, (_, row) => {
    const move = moves[Math.floor((row / rows) * days)]!;
    const vector = values.slice(row * dimension, (row + 1) * dimension).map((value, k) => value + move[k]!);
    if (row >= turn * rows) vector[0]! += 1.5;
    return random() < missing ? null : vector;
  });
  const table = tableFromArrays(
    {
      when: Array.from({ length: rows }, (_, row) => new Date(first + (row / rows) * days * 86_400_000)),
      e: vectors,
      price: Array.from({ length: rows }, () => 100 * random()),
      label: Array.from({ length: rows }, () => ['shoe', 'shirt', 'bag'][Math.floor(random() * 3)]),
    },
    {
      types: {
        when: timestamp(TimeUnit.MILLISECOND),
        e: fixedSizeList(float32(), dimension),
        price: float64(),
        label: utf8(),
      },
    },
  );
  const bytes = tableToIPC(table, { format: 'file' })!;
  return { name, buffer: bytes.slice().buffer as ArrayBuffer };
}
