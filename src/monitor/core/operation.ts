// SPDX-License-Identifier: Apache-2.0
import type { Chunk, LabelBatch, MetricBatch, SystemSample } from '../host.js';
import type { Annotation } from '../snapshot.js';
import type { ReferenceSpec } from '../specs.js';

/** What a page hands to its monitor, and a tab to the one that keeps the history: structured-cloneable. */
export type Operation =
  | { readonly kind: 'chunk'; readonly chunk: Chunk }
  | { readonly kind: 'labels'; readonly labels: LabelBatch }
  | { readonly kind: 'metrics'; readonly metrics: MetricBatch }
  | { readonly kind: 'system'; readonly sample: SystemSample }
  | { readonly kind: 'annotate'; readonly annotation: Annotation }
  | { readonly kind: 'reference'; readonly reference: ReferenceSpec };

/** About the bytes that a clone of it takes. */
export function operationBytes(operation: Operation): number {
  switch (operation.kind) {
    case 'chunk':
      return chunkBytes(operation.chunk);
    case 'labels':
      return 64 * operation.labels.ids.length;
    case 'metrics':
      return 64 * operation.metrics.names.length;
    case 'system':
      return 2_048;
    default:
      return 512;
  }
}

function chunkBytes({ batch, times, ids, slices, sums = [] }: Chunk): number {
  let bytes = 256 + times.byteLength + 24 * (ids?.length ?? 0);
  for (const column of batch.columns.values()) {
    if (column.type === 'string') {
      bytes += column.codes.byteLength;
      for (const text of column.dictionary) bytes += 8 + 2 * text.length;
    } else bytes += column.values.byteLength + (column.status?.byteLength ?? 0);
  }
  for (const { values } of batch.vectors?.values() ?? []) bytes += values.byteLength;
  for (const values of Object.values(slices ?? {})) bytes += 24 * values.length;
  return bytes + 8_192 * sums.length;
}
