// SPDX-License-Identifier: Apache-2.0
import { mix32 } from '../hash.js';

/** Rows that fitting needs at most: four for each of 1,024 features. More add time and take rows from the nulls. */
const MOST_FITTED = 4_096;

export interface Halves {
  /** Rows that center, components and whitening are fitted on. */
  readonly fitted: Uint32Array;
  /** Rows that null moments are taken from. */
  readonly held: Uint32Array;
}

/** Deals row numbers out by a hash, so that the order of the rows does not matter. At most half are fitted on. */
export function halves(count: number, seed: number): Halves {
  const order = shuffled(count, seed);
  const fitted = Math.min(MOST_FITTED, count >> 1);
  return { fitted: order.slice(0, fitted).sort(), held: order.slice(fitted).sort() };
}

/** 0 … count − 1 in the order of a hash of the number. */
export function shuffled(count: number, seed: number): Uint32Array {
  const keys = Float64Array.from({ length: count }, (_, i) => mix32(mix32(seed) ^ i) * 2 ** 21 + i).sort();
  return Uint32Array.from(keys, (key) => key % 2 ** 21);
}

/** At most `most` of the numbers, evenly spread over them. */
export function spread(numbers: Uint32Array, most: number): Uint32Array {
  if (numbers.length <= most) return numbers;
  return Uint32Array.from({ length: most }, (_, i) => numbers[Math.floor((i * numbers.length) / most)]!);
}
