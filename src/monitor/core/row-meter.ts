// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import type { Kernels } from '../../kernels/kernels.js';
import { startColumns } from '../../kernels/wasm/columns.js';
import { ColumnsMeter, columnPlans, type RowMeter } from '../../profile/columns-meter.js';
import type { EmbeddingMeters } from '../../profile/embedding-meters.js';
import { FrameMeter } from '../../profile/meter.js';

/** The quickest meter that runs here: many columns at once with WebAssembly, else one by one. */
export async function rowMeterOf(
  frame: Frame,
  kernels: Kernels,
  embeddings?: EmbeddingMeters,
): Promise<RowMeter> {
  if (kernels.name !== 'cpu') {
    try {
      const columns = (await startColumns())(columnPlans(frame));
      if (columns !== null) return new ColumnsMeter(frame, columns, kernels, embeddings);
    } catch {
      // No room for a second instance: the first still measures.
    }
  }
  return new FrameMeter(frame, kernels, embeddings);
}
