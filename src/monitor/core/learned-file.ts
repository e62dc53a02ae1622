// SPDX-License-Identifier: Apache-2.0

import type { Batch } from '../../columns/batch.js';
import { type Baseline, encodeBaseline } from '../../profile/baseline-file.js';
import { type LearnOptions, learnFrame } from './learn-frame.js';

/** Share of the history's limit that what was learned may take: windows, each with sums of the same shape, need the rest. */
const SHARE = 0.25;

/**
 * What was learned, and as the file that the store keeps. Wide embeddings that would fill the history are learned in their small
 * form; what is still too large is not kept (null), and `problem` says so.
 */
export async function learnedFile(
  batch: Batch,
  storeBytes: number,
  options: LearnOptions,
): Promise<{ readonly baseline: Baseline; readonly file: Uint8Array | null; readonly problem: string }> {
  let baseline = await learnFrame(batch, options);
  let file = new Uint8Array(encodeBaseline(baseline));
  const most = SHARE * storeBytes;
  if (file.length > most && baseline.frame.features.some(({ kind }) => kind === 'embedding')) {
    const settings = { ...options.settings, embeddings: { size: 'small', rows: 0 } } as const;
    baseline = await learnFrame(batch, { ...options, settings });
    file = new Uint8Array(encodeBaseline(baseline));
  }
  if (file.length <= most) return { baseline, file, problem: '' };
  const problem =
    `what was learned of the first rows takes ${megabytes(file.length)}, more than a quarter of the history's ` +
    `limit of ${megabytes(storeBytes)} (storeBytes): it is not kept, and is learned anew after a reload`;
  return { baseline, file: null, problem };
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
