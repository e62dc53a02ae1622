// SPDX-License-Identifier: Apache-2.0
import type { Feature, Frame } from '../baseline/frame.js';
import type { Batch } from '../columns/batch.js';
import type { Column, NumberColumn, StringColumn } from '../columns/column.js';
import { DriftglassError } from '../errors.js';
import type { Kernels } from '../kernels/kernels.js';
import { addCategory, addDistinctNames, type CategoryMeter, categoryMeter } from './category.js';
import { finishRows, type Hashes, hashColumn, mixRows } from './column-hash.js';
import { conform } from './conform.js';
import { addDuplicates } from './duplicates.js';
import { addDistinct } from './hyperloglog.js';
import { addNumber, type NumberMeter, numberMeter } from './number.js';
import type { Part, Profile } from './parts.js';
import { addTable, keyNames, type TableMeter, tableMeter } from './table.js';
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
  #scratch: { rows: Hashes; column: Hashes } | null = null;

  constructor(frame: Frame, kernels: Kernels) {
    this.frame = frame;
    this.#kernels = kernels;
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
    return { rows: batch.rows, columns };
  }

  /** Adds everything that is counted: all but distinct registers and duplicate samples. The batch is conformed. */
  addCounts(profile: Profile, batch: Batch): void {
    for (const { feature, meter } of this.#features) {
      addPart(profile.parts.get(feature.name)!, batch, { feature, meter });
    }
    addTable(profile.table, batch, this.#table);
    profile.rows += batch.rows;
  }

  /** Adds distinct registers and duplicate samples, which share one hash per value. The batch is conformed. */
  addSketches(profile: Profile, batch: Batch): void {
    const n = batch.rows;
    const { rows, column: hashes } = this.#hashes(n);
    rows.upper.fill(0, 0, n);
    rows.lower.fill(0, 0, n);
    for (const { feature } of this.#features) {
      const column = batch.columns.get(feature.name);
      hashColumn(column, hashes);
      mixRows(rows, hashes, n);
      if (!column) continue;
      const part = profile.parts.get(feature.name)!;
      if (part.kind !== 'time') registerDistinct(part.distinct, column, { hashes, kernels: this.#kernels });
      if (this.#keys.has(feature.name)) {
        addDuplicates(profile.table.keys.get(feature.name)!, { ...hashes, skip: absentRows(column) });
      }
    }
    finishRows(rows, n);
    addDuplicates(profile.table.duplicates, rows);
  }

  #hashes(n: number): { rows: Hashes; column: Hashes } {
    if (!this.#scratch || this.#scratch.rows.upper.length < n) {
      const pair = () => ({ upper: new Int32Array(n), lower: new Int32Array(n) });
      this.#scratch = { rows: pair(), column: pair() };
    }
    const cut = ({ upper, lower }: Hashes) => ({ upper: upper.subarray(0, n), lower: lower.subarray(0, n) });
    return { rows: cut(this.#scratch.rows), column: cut(this.#scratch.column) };
  }
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
      return null;
  }
}

function addPart(
  part: Part,
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

function registerDistinct(
  registers: Uint8Array,
  column: Column,
  { hashes, kernels }: { hashes: Hashes; kernels: Kernels },
): void {
  if (registers.length === 0) return;
  if (column.type === 'string') {
    addDistinctNames(registers, column, kernels);
    return;
  }
  const { values } = column;
  const { upper, lower } = hashes;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value)) addDistinct(registers, upper[i]!, lower[i]!);
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
