// SPDX-License-Identifier: Apache-2.0
import type { Feature, Frame } from '../baseline/frame.js';
import type { CategoryPart, NumberPart, Part, Profile, TablePart } from './parts.js';
import { emptyPart, inPairs, mergeAll, mergeParts } from './profile.js';
import { emptyTable } from './table.js';
import { mergeNames } from './unseen-names.js';

type PackedPart = NumberPart | CategoryPart;

const NOT_COUNTED = new Uint8Array(0);
/** Floats of a sum that are finished before the next: they stay in the first-level cache. */
const PIECE = 1_024;

/** Where the arrays of each number, each category and the table lie in one array. */
interface Layout {
  readonly frame: Frame;
  /** Floats in all. */
  readonly size: number;
  readonly table: number;
  /** By feature; −1 for kinds that have arrays of their own. */
  readonly starts: readonly number[];
}

const layouts = new WeakMap<Frame, Layout>();

/**
 * A profile as any other, without sketches, whose arrays are views of one. There are over a hundred of them, which cost more to
 * allocate one by one than rows cost to measure; and profiles add as two long arrays do.
 */
class PackedProfile implements Profile {
  readonly frameId: string;
  rows = 0;
  skipped = 0;
  readonly parts = new Map<string, Part>();
  readonly table: TablePart;
  readonly #layout: Layout;
  readonly #data: Float64Array;
  /** Parts as they were made: another one may have been put into their place. */
  readonly #made: (PackedPart | null)[] = [];

  constructor(layout: Layout) {
    const { frame, size, starts, table } = layout;
    this.frameId = frame.id;
    this.#layout = layout;
    this.#data = new Float64Array(size);
    frame.features.forEach((feature, i) => {
      const start = starts[i]!;
      const made = start < 0 ? null : packedPart(feature, this.#data, start);
      this.#made.push(made);
      this.parts.set(feature.name, made ?? emptyPart(feature, false));
    });
    this.table = emptyTable(
      { ...frame, table: { orders: [], joint: [], jointRanks: [] } },
      { counted: false },
    );
    const d = frame.table.joint.length;
    const orders = frame.table.orders.length;
    this.table.orderRows = this.#data.subarray(table, table + orders);
    this.table.orderBroken = this.#data.subarray(table + orders, table + 2 * orders);
    this.table.jointSum = this.#data.subarray(table + 2 * orders, table + 2 * orders + d);
    this.table.jointCross = this.#data.subarray(table + 2 * orders + d, size);
  }

  /** All in one, in the order of adding; null where one is packed otherwise or not at all. */
  static sum(profiles: readonly [Profile, ...Profile[]]): PackedProfile | null {
    const [first] = profiles;
    if (!(first instanceof PackedProfile)) return null;
    for (const profile of profiles)
      if (!(profile instanceof PackedProfile) || profile.#layout !== first.#layout) return null;
    const packed = profiles as readonly [PackedProfile, ...PackedProfile[]];
    const sum = new PackedProfile(first.#layout);
    sum.#data.set(first.#data);
    for (const { rows, skipped, table } of packed) {
      sum.rows += rows;
      sum.skipped += skipped;
      sum.table.jointRows += table.jointRows;
    }
    const { size } = first.#layout;
    for (let from = 0; from < size; from += PIECE) {
      const to = Math.min(size, from + PIECE);
      for (let i = 1; i < packed.length; i++) addTo(sum.#data, packed[i]!.#data, from, to);
    }
    first.#layout.frame.features.forEach(({ name }, i) => {
      const made = sum.#made[i]!;
      const parts = packed.map((profile) => profile.parts.get(name)!);
      if (made !== null && packed.every((profile, p) => profile.#made[i] === parts[p]))
        addFacts(made, parts as PackedPart[]);
      else {
        sum.#made[i] = null;
        sum.parts.set(name, inPairs(parts, mergeParts));
      }
    });
    return sum;
  }
}

/** What `emptyProfile` gives without sketches, with one array for all that is counted. */
export function emptyPacked(frame: Frame): Profile {
  let layout = layouts.get(frame);
  if (layout === undefined) {
    layout = layoutOf(frame);
    layouts.set(frame, layout);
  }
  return new PackedProfile(layout);
}

/** The profile of all windows together, as `mergeAll` gives it; quicker where they are packed alike. */
export function sumProfiles(profiles: readonly [Profile, ...Profile[]]): Profile {
  return PackedProfile.sum(profiles) ?? mergeAll(profiles);
}

function layoutOf(frame: Frame): Layout {
  let size = 0;
  const starts = frame.features.map(({ frame: each }) => {
    const start = size;
    if (each.kind === 'number') size += 4 + 2 * (each.cuts.length + 1);
    else if ('categories' in each) size += each.categories.length;
    else return -1;
    return start;
  });
  const { joint, orders } = frame.table;
  return { frame, starts, table: size, size: size + 2 * orders.length + joint.length * (joint.length + 1) };
}

function packedPart({ frame }: Feature, data: Float64Array, start: number): PackedPart | null {
  const counted = { rows: 0, missing: 0, unparsable: 0 };
  if (frame.kind === 'number') {
    const bins = frame.cuts.length + 1;
    return {
      kind: frame.kind,
      ...counted,
      nan: 0,
      positiveInfinity: 0,
      negativeInfinity: 0,
      min: Number.POSITIVE_INFINITY,
      max: Number.NEGATIVE_INFINITY,
      sums: data.subarray(start, start + 4),
      counts: data.subarray(start + 4, start + 4 + bins),
      binSums: data.subarray(start + 4 + bins, start + 4 + 2 * bins),
      distinct: NOT_COUNTED,
    };
  }
  if (!('categories' in frame)) return null;
  return {
    kind: frame.kind,
    ...counted,
    counts: data.subarray(start, start + frame.categories.length),
    other: 0,
    unseen: 0,
    unseenNames: new Map(),
    distinct: NOT_COUNTED,
  };
}

/** What stands in a part itself. */
function addFacts(sum: PackedPart, parts: readonly PackedPart[]): void {
  for (const part of parts) {
    sum.rows += part.rows;
    sum.missing += part.missing;
    sum.unparsable += part.unparsable;
    if (sum.kind === 'number' && part.kind === 'number') {
      sum.nan += part.nan;
      sum.positiveInfinity += part.positiveInfinity;
      sum.negativeInfinity += part.negativeInfinity;
      sum.min = Math.min(sum.min, part.min);
      sum.max = Math.max(sum.max, part.max);
    } else if (sum.kind !== 'number' && part.kind !== 'number') {
      sum.other += part.other;
      sum.unseen += part.unseen;
    }
  }
  if (sum.kind === 'number') return;
  const names = parts.flatMap((part) =>
    part.kind !== 'number' && part.unseenNames.size > 0 ? [part.unseenNames] : [],
  );
  if (names.length === 1) sum.unseenNames = new Map(names[0]);
  else if (names.length > 1) sum.unseenNames = inPairs(names, mergeNames);
}

function addTo(sum: Float64Array, data: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) sum[i]! += data[i]!;
}
