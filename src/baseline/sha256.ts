// SPDX-License-Identifier: Apache-2.0
/** SHA-256 (FIPS 180-4) for names of contents: the platform's own answers later, and only on pages from https. */

const PRIMES = firstPrimes(64);
/** The first 32 bits of the fractions of cube roots, none within .005 of the next: a root that is off by its last digit does not matter. */
const ROUNDS = Int32Array.from(PRIMES, (prime) => (Math.cbrt(prime) % 1) * 2 ** 32);
const START = PRIMES.slice(0, 8).map((prime) => (Math.sqrt(prime) % 1) * 2 ** 32);

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}

/** The hash of all bytes, one part after the other; hexadecimal. */
export function sha256(parts: readonly Uint8Array[]): string {
  const state = Int32Array.from(START);
  const words = new Int32Array(64);
  const tail = new Uint8Array(64);
  let held = 0;
  let bytes = 0;
  for (const part of parts) {
    bytes += part.length;
    let at = Math.min(part.length, (64 - held) % 64);
    tail.set(part.subarray(0, at), held);
    held += at;
    if (held === 64 || held + at === 0) {
      if (held === 64) mix(state, words, tail, 0);
      held = 0;
      for (; at + 64 <= part.length; at += 64) mix(state, words, part, at);
      tail.set(part.subarray(at));
      held = part.length - at;
    }
  }
  tail.fill(0, held);
  tail[held] = 0x80;
  if (held > 55) {
    mix(state, words, tail, 0);
    tail.fill(0);
  }
  const end = new DataView(tail.buffer);
  end.setUint32(56, Math.floor(bytes / 2 ** 29));
  end.setUint32(60, bytes * 8);
  mix(state, words, tail, 0);
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** Takes in the 64 bytes from `at`. */
function mix(state: Int32Array, w: Int32Array, bytes: Uint8Array, at: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, 64);
  for (let i = 0; i < 16; i++) w[i] = view.getInt32(4 * i);
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!;
    const y = w[i - 2]!;
    const s0 = turned(x, 7) ^ turned(x, 18) ^ (x >>> 3);
    const s1 = turned(y, 17) ^ turned(y, 19) ^ (y >>> 10);
    w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let i = 0; i < 64; i++) {
    const chosen = (e & f) ^ (~e & g);
    const most = (a & b) ^ (a & c) ^ (b & c);
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const t = (h + s1 + chosen + ROUNDS[i]! + w[i]!) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t) | 0;
    d = c;
    c = b;
    b = a;
    a = (t + s0 + most) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}
