// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../../baseline/frame.js';
import { FrameBuilder } from '../../../baseline/frame-builder.js';
import type { Batch } from '../../../columns/batch.js';
import type { Column } from '../../../columns/column.js';
import type { Role } from '../../../columns/schema.js';
import { cpuKernels } from '../../../kernels/cpu/cpu.js';
import type { Profile } from '../../../profile/parts.js';
import { Profiler } from '../../../profile/profile.js';
import type { Chunk } from '../../host.js';

export function numbers(values: Float64Array, status: Uint8Array | null = null): Column {
  return { type: 'number', values, status };
}

export function words(values: readonly (string | null)[]): Column {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  const codes = new Map(dictionary.map((name, code) => [name, code]));
  return {
    type: 'string',
    codes: Int32Array.from(values, (value) => (value === null ? -1 : codes.get(value)!)),
    dictionary,
  };
}

export function batchOf(columns: Readonly<Record<string, Column>>): Batch {
  const [first] = Object.values(columns);
  const rows = first === undefined ? 0 : first.type === 'string' ? first.codes.length : first.values.length;
  return { rows, columns: new Map(Object.entries(columns)) };
}

export function measured(
  batch: Batch,
  roles: Readonly<Record<string, Role>> = {},
): { frame: Frame; reference: Profile } {
  const schema = [...batch.columns].map(([name, { type }]) => ({ name, type }));
  const columns = Object.fromEntries(schema.map(({ name }) => [name, { role: roles[name] ?? 'input' }]));
  const builder = new FrameBuilder(schema, { columns }, cpuKernels);
  builder.add(batch);
  const frame = builder.finish();
  const profiler = new Profiler(frame, cpuKernels);
  profiler.add(batch);
  return { frame, reference: profiler.profile };
}

export function chunkOf(batch: Batch, ids: Chunk['ids'] = null): Chunk {
  return {
    batch,
    times: Float64Array.from({ length: batch.rows }, (_, row) => row),
    ids,
    version: '',
    slices: null,
    skipped: 0,
    refused: 0,
  };
}
