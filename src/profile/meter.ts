// SPDX-License-Identifier: Apache-2.0
import type { Feature, Frame } from '../baseline/frame.js';
import type { Batch } from '../columns/batch.js';
import type { Column, NumberColumn, StringColumn } from '../columns/column.js';
import { DriftglassError } from '../errors.js';
import type { Kernels } from '../kernels/kernels.js';
import { addCategory, addDistinctNames, type CategoryMeter, categoryMeter } from './category.js';
import { finishRows, type Hashes, hashColumn, mixColumn, mixVectors } from './column-hash.js';
import { conform } from './conform.js';
import { addDuplicates } from './duplicates.js';
import { type EmbeddingMeters, EmbeddingPass } from './embedding-meters.js';
import { addNumber, type NumberMeter, numberMeter } from './number.js';
import type { DuplicateSample, EmbeddingPart, Part, Profile } from './parts.js';
import { addJoint, addTable, keyNames, type TableMeter, tableMeter } from './table.js';
import { addText, type TextMeter, textMeter } from './text.js';
import { addTime } from './time.js';

type FeatureMeter = NumberMeter | CategoryMeter | TextMeter | null;

/** A frame made ready to measure batches: cut tables, dictionaries and guides, prepared once. */
export class FrameMeter {
  readonly frame: Frame;
  readonly #features: readonly { readonly feature: Feature; readonly meter: FeatureMeter }[];
  readonly #table: TableMeter;
  readonly #keys: ReadonlySet<string>;
  readonly #kernels: Kernels;
  readonly #embeddings: EmbeddingPass;
  #scratch: Hashes = { upper: new Int32Array(0), lower: new Int32Array(0) };

  /** `embeddings` are needed where the frame has any. */
  constructor(frame: Frame, kernels: Kernels, embeddings?: EmbeddingMeters) {
    this.frame = frame;
    this.#kernels = kernels;
    this.#embeddings = new EmbeddingPass(frame, embeddings);
    this.#features = frame.features.map((feature) => ({ feature, meter: featureMeter(feature, kernels) }));
    this.#table = tableMeter(frame);
    this.#keys = new Set(keyNames(frame));
  }

  /** The batch with every column in the type its feature is measured in, and checked for length. */
  conformed(batch: Batch): Batch {
    const columns = new Map<string, Column>();
    for (const { feature } of this.#features) {
      const column = batch.columns.get(feature.name);
      if (!column) continue;
      const length = column.type === 'string' ? column.codes.length : column.values.length;
      if (length !== batch.rows) {
        throw new DriftglassError(
          'SchemaError',
          `column "${feature.name}" has ${length} rows in a batch of ${batch.rows}`,
        );
      }
      columns.set(feature.name, conform(column, feature)!);
    }
    return { ...batch, columns };
  }

  /** Adds everything that is counted: all but distinct registers and duplicate samples. The batch is conformed. */
  addCounts(profile: Profile, batch: Batch): void {
    this.addOwnCounts(profile, batch);
    this.addJoint(profile, batch);
  }

  /** The same without the joint sums, which may be of fewer rows. */
  addOwnCounts(profile: Profile, batch: Batch): void {
    for (const { feature, meter } of this.#features) {
      const part = profile.parts.get(feature.name)!;
      if (part.kind === 'embedding')
        this.#embeddings.add(part, batch.vectors?.get(feature.name), batch.rows, feature);
      else addPart(part, batch, { feature, meter });
    }
    addTable(profile.table, batch, this.#table);
    profile.rows += batch.rows;
  }

  addJoint(profile: Profile, batch: Batch): void {
    addJoint(profile.table, batch, this.#table);
  }

  /** Resolves when more may be added without piling up; undefined where it may be at once. */
  room(): Promise<unknown> | undefined {
    return this.#embeddings.room();
  }

  /** Brings embeddings into the profiles that they were added to; all else is there at once. */
  settle(): Promise<void> {
    return this.#embeddings.settle();
  }

  /** Adds distinct registers and duplicate samples, which share one hash per value. The batch is conformed. */
  addSketches(profile: Profile, batch: Batch): void {
    const rows = this.#rowHashes(batch.rows);
    for (const { feature } of this.#features) {
      const part = profile.parts.get(feature.name)!;
      if (part.kind === 'embedding') {
        mixVectors(rows, batch.vectors?.get(feature.name));
        continue;
      }
      const column = batch.columns.get(feature.name);
      const registers = part.kind === 'time' || part.distinct.length === 0 ? null : part.distinct;
      mixColumn(rows, column, registers);
      if (!column) continue;
      if (column.type === 'string' && registers) addDistinctNames(registers, column, this.#kernels);
      if (this.#keys.has(feature.name)) addKeys(profile.table.keys.get(feature.name)!, column, batch.rows);
    }
    finishRows(rows);
    addDuplicates(profile.table.duplicates, rows);
  }

  #rowHashes(n: number): Hashes {
    if (this.#scratch.upper.length < n)
      this.#scratch = { upper: new Int32Array(n), lower: new Int32Array(n) };
    const { upper, lower } = this.#scratch;
    return { upper: upper.subarray(0, n).fill(0), lower: lower.subarray(0, n).fill(0) };
  }
}

/** A key column is hashed a second time: few tables have more than one. */
function addKeys(sample: DuplicateSample, column: Column, n: number): void {
  const hashes = { upper: new Int32Array(n), lower: new Int32Array(n) };
  hashColumn(column, hashes);
  addDuplicates(sample, { ...hashes, skip: absentRows(column) });
}

function featureMeter({ frame }: Feature, kernels: Kernels): FeatureMeter {
  switch (frame.kind) {
    case 'number':
      return numberMeter(frame, kernels);
    case 'category':
    case 'boolean':
      return categoryMeter(frame, kernels);
    case 'text':
      return textMeter(frame, kernels);
    case 'time':
    case 'embedding':
      return null;
  }
}

function addPart(
  part: Exclude<Part, EmbeddingPart>,
  batch: Batch,
  { feature, meter }: { feature: Feature; meter: FeatureMeter },
): void {
  const column = batch.columns.get(feature.name);
  if (part.kind === 'number') addNumber(part, column as NumberColumn, batch.rows, meter as NumberMeter);
  else if (part.kind === 'text') addText(part, column as StringColumn, batch.rows, meter as TextMeter);
  else if (part.kind === 'time' && feature.frame.kind === 'time') {
    addTime(part, column as NumberColumn, batch.rows, feature.frame);
  } else if (part.kind === 'category' || part.kind === 'boolean') {
    addCategory(part, column, batch.rows, meter as CategoryMeter);
  }
}

/** 1 where a row holds no value. */
function absentRows(column: Column): Uint8Array {
  const absent = new Uint8Array(column.type === 'string' ? column.codes.length : column.values.length);
  for (let i = 0; i < absent.length; i++) {
    absent[i] = (column.type === 'string' ? column.codes[i]! < 0 : Number.isNaN(column.values[i])) ? 1 : 0;
  }
  return absent;
}
