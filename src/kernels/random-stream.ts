// SPDX-License-Identifier: Apache-2.0
/**
 * Random numbers that are the same to the last bit on every machine: whole-number arithmetic, then + − × ÷ and square
 * roots, which IEEE 754 rounds in one way only. Math.log and its kind are left out: their last bits belong to the engine.
 *
 * The generator is xoshiro128** 1.1 (Blackman & Vigna 2018), its four words filled by SplitMix32 from a 32-bit seed
 * (state += 0x9e3779b9, then the finaliser of MurmurHash3). A uniform is (word + ½) / 2³², so never 0 and never 1.
 */

export interface RandomStream {
  /** Next 32 bits. */
  word(): number;
  /** In (0, 1). */
  uniform(): number;
  /** Standard normal: Marsaglia's polar method, both numbers of a pair used. */
  normal(): number;
  /** Length of a vector of `degrees` standard normals. */
  chi(degrees: number): number;
}

export function randomStream(seed: number): RandomStream {
  let filler = seed >>> 0;
  const fill = (): number => {
    filler = (filler + 0x9e3779b9) >>> 0;
    let z = filler;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  let [a, b, c, d] = [fill(), fill(), fill(), fill()];

  function word(): number {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result;
  }

  const uniform = (): number => (word() + 0.5) / 2 ** 32;

  let spare: number | null = null;
  function normal(): number {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const s = x * x + y * y;
      if (s >= 1 || s === 0) continue;
      const factor = Math.sqrt((-2 * exactLog(s)) / s);
      spare = y * factor;
      return x * factor;
    }
  }

  /** χ²₂ is −2 ln U, so an even number of degrees is one logarithm of a product; an odd one has a normal more. */
  function chi(degrees: number): number {
    let product = 1;
    let halvings = 0;
    for (let i = 0; i < degrees >> 1; i++) {
      product *= uniform();
      while (product < 0.5) {
        product *= 2;
        halvings++;
      }
    }
    const last = degrees % 2 === 1 ? normal() : 0;
    return Math.sqrt(2 * (halvings * LN2 - exactLog(product)) + last * last);
  }

  return { word, uniform, normal, chi };
}

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

const LN2 = Math.LN2;

/** ln x for x in (0, 1], to about 1e-16 of 1 + |ln x|: powers of two taken out, then 2 artanh((m − 1)/(m + 1)). */
function exactLog(x: number): number {
  let m = x;
  let halvings = 0;
  while (m < 0.7) {
    m *= 2;
    halvings++;
  }
  const t = (m - 1) / (m + 1);
  const tt = t * t;
  let sum = 0;
  for (let k = 21; k >= 1; k -= 2) sum = sum * tt + 1 / k;
  return 2 * t * sum - halvings * LN2;
}
