// SPDX-License-Identifier: Apache-2.0
import type { DuplicateSample } from './parts.js';

/** Hashes held at most. */
export const MAX_HASHES = 4_096;

/** A sample that has seen nothing and takes everything. */
export function emptyDuplicates(): DuplicateSample {
  return { threshold: 2 ** 32, hashes: new Map() };
}

/** A sample that takes nothing: duplicates are not counted here. Merging with it gives the same. */
export function uncountedDuplicates(): DuplicateSample {
  return { threshold: 0, hashes: new Map() };
}

/** Adds values by the two halves of their hashes; rows where `skip` is not 0 are left out. */
export function addDuplicates(
  sample: DuplicateSample,
  { upper, lower, skip }: { upper: Int32Array; lower: Int32Array; skip?: Uint8Array | null },
): void {
  const { hashes } = sample;
  let { threshold } = sample;
  for (let i = 0; i < upper.length; i++) {
    if (upper[i]! >>> 0 >= threshold || (skip && skip[i] !== 0)) continue;
    const name = hashName(upper[i]! >>> 0, lower[i]! >>> 0);
    hashes.set(name, (hashes.get(name) ?? 0) + 1);
    if (hashes.size > MAX_HASHES) {
      tighten(sample);
      threshold = sample.threshold;
    }
  }
}

/** The sample of both together. */
export function mergeDuplicates(a: DuplicateSample, b: DuplicateSample): DuplicateSample {
  const merged: DuplicateSample = { threshold: Math.min(a.threshold, b.threshold), hashes: new Map() };
  for (const { hashes } of [a, b]) {
    for (const [name, count] of hashes) {
      if (upperOf(name) < merged.threshold) merged.hashes.set(name, (merged.hashes.get(name) ?? 0) + count);
    }
  }
  tighten(merged);
  return merged;
}

/** Halves the threshold until the bound is met. */
function tighten(sample: DuplicateSample): void {
  while (sample.hashes.size > MAX_HASHES) {
    sample.threshold /= 2;
    for (const name of sample.hashes.keys())
      if (upperOf(name) >= sample.threshold) sample.hashes.delete(name);
  }
}

/** 16 hexadecimal digits, the upper half first. */
function hashName(upper: number, lower: number): string {
  return upper.toString(16).padStart(8, '0') + lower.toString(16).padStart(8, '0');
}

function upperOf(name: string): number {
  return Number.parseInt(name.slice(0, 8), 16);
}
