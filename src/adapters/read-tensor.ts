// SPDX-License-Identifier: Apache-2.0

/** A tensor's values on the processor. */
export interface ReadTensor {
  /** As the model calls it; of what has no name its index. */
  readonly name: string;
  /** Its place among the model's tensors; left out, its place among those that were read. */
  readonly index?: number;
  /** The first axis is rows; [] of a single number. */
  readonly shape: readonly number[];
  /** Row-major, of its own: nothing else writes to it. */
  readonly values: ArrayLike<number | string>;
}

/** Rows of a tensor of this shape. */
export function rowsOf(shape: readonly number[]): number {
  return shape[0] ?? 1;
}

/** Values in one row. */
export function widthOf(shape: readonly number[]): number {
  let width = 1;
  for (let i = 1; i < shape.length; i++) width *= shape[i]!;
  return width;
}

/** Whether a number among the values is NaN or infinite; in lists of lists too. */
export function hasNonFinite(values: ArrayLike<unknown>): boolean {
  if (values instanceof Float32Array || values instanceof Float64Array) {
    for (let i = 0; i < values.length; i++) if (values[i]! - values[i]! !== 0) return true;
    return false;
  }
  if (!Array.isArray(values)) return false;
  return values.some((value) => {
    if (typeof value === 'number') return value - value !== 0;
    return typeof value === 'object' && value !== null && 'length' in value && hasNonFinite(value);
  });
}

/** The rows at `indices`, copied. */
export function pickRows<T extends ReadTensor['values']>(
  values: T,
  width: number,
  indices: ArrayLike<number>,
): T {
  const length = indices.length * width;
  const picked = Array.isArray(values)
    ? new Array(length)
    : new (values.constructor as new (length: number) => number[])(length);
  for (let i = 0; i < indices.length; i++) {
    const first = indices[i]! * width;
    for (let j = 0; j < width; j++) picked[i * width + j] = values[first + j];
  }
  return picked as unknown as T;
}

/** `take` of `rows` row numbers, ascending, each set with the same chance (Floyd's sampling). */
export function drawRows(rows: number, take: number, random = Math.random): Int32Array {
  const drawn = new Set<number>();
  for (let i = rows - take; i < rows; i++) {
    const j = Math.floor(random() * (i + 1));
    drawn.add(drawn.has(j) ? i : j);
  }
  return Int32Array.from(drawn).sort();
}

/** At most `most` of `rows` row numbers, at even steps from a random first one; null for all. */
export function everyNth(rows: number, most: number, random = Math.random): Int32Array | null {
  if (rows <= most) return null;
  const step = Math.ceil(rows / most);
  const first = Math.floor(random() * step);
  return Int32Array.from({ length: Math.ceil((rows - first) / step) }, (_, i) => first + i * step);
}
