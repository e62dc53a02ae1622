// SPDX-License-Identifier: Apache-2.0
/** A profile as the counts that alerts ask for. */
import type { CategoryFrame, EmbeddingFrame, Frame, NumberFrame } from '../../baseline/frame.js';
import type { CategoryPart, EmbeddingPart, NumberPart, Part, Profile } from '../../profile/parts.js';
import { beyondRange, justBeyond, valuesOf } from '../../verdict/hypotheses/number-tests.js';
import { unseenCounts } from '../../verdict/hypotheses/unseen-tail.js';
import { type Question, type QuestionPlan, sumOf } from './questions.js';

interface Sides {
  readonly frame: Frame['features'][number]['frame'];
  readonly reference: Part;
  readonly part: Part;
  /** Counting the reference itself. */
  readonly isReference: boolean;
  readonly holdsFitted: boolean;
}

/** Slots of `profile`, measured by the plan. The reference's own: pass it for both, and whether it `holdsFitted` rows of the frame. */
export function countAll(
  plan: QuestionPlan,
  frame: Frame,
  {
    profile,
    reference,
    holdsFitted = true,
  }: { profile: Profile; reference: Profile; holdsFitted?: boolean | undefined },
): Float64Array {
  const slots = new Float64Array(plan.slots);
  const frames = new Map(frame.features.map((feature) => [feature.name, feature.frame]));
  for (const { name, questions } of plan.features) {
    const sides = {
      frame: frames.get(name),
      part: profile.parts.get(name),
      reference: reference.parts.get(name),
    };
    if (!sides.frame || !sides.part || !sides.reference || sides.part.kind !== sides.reference.kind) continue;
    for (const question of questions)
      count(slots, question, {
        ...(sides as Omit<Sides, 'isReference' | 'holdsFitted'>),
        isReference: profile === reference,
        holdsFitted,
      });
  }
  return slots;
}

function count(slots: Float64Array, question: Question, sides: Sides): void {
  const { at, kind, size } = question;
  if (kind === 'share') {
    const [rows, base] = shareOf(question, sides);
    slots[at] = rows;
    slots[at + 1] = base;
  } else if (kind === 'vector') {
    countVector(slots, question, sides);
  } else if (kind === 'total') {
    const { counts, other, unseen } = sides.part as CategoryPart;
    for (let i = 0; i < size - 1; i++) slots[at + i] = counts[i] ?? 0;
    slots[at + size - 1] = sumOf(counts) - sumOf(counts.subarray(0, size - 1)) + other + unseen;
  } else {
    const counts = orderedCounts(question, sides.part);
    let bin = 0;
    question.bins.forEach((end, cell) => {
      for (; bin < end; bin++) slots[at + cell]! += counts[bin] ?? 0;
    });
    if (sides.part.kind === 'number' && question.of === 'values') {
      slots[at]! += sides.part.negativeInfinity;
      slots[at + size - 1]! += sides.part.positiveInfinity;
    }
  }
}

/**
 * Rows and sums of features as the verdict takes them: Fourier features of length 1 a row; components and their squares over
 * √2, of the reference without the rows that components were fitted on.
 */
function countVector(slots: Float64Array, { at, of, size }: Question, sides: Sides): void {
  const { measured, fourier, sums, squares } = sides.part as EmbeddingPart;
  const { fitted } = sides.frame as EmbeddingFrame;
  slots[at] = measured;
  if (of !== 'moments') {
    const scale = Math.sqrt(fourier.length / 2);
    for (let i = 1; i < size; i++) slots[at + i] = fourier[i - 1]! / scale;
    return;
  }
  const held = sides.isReference && sides.holdsFitted && fitted.rows > 0 && measured > fitted.rows;
  if (held) slots[at] = measured - fitted.rows;
  const k = (size - 1) / 2;
  for (let i = 0; i < k; i++) {
    slots[at + 1 + i] = sums[i]! - (held ? fitted.sums[i]! : 0);
    slots[at + 1 + k + i] = (squares[i]! - (held ? fitted.squares[i]! : 0)) * Math.SQRT1_2;
  }
}

function orderedCounts({ of }: Question, part: Part): ArrayLike<number> {
  if (part.kind === 'number') return part.counts;
  if (part.kind === 'text') return of === 'words' ? part.words.counts : part.length.counts;
  if (part.kind !== 'embedding') return [];
  return typeof of === 'number' ? (part.drawn[of] ?? []) : part.norms;
}

/** Rows that have it, rows that could. */
function shareOf(question: Question, { frame, reference, part, isReference }: Sides): [number, number] {
  const present = part.rows - part.missing - part.unparsable;
  switch (question.metric) {
    case 'missing':
    case 'unparsable':
      return [part[question.metric], part.rows];
    case 'nan':
      return [part.kind === 'number' ? part.nan : part.kind === 'embedding' ? part.nonFinite : 0, present];
    case 'empty':
      return [part.kind === 'text' ? part.empty : 0, present];
    case 'zeroRows':
      return [part.kind === 'embedding' ? part.zero : 0, present];
    case 'unseen': {
      const category = part as CategoryPart;
      // Of the reference: what Good and Turing expect of the next rows.
      const { singles, unseen, n } = unseenCounts(
        frame as CategoryFrame,
        reference as CategoryPart,
        category,
      );
      return [isReference ? singles : unseen, n];
    }
    case 'infinite': {
      const { negativeInfinity, positiveInfinity } = part as NumberPart;
      return [negativeInfinity + positiveInfinity, valuesOf(part as NumberPart)];
    }
    case 'outOfRange':
      return [
        beyond(frame as NumberFrame, reference as NumberPart, part as NumberPart),
        valuesOf(part as NumberPart),
      ];
    case 'tail':
      return [tailOf(question, part as NumberPart), valuesOf(part as NumberPart)];
    default:
      return [0, 0];
  }
}

/** Rows outside of the reference's range, where some lie far outside: what lies just beyond it is nothing to tell. */
function beyond(frame: NumberFrame, reference: NumberPart, part: NumberPart): number {
  if (part === reference || justBeyond(reference, part)) return 0;
  const { below, above } = beyondRange(frame, reference, part);
  return below + above;
}

function tailOf({ bins, end }: Question, part: NumberPart): number {
  const cut = bins[0] ?? 0;
  return end === 'low'
    ? sumOf(part.counts.subarray(0, cut)) + part.negativeInfinity
    : sumOf(part.counts.subarray(cut)) + part.positiveInfinity;
}
