// SPDX-License-Identifier: Apache-2.0
import { decodeOutcomes } from '../../performance/outcome-codec.js';
import type { OutcomePlan } from '../../performance/outcome-plan.js';
import type { Outcomes } from '../../performance/outcomes.js';
import type { Group } from './groups.js';
import {
  type Header,
  LABELLED,
  labelledKey,
  PIECES,
  PREDICTED,
  piecesOf,
  predictedKey,
  signature,
  VERSION,
} from './label-states.js';
import { emptySegment, SEGMENT, type Segment } from './prediction-ring.js';
import { isSavedSlices, type SavedSlices } from './slice-outcomes.js';

export interface SavedLabels {
  readonly header: Header;
  /** False where the rest is damaged, or of another plan: only counts can be used. */
  readonly isWhole: boolean;
  readonly segments: ReadonlyMap<number, Segment>;
  readonly groups: readonly Group[];
  /** null where none were stored. */
  readonly slices: SavedSlices | null;
  readonly total: Outcomes | null;
  readonly first: Outcomes | null;
  readonly reference: Outcomes | null;
}

/** What was stored; null where nothing was. */
export async function readLabels(
  read: (key: string) => Promise<unknown>,
  plan: OutcomePlan | null,
): Promise<SavedLabels | null> {
  const header = await read('labels');
  if (!isHeader(header)) return null;
  const saved = {
    header,
    isWhole: false,
    segments: new Map<number, Segment>(),
    groups: [] as Group[],
    slices: null as SavedSlices | null,
    total: null as Outcomes | null,
    first: null as Outcomes | null,
    reference: null as Outcomes | null,
  };
  if (header.plan !== signature(plan)) return saved;
  try {
    saved.total = decodeOutcomes(header.total);
    saved.first = decodeOutcomes(header.first);
    saved.reference = header.reference?.kind === (plan && header.kind) ? header.reference : null;
    const slices = (await read('labels/slices')) ?? null;
    if (slices !== null && !isSavedSlices(slices)) return saved;
    saved.slices = slices;
    const pieces = await Promise.all(
      piecesOf(header.head, header.tail).map(async (index) => ({
        index,
        predicted: await read(predictedKey(index)),
        labelled: await read(labelledKey(index)),
      })),
    );
    for (const { index, predicted, labelled } of pieces) {
      const segment = {
        ...emptySegment(),
        ...partOf(predicted, index, PREDICTED),
        ...partOf(labelled, index, LABELLED),
      };
      saved.segments.set(index, segment);
      for (const group of (predicted as { groups: readonly Group[] }).groups)
        if (group.start > (saved.groups.at(-1)?.start ?? -1)) saved.groups.push(group);
    }
    const covers = header.head === header.tail || (saved.groups[0]?.start ?? Infinity) <= header.head;
    return { ...saved, isWhole: covers };
  } catch {
    return saved;
  }
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== 'object' || value === null) return false;
  const { version, head, tail, counts, unknown, buckets } = value as Partial<Header>;
  const isRange =
    Number.isSafeInteger(head) && Number.isSafeInteger(tail) && head! >= 0 && tail! - head! >= 0;
  const isCounted =
    typeof counts === 'object' && counts !== null && Object.values(counts).every(Number.isSafeInteger);
  return (
    version === VERSION &&
    isRange &&
    tail! - head! <= PIECES * SEGMENT &&
    isCounted &&
    Number.isSafeInteger(unknown) &&
    Array.isArray(buckets)
  );
}

/** Arrays of a piece that was stored; throws where they are not what they should be. */
function partOf<K extends keyof Segment>(
  value: unknown,
  index: number,
  names: readonly K[],
): Pick<Segment, K> {
  const saved = value as Pick<Segment, K> & { readonly index: number };
  const empty = emptySegment();
  const isWhole = names.every(
    (name) => saved[name]?.constructor === empty[name].constructor && saved[name].length === SEGMENT,
  );
  if (saved.index !== index || !isWhole) throw new Error(`piece ${index} is damaged`);
  return Object.fromEntries(names.map((name) => [name, saved[name].slice()])) as Pick<Segment, K>;
}
