// SPDX-License-Identifier: Apache-2.0
import { transfer } from 'comlink';
import type { Batch } from '../columns/batch.js';
import type { FeatureComparison } from '../distances/comparison.js';
import { type ChosenKernels, chooseKernels } from '../kernels/choose.js';
import type { Bytes } from '../sources/source.js';
import {
  type Helper,
  LocalHelper,
  type ProfileHow,
  type SidedBatches,
  type SidedProfiles,
  type SourceSpec,
} from './helper.js';
import type { FeatureTask } from './measure-feature.js';
import type { FileSpec, Split } from './protocol.js';

/** A helper behind a port: starts its kernels on first use, and hands rows over instead of copying them. */
export class HelperHost implements Helper {
  readonly #openBytes: (file: FileSpec) => Bytes | Promise<Bytes>;
  #chosen: Promise<ChosenKernels> | null = null;
  #helper: Promise<LocalHelper> | null = null;

  constructor(openBytes: (file: FileSpec) => Bytes | Promise<Bytes>) {
    this.#openBytes = openBytes;
  }

  async readPart(spec: SourceSpec, part: number, split: Split | null): Promise<SidedBatches> {
    const sided = await (await this.#local()).readPart(spec, part, split);
    const owned = {
      ...sided,
      reference: sided.reference.map(ownBuffers),
      current: sided.current.map(ownBuffers),
    };
    return transfer(owned, [...owned.reference, ...owned.current].flatMap(buffersOf));
  }

  async profileParts(
    spec: SourceSpec,
    parts: readonly [from: number, to: number],
    how: ProfileHow,
  ): Promise<SidedProfiles> {
    return (await this.#local()).profileParts(spec, parts, how);
  }

  async sample(spec: SourceSpec, part: number, split: Split | null): Promise<Batch | null> {
    return (await this.#local()).sample(spec, part, split);
  }

  async measure(tasks: readonly FeatureTask[]): Promise<FeatureComparison[]> {
    return (await this.#local()).measure(tasks);
  }

  protected chosen(): Promise<ChosenKernels> {
    this.#chosen ??= chooseKernels();
    return this.#chosen;
  }

  #local(): Promise<LocalHelper> {
    this.#helper ??= this.chosen().then(({ kernels }) => new LocalHelper(kernels, this.#openBytes));
    return this.#helper;
  }
}

/** A view into a larger buffer would take that buffer along (and away): such views are copied first. */
function ownBuffers(batch: Batch): Batch {
  const columns = new Map(batch.columns);
  for (const [name, column] of columns) {
    if (column.type === 'string') columns.set(name, { ...column, codes: owned(column.codes) });
    else
      columns.set(name, {
        ...column,
        values: owned(column.values),
        status: column.status === null ? null : owned(column.status),
      });
  }
  return { rows: batch.rows, columns };
}

function owned<T extends Float32Array | Float64Array | Int32Array | Uint8Array>(view: T): T {
  return view.byteLength === view.buffer.byteLength ? view : (view.slice() as T);
}

function buffersOf(batch: Batch): ArrayBuffer[] {
  const buffers = new Set<ArrayBufferLike>();
  for (const column of batch.columns.values()) {
    buffers.add(column.type === 'string' ? column.codes.buffer : column.values.buffer);
    if (column.type !== 'string' && column.status !== null) buffers.add(column.status.buffer);
  }
  return [...buffers] as ArrayBuffer[];
}
