// SPDX-License-Identifier: Apache-2.0
import { rowsOf } from '../rows.js';
import { panelsOf } from './limits.js';
import { type LinearOptions, partLimits, rowsInPart, upload } from './parts.js';
import { pipelinesOf } from './pipelines.js';
import { Scratch } from './scratch.js';
import { packColumns, strideOf } from './tables.js';

/** rows (n × d) times the transpose of matrix (k × d): n × k. Rejects with EngineError when the device fails. */
export function project(
  device: GPUDevice,
  rows: Float32Array,
  { matrix, d, ...options }: { matrix: Float32Array; d: number } & LinearOptions,
): Promise<Float32Array> {
  const n = rowsOf(rows, d);
  const k = rowsOf(matrix, d);
  const result = new Float32Array(n * k);
  if (result.length === 0) return Promise.resolve(result);
  const limits = partLimits(device, options);
  return Scratch.run(device, async (scratch) => {
    for (const panel of panelsOf(limits, k, d)) {
      const tile = 8 * panel.side;
      const pipeline = pipelinesOf(device, limits).tiled('product', panel.side);
      const packed = scratch.filled(packColumns(matrix, d, panel));
      const most = rowsInPart(limits, tile, [strideOf(d), panel.padded]);
      for (let first = 0; first < n; first += most) {
        const count = Math.min(most, n - first);
        const left = upload(scratch, rows, { d, first, n: count, tile });
        const products = scratch.storage(4 * count * panel.padded);
        scratch.dispatch(pipeline, {
          facts: Uint32Array.of(strideOf(d) / 4, panel.padded / 4, count, 0, 0, 0, 0, 0),
          buffers: [left, packed, products],
          size: [panel.padded / tile, Math.ceil(count / tile)],
        });
        const values = await scratch.read(products, 4 * count * panel.padded);
        for (let r = 0; r < count; r++) {
          const row = values.subarray(r * panel.padded, r * panel.padded + panel.columns);
          result.set(row, (first + r) * k + panel.first);
        }
        scratch.free(left);
        scratch.free(products);
      }
      scratch.free(packed);
    }
    return result;
  });
}
