// SPDX-License-Identifier: Apache-2.0
import type { VectorChoice } from '../../columns/vector.js';
import { messageOf } from '../../errors.js';
import type { Bytes, Source } from '../source.js';
import { asSourceError, sourceError } from '../source-error.js';
import { type NpyArray, openArray } from './array.js';
import { readNpyHeader } from './header.js';
import { NpySource } from './npy-source.js';
import { type ArrayEntry, openZip } from './zip.js';

export interface NpyOptions {
  /** Whether two-dimensional numbers are vectors; by default those of 8 columns and more. */
  readonly vectors?: VectorChoice;
}

/**
 * Opens one NPY array. One dimension is one column `c0`. Two dimensions of numbers are the vector column `embedding` (see
 * `NpyOptions`), else `c0`, `c1`, … along the flattened other dimensions.
 * Errors: SourceError for complex, structured, object and truncated arrays, and for stacks that would have to be vectors.
 */
export async function openNpy(bytes: Bytes, { vectors }: NpyOptions = {}): Promise<Source> {
  try {
    const notes: string[] = [];
    const names = { vector: 'embedding', column: (k: number) => `c${k}` };
    const array = await openArray(bytes, names, vectors, notes);
    return new NpySource(bytes, 'npy', [array], notes);
  } catch (error) {
    throw asSourceError(bytes.name, error);
  }
}

/**
 * Opens the arrays of an NPZ archive side by side: a one-dimensional array is a column of its name, vectors are as well,
 * others are `name.c0`, `name.c1`, …. Arrays of another length than the first, and those that cannot be read, are left out
 * with a note. Errors: SourceError when none can be read, or when the archive is damaged.
 */
export async function openNpz(bytes: Bytes, { vectors }: NpyOptions = {}): Promise<Source> {
  try {
    const notes: string[] = [];
    const arrays: NpyArray[] = [];
    for (const entry of await openZip(bytes)) {
      const array = await openEntry(entry, vectors, notes);
      if (!array) continue;
      if (arrays.length > 0 && array.rows !== arrays[0].rows) {
        notes.push(
          `array ${entry.name}: ${array.rows} rows where the first array has ${arrays[0].rows}, not read`,
        );
      } else arrays.push(array);
    }
    if (arrays.length === 0)
      throw sourceError(
        bytes.name,
        `no array of this archive can be read (${notes.join('; ') || 'it has none'})`,
      );
    return new NpySource(bytes, 'npz', arrays, notes);
  } catch (error) {
    throw asSourceError(bytes.name, error);
  }
}

async function openEntry(
  entry: ArrayEntry,
  vectors: VectorChoice | undefined,
  notes: string[],
): Promise<NpyArray | undefined> {
  const { name } = entry;
  try {
    const bytes = await entry.open();
    const { shape } = await readNpyHeader(bytes);
    const column = (k: number) => (shape.length < 2 ? name : `${name}.c${k}`);
    return await openArray(bytes, { vector: name, column }, vectors, notes);
  } catch (error) {
    notes.push(`array ${name}: ${messageOf(error)}, not read`);
    return undefined;
  }
}
