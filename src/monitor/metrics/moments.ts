// SPDX-License-Identifier: Apache-2.0

/** Additive: values of a business metric. */
export interface Moments {
  count: number;
  sum: number;
  squares: number;
  /** +Infinity, −Infinity when there is none. */
  min: number;
  max: number;
}

export function emptyMoments(): Moments {
  return { count: 0, sum: 0, squares: 0, min: Infinity, max: -Infinity };
}

/** Adds a finite value. */
export function addValue(to: Moments, value: number): void {
  to.count++;
  to.sum += value;
  to.squares += value * value;
  to.min = Math.min(to.min, value);
  to.max = Math.max(to.max, value);
}

export function mergeMoments(a: Moments, b: Moments): Moments {
  return {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    squares: a.squares + b.squares,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
  };
}

export function isMoments(value: unknown): value is Moments {
  const { count, sum, squares, min, max } = (value ?? {}) as Partial<Moments>;
  return Number.isSafeInteger(count) && [sum, squares, min, max].every((one) => typeof one === 'number');
}
