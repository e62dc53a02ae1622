// SPDX-License-Identifier: Apache-2.0
/**
 * Whether all features have moved together. A change moves some features; a visitor who fills whole windows moves nearly
 * all of them at once, each by chance in its own direction. So the features beside the one that is asked about tell how
 * far these very windows may lie from the reference without any change, and no earlier window is needed for it.
 */
import type { RowNoise } from '../../verdict/hypotheses/hypothesis.js';
import type { Question } from './questions.js';

/** Of features, the largest are left to true changes: a quarter of them, and at least two of four or more: many come in pairs. */
const CHANGING = 4;
const PAIR = 2;
/** Fewer features show nothing about the others, */
const FEWEST = 2;
/** and fewer than these not enough. */
const FEWEST_TELLING = 4;
/** Steps that must have shown how far features move together before more than that is taken for a change; */
const FEWEST_PRECEDENTS = 30;
/** so many of them of these windows, whatever the reference has shown, */
const FEWEST_OWN = 12;
/** which is heeded until there are so many of these. */
const ENOUGH_OWN = 48;
/** A window stands out when features moved so many times as much together as in the usual one. */
const STANDS_OUT = 4;
/** A visitor may stay for so many windows, */
export const LONGEST_STAY = 5;
/** and move features so many times as much as the most that has been seen. */
const BEYOND_PRECEDENT = 1.5;

/** Two sides in slots. */
interface Sides {
  readonly current: ArrayLike<number>;
  readonly reference: ArrayLike<number>;
}

/**
 * Design effect that would explain how far the features lie apart; 0 where there are too few of them. Of independent rows
 * about 1.
 */
export function movedTogether(questions: readonly Question[], sides: Sides): number {
  const found = questions.flatMap((question) => apart(question, sides) ?? []).sort((a, b) => b - a);
  return found.length < FEWEST ? 0 : found[changing(found.length)]!;
}

function changing(features: number): number {
  const few = Math.min(PAIR, Math.floor(features / 2));
  return Math.max(1, few, Math.floor(features / CHANGING));
}

/** Features of these questions are enough to tell one visitor from a change. */
export function tellTogether(questions: readonly Question[]): boolean {
  return questions.length >= FEWEST_TELLING;
}

/**
 * The same as noise of a question, as well known as so many features tell it. Once earlier windows have shown how far
 * features move together in one of them, no visitor is presumed who moves them much more.
 * @param windows that are judged, in `current`
 * @param precedents how far features moved together from each window to the next, those that are judged included
 * @param earlier the same of the reference's own windows: asked for while there are few precedents
 */
export function noiseTogether(
  questions: readonly Question[],
  sides: Sides & {
    readonly windows: number;
    readonly precedents: readonly number[];
    readonly earlier: () => readonly number[];
  },
): RowNoise {
  const { windows, precedents, earlier } = sides;
  const deff = movedTogether(questions, sides);
  const df = questions.length / 2;
  if (precedents.length < FEWEST_OWN) return { deff, df };
  const known =
    precedents.length < ENOUGH_OWN ? [...earlier(), ...precedents].slice(-ENOUGH_OWN) : precedents;
  if (known.length < FEWEST_PRECEDENTS) return { deff, df };
  const sorted = [...known].sort((a, b) => a - b);
  // a change for good that begins within a window shows twice, who comes and goes more often
  const most = Math.max(1, sorted.at(-3)!);
  // where no window stood out, nobody has filled one who could fill several
  const stands = most > STANDS_OUT * Math.max(1, sorted[sorted.length >> 1]!);
  const stay = stands ? Math.min(windows, LONGEST_STAY) : 1;
  const bound = BEYOND_PRECEDENT * most * stay;
  // the bound is known by windows, not by the features of those that are judged
  return deff > bound ? { deff: bound, df: Math.max(df, known.length - 2) } : { deff, df };
}

/** How far a question's cells lie apart, over what independent rows make of it on average. */
function apart({ kind, at, size }: Question, { current, reference }: Sides): number | undefined {
  let n = 0;
  let m = 0;
  for (let i = 0; i < size; i++) {
    n += current[at + i]!;
    m += reference[at + i]!;
  }
  if (!(n > 0 && m > 0)) return undefined;
  let square = 0;
  let expected = 0;
  let [c, r] = [0, 0];
  for (let i = 0; i < size; i++) {
    c = (kind === 'ordered' ? c : 0) + current[at + i]!;
    r = (kind === 'ordered' ? r : 0) + reference[at + i]!;
    const pooled = (c + r) / (n + m);
    square += (c / n - r / m) ** 2;
    expected += pooled * (1 - pooled);
  }
  return expected > 1e-9 ? ((n * m) / (n + m)) * (square / expected) : undefined;
}
