// SPDX-License-Identifier: Apache-2.0
// Seeded draws. Every part of the experiment has a stream of its own, named by what it is for, so that a part that is run again, or
// alone, draws the same.
import { randomFrom } from './engine.mjs';

/** Uniform [0, 1) from the names given (FNV-1a of them is the seed). */
export function randomOf(...names) {
  let hash = 0x811c9dc5;
  for (const character of names.join('/')) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return randomFrom(hash);
}

/** Standard normal (Box–Muller, one of the pair). */
export function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** 0 … n − 1 in random order; only the first `count` when given. */
export function permutation(n, random, count = n) {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (n - i));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order.subarray(0, count);
}
