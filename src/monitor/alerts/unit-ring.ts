// SPDX-License-Identifier: Apache-2.0

/** What a unit counted, in the ring that keeps it. */
export interface UnitRow {
  /** By the slots of the plan. */
  readonly slots: Float32Array<ArrayBuffer>;
  /** By the features of the plan. */
  readonly quiet: Uint8Array<ArrayBuffer>;
}

/** Units whose numbers are needed at a time, and what each of them counts. */
export interface RingShape {
  readonly rows: number;
  readonly slots: number;
  readonly features: number;
}

/**
 * Rows of numbers for the latest units: two arrays of their full size from the start, so that a series takes the same for its
 * first unit and its last. A row is used again when as many units have come after its own as there are rows.
 */
export class UnitRing {
  readonly #rows: number;
  readonly #slots: Float32Array<ArrayBuffer>;
  readonly #quiet: Uint8Array<ArrayBuffer>;

  constructor({ rows, slots, features }: RingShape) {
    this.#rows = rows;
    this.#slots = new Float32Array(rows * slots);
    this.#quiet = new Uint8Array(rows * features);
  }

  /** Whether it is of this shape. */
  fits({ rows, slots, features }: RingShape): boolean {
    const { length } = this.#slots;
    return rows === this.#rows && length === rows * slots && this.#quiet.length === rows * features;
  }

  /** The row of a unit, as it was left. `sequence`: units are numbered one by one. */
  rowOf(sequence: number): UnitRow {
    const at = sequence % this.#rows;
    return { slots: rowIn(this.#slots, at, this.#rows), quiet: rowIn(this.#quiet, at, this.#rows) };
  }
}

function rowIn<T extends Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(
  all: T,
  at: number,
  rows: number,
): T {
  const size = all.length / rows;
  return all.subarray(at * size, (at + 1) * size) as T;
}
