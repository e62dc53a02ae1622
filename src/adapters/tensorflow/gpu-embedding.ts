// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingSums } from '../../monitor/embedding-sums.js';
import type { PlanAtHand } from '../gpu-rows.js';
import { rowsOf, widthOf } from '../read-tensor.js';
import { rowsAt } from './take.js';
import type { Library, Tensor } from './types.js';

/**
 * Sums of a tensor's rows, measured on the device that the model runs on: the rows stay there. Null where there can be none,
 * and the vectors go the usual way: while the monitor has no plan for them, where they lie on the processor, and once the
 * device has refused. The tensor stays the caller's.
 */
export async function measureOnGpu(
  tf: Library,
  plan: PlanAtHand,
  feature: string,
  vectors: Tensor,
  indices: Int32Array | null,
): Promise<EmbeddingSums | null> {
  const { device } = tf.backend() as { device?: GPUDevice };
  if (vectors.dtype !== 'float32' || device === undefined) return null;
  await plan.asked();
  if (vectors.isDisposed) return null;
  const shape = { rows: indices?.length ?? rowsOf(vectors.shape), dimension: widthOf(vectors.shape) };
  const source = indices === null ? vectors : rowsAt(tf, vectors, indices);
  const data = onGpuAlready(source);
  try {
    const measured = data?.buffer ? plan.measure(device, data.buffer, shape) : null;
    if (measured === null) return null;
    return { name: feature, frameId: measured.frameId, partial: await measured.partial };
  } catch {
    // The plan has told.
    return null;
  } finally {
    data?.tensorRef.dispose();
    if (source !== vectors) source.dispose();
  }
}

/** The library throws for what is not there. */
function onGpuAlready(tensor: Tensor): ReturnType<NonNullable<Tensor['dataToGPU']>> | undefined {
  try {
    return tensor.dataToGPU?.();
  } catch {
    return undefined;
  }
}
