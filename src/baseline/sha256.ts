// SPDX-License-Identifier: Apache-2.0
/**
 * SHA-256 (FIPS 180-4), for content ids: the browser's own answers later only, and is not there on a page over http. A
 * library takes 1.5 kB more of every worker, which two of them do not have.
 */

/** The first 64 primes: the standard takes its constants from their roots. */
const PRIMES: number[] = [];
for (let n = 2; PRIMES.length < 64; n++) if (PRIMES.every((prime) => n % prime !== 0)) PRIMES.push(n);

/** The first 32 bits behind the point. */
const fraction = (root: number): number => Math.floor((root % 1) * 2 ** 32);
const ROUND = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

/** 32 bytes of these parts, one after the other. */
export function sha256(parts: readonly Uint8Array[]): Uint8Array {
  const state = START.slice();
  const block = new Uint8Array(64);
  const view = new DataView(block.buffer);
  let length = 0;
  const take = (part: Uint8Array): void => {
    const whole = new DataView(part.buffer, part.byteOffset, part.byteLength);
    for (let at = 0; at < part.length; ) {
      const filled = length % 64;
      const size = Math.min(64 - filled, part.length - at);
      if (size === 64) digest(state, whole, at);
      else {
        block.set(part.subarray(at, at + size), filled);
        if (filled + size === 64) digest(state, view, 0);
      }
      at += size;
      length += size;
    }
  };
  parts.forEach(take);
  const bits = 8 * length;
  const tail = new Uint8Array(((119 - (length % 64)) % 64) + 9);
  tail[0] = 0x80;
  const end = new DataView(tail.buffer, tail.length - 8);
  end.setUint32(0, bits / 2 ** 32);
  end.setUint32(4, bits);
  take(tail);
  const hash = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => {
    hash.setInt32(4 * i, word);
  });
  return new Uint8Array(hash.buffer);
}

const words = new Int32Array(64);

/** One block of 64 bytes, from `at` on. */
function digest(state: Int32Array, bytes: DataView, at: number): void {
  for (let i = 0; i < 16; i++) words[i] = bytes.getInt32(at + 4 * i);
  for (let i = 16; i < 64; i++) {
    const early = words[i - 15]!;
    const late = words[i - 2]!;
    const s0 = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const s1 = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    words[i] = (words[i - 16]! + s0 + words[i - 7]! + s1) | 0;
  }
  // Each by itself: to take an array apart takes as long as the rounds.
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let i = 0; i < 64; i++) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i]! + words[i]!) | 0;
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

/** Bits turned to the right. */
function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}
