// SPDX-License-Identifier: Apache-2.0
/**
 * Hashes that are part of the file format: category hashes of a frame, distinct registers and duplicate samples of a
 * profile. Changing one changes the meaning of stored baselines, so it needs a new codec version.
 */

/** Avalanche of 32 bits (the finaliser of MurmurHash3, Appleby 2011, public domain). */
export function mix32(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** 32-bit hash of a string's UTF-16 code units; two seeds give two independent halves of a 64-bit hash. */
export function hashText(text: string, seed = 0): number {
  let h = seed ^ 0x2f0b4a87;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x9e3779b1);
    h = (h << 13) | (h >>> 19);
  }
  return mix32(h ^ text.length);
}

/** Seed of the second half of a 64-bit hash. */
export const SECOND_HALF = 0x5bd1e995;
