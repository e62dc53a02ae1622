// SPDX-License-Identifier: Apache-2.0
import type { Frame, NumberFrame } from '../baseline/frame.js';
import type { Batch } from '../columns/batch.js';
import type { NumberColumn } from '../columns/column.js';
import type { Numbers } from '../kernels/kernels.js';
import { BinRanks } from './bin-ranks.js';
import { differenceOf, sumArrays } from './counts.js';
import { emptyDuplicates, mergeDuplicates, uncountedDuplicates } from './duplicates.js';
import type { TablePart } from './parts.js';

export interface TableMeter {
  readonly orders: readonly (readonly [string, string])[];
  readonly joint: readonly { readonly name: string; readonly ranks: BinRanks }[];
}

export function tableMeter(frame: Frame): TableMeter {
  const features = new Map(frame.features.map((feature) => [feature.name, feature]));
  return {
    orders: frame.table.orders,
    joint: frame.table.joint.map((name, i) => {
      const numbers = features.get(name)!.frame as NumberFrame;
      return { name, ranks: new BinRanks(numbers, frame.table.jointRanks[i]!) };
    }),
  };
}

/** Names of the features whose repeated values are counted. */
export function keyNames(frame: Frame): string[] {
  return frame.features.filter(({ role }) => role === 'key').map(({ name }) => name);
}

/** `counted: false` leaves duplicates out (calendar windows). */
export function emptyTable(frame: Frame, { counted = true }: { counted?: boolean } = {}): TablePart {
  const { orders, joint } = frame.table;
  const sample = counted ? emptyDuplicates : uncountedDuplicates;
  return {
    duplicates: sample(),
    keys: new Map(keyNames(frame).map((name) => [name, sample()])),
    orderRows: new Float64Array(orders.length),
    orderBroken: new Float64Array(orders.length),
    jointRows: 0,
    jointSum: new Float64Array(joint.length),
    jointCross: new Float64Array(joint.length * joint.length),
  };
}

/** Adds a batch's rows, but not to the duplicate samples. */
export function addTable(part: TablePart, batch: Batch, meter: TableMeter): void {
  meter.orders.forEach(([a, b], i) => {
    const left = numbersOf(batch, a);
    const right = numbersOf(batch, b);
    if (!left || !right) return;
    let both = 0;
    let broken = 0;
    for (let row = 0; row < batch.rows; row++) {
      // Comparisons with NaN are false: only rows where both are present count.
      if (left[row]! <= right[row]!) both++;
      else if (left[row]! > right[row]!) broken++;
    }
    part.orderRows[i]! += both + broken;
    part.orderBroken[i]! += broken;
  });
  addJoint(part, batch, meter);
}

/** Rows whose products are summed in small integers before they enter f64: 127² · 4,096 stays within 2^26. */
const BLOCK = 4_096;

function addJoint(part: TablePart, batch: Batch, { joint }: TableMeter): void {
  const d = joint.length;
  if (d === 0) return;
  const columns = joint.map(({ name }) => numbersOf(batch, name));
  if (columns.some((column) => column === undefined)) return;
  for (let start = 0; start < batch.rows; start += BLOCK) {
    const rows = Math.min(BLOCK, batch.rows - start);
    const complete = new Uint8Array(rows).fill(1);
    const ranks = joint.map(({ ranks }, i) => {
      const into = new Int8Array(rows);
      ranks.ranksOf(columns[i]!.subarray(start, start + rows), rows, { into, complete });
      return into;
    });
    let kept = 0;
    for (let row = 0; row < rows; row++) kept += complete[row]!;
    if (kept < rows) {
      for (const column of ranks) for (let row = 0; row < rows; row++) column[row]! *= complete[row]!;
    }
    part.jointRows += kept;
    for (let i = 0; i < d; i++) {
      const left = ranks[i]!;
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += left[row]!;
      part.jointSum[i]! += sum;
      for (let j = i; j < d; j++) {
        const product = dot(left, ranks[j]!);
        part.jointCross[i * d + j]! += product;
        if (j > i) part.jointCross[j * d + i]! += product;
      }
    }
  }
}

function dot(a: Int8Array, b: Int8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum = (sum + Math.imul(a[i]!, b[i]!)) | 0;
  return sum;
}

function numbersOf(batch: Batch, name: string): Numbers | undefined {
  const column = batch.columns.get(name);
  return column && column.type !== 'string' ? (column as NumberColumn).values : undefined;
}

export function mergeTable(a: TablePart, b: TablePart): TablePart {
  const keys = new Map(
    [...a.keys].map(([name, sample]) => [name, mergeDuplicates(sample, b.keys.get(name)!)]),
  );
  return {
    duplicates: mergeDuplicates(a.duplicates, b.duplicates),
    keys,
    orderRows: sumArrays(a.orderRows, b.orderRows),
    orderBroken: sumArrays(a.orderBroken, b.orderBroken),
    jointRows: a.jointRows + b.jointRows,
    jointSum: sumArrays(a.jointSum, b.jointSum),
    jointCross: sumArrays(a.jointCross, b.jointCross),
  };
}

/** a without b, exact for counts; the duplicate samples stay those of a. */
export function subtractTable(a: TablePart, b: TablePart): TablePart {
  const copy = (sample: TablePart['duplicates']) => ({
    threshold: sample.threshold,
    hashes: new Map(sample.hashes),
  });
  return {
    duplicates: copy(a.duplicates),
    keys: new Map([...a.keys].map(([name, sample]) => [name, copy(sample)])),
    orderRows: differenceOf(a.orderRows, b.orderRows),
    orderBroken: differenceOf(a.orderBroken, b.orderBroken),
    jointRows: a.jointRows - b.jointRows,
    jointSum: differenceOf(a.jointSum, b.jointSum),
    jointCross: differenceOf(a.jointCross, b.jointCross),
  };
}
