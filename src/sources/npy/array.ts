// SPDX-License-Identifier: Apache-2.0
import { LEAST_GROUP, MAX_DIMENSION, type VectorChoice } from '../../columns/vector.js';
import type { Bytes } from '../source.js';
import { type NpyHeader, readNpyHeader } from './header.js';

/** An array read as columns: rows along the first dimension, all others flattened. */
export interface NpyArray {
  readonly bytes: Bytes;
  readonly header: NpyHeader;
  readonly rows: number;
  /** Values of a row. */
  readonly width: number;
  /** The name of the one vector column that the array becomes; undefined when it becomes number columns. */
  readonly vector: string | undefined;
  /** Names of the columns; one for a vector. */
  readonly names: readonly string[];
}

export interface ArrayNames {
  /** Of the array as vectors. */
  readonly vector: string;
  readonly column: (k: number) => string;
}

const MAX_COLUMNS = 16_384;

/** Reads the header and decides: two-dimensional numbers of `LEAST_GROUP` columns or more are vectors, unless `choice` says otherwise. */
export async function openArray(
  bytes: Bytes,
  names: ArrayNames,
  choice: VectorChoice | undefined,
  notes: string[],
): Promise<NpyArray> {
  const header = await readNpyHeader(bytes);
  const { shape, dtype } = header;
  const rows = shape[0] ?? 1;
  const width = shape.slice(1).reduce((product, size) => product * size, 1);
  if (!isVector(header, width, choice)) {
    if (width > MAX_COLUMNS)
      throw new Error(`an array of ${width} columns (at most ${MAX_COLUMNS} can be read)`);
    if (shape.length > 2) notes.push(`shape ${shape.join(' × ')} read as ${rows} rows of ${width} columns`);
    const columns = Array.from({ length: width }, (_, k) => names.column(k));
    return { bytes, header, rows, width, vector: undefined, names: columns };
  }
  if (shape.length > 2) {
    const sizes = shape.slice(1);
    throw new Error(
      `an array of shape (${shape.join(', ')}), where vectors are rows of two dimensions: save it reshaped to (${rows}, ${sizes.join('·')})`,
    );
  }
  if (width > MAX_DIMENSION)
    throw new Error(`vectors of ${width} numbers (at most ${MAX_DIMENSION} can be read)`);
  if (dtype.kind !== 'float')
    notes.push(`column ${names.vector}: whole numbers (${dtype.declared}) read as floats of 32 bits`);
  return { bytes, header, rows, width, vector: names.vector, names: [names.vector] };
}

function isVector({ dtype, shape }: NpyHeader, width: number, choice: VectorChoice | undefined): boolean {
  const numeric = dtype.kind === 'float' || dtype.kind === 'int' || dtype.kind === 'uint';
  if (!numeric || shape.length < 2 || width < 2 || choice === 'columns') return false;
  return choice === 'group' || width >= LEAST_GROUP;
}
