// SPDX-License-Identifier: Apache-2.0
import type { Feature, Frame, NumberFrame } from '../baseline/frame.js';
import type { Batch } from '../columns/batch.js';
import type { NumberColumn } from '../columns/column.js';
import type { Kernels } from '../kernels/kernels.js';
import type { ColumnPlan, ColumnSums, RankProducts, WasmColumns } from '../kernels/wasm/columns.js';
import { countAbsent } from './counts.js';
import type { EmbeddingMeters } from './embedding-meters.js';
import { FrameMeter } from './meter.js';
import { nearestSingles } from './nearest-singles.js';
import type { NumberPart, Profile, TablePart } from './parts.js';

/** What a stream of rows needs of a meter. */
export type RowMeter = Pick<FrameMeter, 'conformed' | 'addOwnCounts' | 'addJoint' | 'settle'>;

/** How the number features of a frame are measured, in its order. */
export function columnPlans({ features, table }: Frame): ColumnPlan[] {
  const ranks = new Map(table.joint.map((name, i) => [name, table.jointRanks[i]!]));
  return numbersOf(features).map(({ name, frame }) => ({
    cuts: frame.cuts,
    singles: nearestSingles(frame.cuts),
    shift: frame.shift,
    ranks: ranks.get(name) ?? null,
  }));
}

/**
 * Measures as a FrameMeter does, but all number columns together: each value is read once, for its moments, its bin and its
 * rank, and the joint sums come of the same reading. Counts and joint sums are the same, power sums and sums by bin to rounding.
 */
export class ColumnsMeter implements RowMeter {
  readonly #features: readonly NumberFeature[];
  /** Of these features the places among all: of joint sums. */
  readonly #joint: readonly number[];
  readonly #columns: WasmColumns;
  readonly #whole: FrameMeter;
  readonly #rest: FrameMeter;

  /** `columns` were made of the frame's `columnPlans`. */
  constructor(frame: Frame, columns: WasmColumns, kernels: Kernels, embeddings?: EmbeddingMeters) {
    this.#features = numbersOf(frame.features);
    // Ranked columns are in the order of features, joint sums in that of the frame's list.
    const ranked = this.#features.flatMap(({ name }) => (frame.table.joint.includes(name) ? name : []));
    this.#joint = frame.table.joint.map((name) => ranked.indexOf(name));
    this.#columns = columns;
    const others = frame.features.filter(({ frame: { kind } }) => kind !== 'number');
    const table = { ...frame.table, joint: [], jointRanks: [] };
    this.#whole = new FrameMeter({ ...frame, table }, kernels, embeddings);
    this.#rest = new FrameMeter({ ...frame, features: others, table }, kernels, embeddings);
  }

  conformed(batch: Batch): Batch {
    return this.#whole.conformed(batch);
  }

  /** Joint sums too. */
  addOwnCounts(profile: Profile, batch: Batch): void {
    this.#rest.addOwnCounts(profile, batch);
    const columns = this.#features.map(({ name }) => {
      const column = batch.columns.get(name) as NumberColumn | undefined;
      return batch.rows === 0 ? null : (column?.values ?? null);
    });
    const parts = this.#features.map(({ name }) => profile.parts.get(name) as NumberPart);
    const absent = this.#features.map(({ name }, i) =>
      countAbsent(parts[i]!, batch.columns.get(name) as NumberColumn | undefined, batch.rows),
    );
    const products = this.#columns.measure(columns, batch.rows, (i, sums) =>
      addSums(parts[i]!, sums, absent[i]!),
    );
    if (products !== null) addProducts(profile.table, products, this.#joint);
  }

  addJoint(): void {}

  settle(): Promise<void> {
    return this.#rest.settle();
  }
}

type NumberFeature = Feature & { readonly frame: NumberFrame };

function numbersOf(features: readonly Feature[]): NumberFeature[] {
  return features.filter((feature): feature is NumberFeature => feature.frame.kind === 'number');
}

function addSums(part: NumberPart, { all, moments: at, bins }: ColumnSums, absent: number): void {
  part.nan += all[at + 1]! - absent;
  part.positiveInfinity += all[at + 2]!;
  part.negativeInfinity += all[at + 3]!;
  // Adding 0 writes −0 as 0.
  part.min = Math.min(part.min, all[at + 4]! + 0);
  part.max = Math.max(part.max, all[at + 5]! + 0);
  for (let k = 0; k < 4; k++) part.sums[k]! += all[at + 6 + k]!;
  const { counts, binSums } = part;
  const size = counts.length;
  for (let i = 0; i < size; i++) {
    binSums[i]! += all[bins + i]!;
    counts[i]! += all[bins + size + i]!;
  }
}

/** Both halves of the symmetric matrix. */
function addProducts(part: TablePart, { all, at, width }: RankProducts, joint: readonly number[]): void {
  const d = joint.length;
  const ones = at + d;
  part.jointRows += all[ones + d * width]!;
  for (let i = 0; i < d; i++) {
    const a = joint[i]!;
    part.jointSum[i]! += all[ones + a * width]!;
    for (let j = i; j < d; j++) {
      const b = joint[j]!;
      const product = all[at + Math.min(a, b) * width + Math.max(a, b)]!;
      part.jointCross[i * d + j]! += product;
      if (j > i) part.jointCross[j * d + i]! += product;
    }
  }
}
