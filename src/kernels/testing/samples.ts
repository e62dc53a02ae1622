// SPDX-License-Identifier: Apache-2.0
/** Seeded columns for the kernel tests. Everything is made from integers, so that Python makes the same. */
import type { Numbers } from '../kernels.js';

export type Width = 'f32' | 'f64';

/** u32 of `index` and `seed`: no state, so that any element of any sample can be made alone. As in bench/kernels/reference.py. */
export function mixed(index: number, seed: number): number {
  let x = (Math.imul(index + 1, 0x9e3779b1) + Math.imul(seed, 0x85ebca77)) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) >>> 0;
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39) >>> 0;
  return (x ^ (x >>> 15)) >>> 0;
}

/** In [0, 1). */
export function uniform(index: number, seed: number): number {
  return mixed(index, seed) / 2 ** 32;
}

/** Bell-shaped around 0, sd 0.58: the sum of four uniforms less 2. */
export function bell(index: number, seed: number): number {
  return (
    uniform(index, seed) + uniform(index, seed + 1) + uniform(index, seed + 2) + uniform(index, seed + 3) - 2
  );
}

const SPECIAL = [
  0,
  -0,
  1,
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  1e-40,
  -1e-40,
  Number.MIN_VALUE,
  -Number.MIN_VALUE,
  3.4028234663852886e38,
  -3.4028234663852886e38,
  0.1,
  16777217,
];

/** What is asked of every kernel: shapes by name, each a function of index and seed. */
export const SHAPES: Readonly<Record<string, (index: number, seed: number) => number>> = {
  signed: bell,
  'special values': (index, seed) => SPECIAL[mixed(index, seed) % SPECIAL.length]!,
  'mostly plain, few special': (index, seed) =>
    mixed(index, seed + 9) % 400 === 0 ? SPECIAL[mixed(index, seed) % SPECIAL.length]! : bell(index, seed),
  'all equal': () => 2.75,
  'all minus zero': () => -0,
  'all NaN': () => Number.NaN,
  'many ties': (index, seed) => (mixed(index, seed) % 7) - 3,
  'forty orders of magnitude': (index, seed) =>
    (mixed(index, seed + 1) % 2 === 0 ? 1 : -1) * 10 ** (40 * uniform(index, seed) - 20),
  'far from zero': (index, seed) => 1e6 + bell(index, seed),
  ascending: (index) => index / 8 - 100,
  'close in the last bits': (index, seed) => 1 + mixed(index, seed) * 2 ** -52,
};

/** `n` values of a shape, starting `offset` elements into their buffer. */
export function column(shape: string, n: number, width: Width, seed = 1, offset = 0): Numbers {
  const make = SHAPES[shape]!;
  const whole = width === 'f32' ? new Float32Array(n + offset) : new Float64Array(n + offset);
  for (let i = 0; i < n; i++) whole[i + offset] = make(i, seed);
  return whole.subarray(offset);
}

/** The next f64 above a finite value. */
export function nextUp(value: number): number {
  const bits = new BigInt64Array(new Float64Array([value + 0]).buffer);
  bits[0]! += value < 0 ? -1n : 1n;
  return new Float64Array(bits.buffer)[0]!;
}

/** Up to `count` strictly increasing cuts: some of the column's own values as point bins [v, nextUp(v)), the rest beside them. */
export function cutsFor(values: Numbers, count: number, seed: number): Float64Array {
  const cuts = new Set<number>();
  for (let i = 0; i < count; i++) {
    const near = values.length === 0 ? uniform(i, seed) : values[mixed(i, seed) % values.length]!;
    if (!Number.isFinite(near)) continue;
    if (i % 3 === 0) {
      cuts.add(near + 0);
      cuts.add(nextUp(near));
    } else {
      cuts.add(i % 3 === 1 ? near + 0 : near * 1.0000001 + 1e-9);
    }
  }
  return Float64Array.from(cuts).filter(Number.isFinite).sort();
}
