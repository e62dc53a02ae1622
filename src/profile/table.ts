// SPDX-License-Identifier: Apache-2.0
import type { Frame, NumberFrame } from '../baseline/frame.js';
import type { Batch } from '../columns/batch.js';
import type { NumberColumn } from '../columns/column.js';
import type { Numbers } from '../kernels/kernels.js';
import { BinRanks } from './bin-ranks.js';
import { differenceOf, sumArrays } from './counts.js';
import { emptyDuplicates, mergeDuplicates, uncountedDuplicates } from './duplicates.js';
import { JointSums } from './joint-sums.js';
import type { TablePart } from './parts.js';

export interface TableMeter {
  readonly orders: readonly (readonly [string, string])[];
  readonly joint: readonly string[];
  readonly jointSums: JointSums;
}

export function tableMeter(frame: Frame): TableMeter {
  const features = new Map(frame.features.map((feature) => [feature.name, feature]));
  return {
    orders: frame.table.orders,
    joint: frame.table.joint,
    jointSums: new JointSums(
      frame.table.joint.map((name, i) => {
        const numbers = features.get(name)!.frame as NumberFrame;
        return new BinRanks(numbers, frame.table.jointRanks[i]!);
      }),
    ),
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

/** Adds a batch's rows, but not to the duplicate samples nor to the joint sums. */
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
}

/** Adds a batch's rows to the joint sums: of wide tables most of the work. */
export function addJoint(part: TablePart, batch: Batch, meter: TableMeter): void {
  const joint = meter.joint.flatMap((name) => numbersOf(batch, name) ?? []);
  // A batch without one of the columns has no complete row.
  if (joint.length > 0 && joint.length === meter.joint.length) meter.jointSums.add(part, joint, batch.rows);
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
