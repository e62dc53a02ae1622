// SPDX-License-Identifier: Apache-2.0
import { type Baseline, encodeBaseline } from '../../profile/baseline-file.js';
import type { Settings } from '../../verdict/settings.js';

/** Share of the history's limit that what was learned may take: windows, each with sums of the same shape, need the rest. */
const SHARE = 0.25;

/**
 * What was learned, and as the file that the store keeps. Wide embeddings that would fill the history are learned in their small
 * form; what is still too large is not kept (null), and `problem` says so.
 */
export async function learnedFile(
  storeBytes: number,
  learn: (settings: Pick<Settings, 'embeddings'>) => Promise<Baseline>,
): Promise<{ readonly baseline: Baseline; readonly file: Uint8Array | null; readonly problem: string }> {
  let baseline = await learn({});
  let file = new Uint8Array(encodeBaseline(baseline));
  const most = SHARE * storeBytes;
  if (file.length > most && baseline.frame.features.some(({ kind }) => kind === 'embedding')) {
    baseline = await learn({ embeddings: { size: 'small', rows: 0 } });
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
