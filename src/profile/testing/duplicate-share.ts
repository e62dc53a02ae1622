// SPDX-License-Identifier: Apache-2.0
import type { DuplicateSample } from '../parts.js';

/**
 * Estimated share of values that repeat an earlier one, with the sampled values and repeats behind it; undefined when
 * nothing was counted or sampled. Exact while the threshold is 2^32.
 */
export function duplicateShare(
  sample: DuplicateSample,
): { share: number; sampled: number; repeats: number; exact: boolean } | undefined {
  let sampled = 0;
  for (const count of sample.hashes.values()) sampled += count;
  if (sampled === 0) return undefined;
  const repeats = sampled - sample.hashes.size;
  return { share: repeats / sampled, sampled, repeats, exact: sample.threshold === 2 ** 32 };
}
