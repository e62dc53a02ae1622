// SPDX-License-Identifier: Apache-2.0
import type { CategoryFrame, Feature, Frame } from '../baseline/frame.js';
import { MAX_CLASSES } from './outcomes.js';

/**
 * Which columns are prediction, label and score, and how a prediction is held against its label. `undecided` where only
 * numbers from 0 to 1 are predicted and the reference holds no label: the first labels tell.
 */
export interface OutcomePlan {
  readonly kind: 'classes' | 'numbers' | 'undecided';
  /** By reference count, at most MAX_CLASSES; of two that are decided by a score, the negative one first. */
  readonly classes: readonly string[];
  /** Class names are numbers: values are compared as such ("1" and "1.0" and true agree). */
  readonly numeric: boolean;
  /** Column of the predicted class or number; null where the class follows from the score. */
  readonly prediction: string | null;
  /** The label among the frame's features; null where the reference has none. */
  readonly label: string | null;
  /** A column of scores from 0 to 1, and what they are scores of. */
  readonly score: { readonly column: string; readonly of: 'positive' | 'prediction' } | null;
}

/** The plan of a frame; null where nothing in it is a prediction. */
export function planOutcomes(frame: Frame): OutcomePlan | null {
  const predictions = frame.features.filter(({ role }) => role === 'prediction');
  const label = frame.features.find(({ role }) => role === 'label');
  const named = predictions.find(isCategory);
  const shares = predictions.find(isShare);
  const numbers = predictions.filter(({ kind }) => kind === 'number');
  const base = { label: label?.name ?? null };
  if (label !== undefined && label.kind === 'number') {
    const prediction = numbers[0] ?? predictions.find((feature) => isCategory(feature) && isNumeric(feature));
    if (prediction === undefined) return null;
    return { ...base, kind: 'numbers', classes: [], numeric: true, prediction: prediction.name, score: null };
  }
  if (label !== undefined && !isCategory(label)) return null;
  if (named !== undefined) {
    const classes = classesOf([label, named]);
    const score = shares === undefined ? null : { column: shares.name, of: scoreOf(shares, classes.length) };
    const numeric = isNumeric(named) && (label === undefined || isNumeric(label));
    return {
      ...base,
      kind: 'classes',
      classes: score?.of === 'positive' ? positiveLast(classes) : classes,
      numeric,
      prediction: named.name,
      score,
    };
  }
  if (label === undefined) {
    if (shares !== undefined) {
      const score = { column: shares.name, of: 'positive' } as const;
      return { ...base, kind: 'undecided', classes: ['0', '1'], numeric: true, prediction: null, score };
    }
    if (numbers[0] === undefined) return null;
    return { ...base, kind: 'numbers', classes: [], numeric: true, prediction: numbers[0].name, score: null };
  }
  const classes = classesOf([label]);
  if (classes.length <= 2 && shares !== undefined) {
    const score = { column: shares.name, of: 'positive' } as const;
    return {
      ...base,
      kind: 'classes',
      classes: positiveLast(classes),
      numeric: isNumeric(label),
      prediction: null,
      score,
    };
  }
  if (!isNumeric(label) || numbers[0] === undefined) return null;
  return { ...base, kind: 'numbers', classes: [], numeric: true, prediction: numbers[0].name, score: null };
}

function isCategory({ frame }: Feature): boolean {
  return frame.kind === 'category' || frame.kind === 'boolean';
}

function isNumeric({ frame }: Feature): boolean {
  return 'numeric' in frame && frame.numeric;
}

/** Numbers that all lie within 0 and 1 in the reference. */
function isShare({ frame }: Feature): boolean {
  if (frame.kind !== 'number' || frame.cuts.length < 2) return false;
  return frame.cuts[0]! >= 0 && frame.cuts.at(-1)! <= 1 + 1e-6;
}

/** No score of the likelier of two classes is below one half; with more classes a score is that of the prediction. */
function scoreOf({ frame }: Feature, classes: number): 'positive' | 'prediction' {
  return classes === 2 && frame.kind === 'number' && frame.cuts[0]! < 0.5 ? 'positive' : 'prediction';
}

function classesOf(features: readonly (Feature | undefined)[]): string[] {
  const names = features.flatMap((feature) =>
    feature === undefined ? [] : [...(feature.frame as CategoryFrame).categories],
  );
  return [...new Set(names)].slice(0, MAX_CLASSES);
}

const POSITIVE = /^(1|true|yes|y|positive|pos|t)$/i;
const NEGATIVE = /^(0|-1|false|no|n|negative|neg|f|not[ _-].*)$/i;

/** Of two classes the positive one last: by its name, else the rarer one. Names come most frequent first. */
function positiveLast(classes: readonly string[]): string[] {
  if (classes.length === 1) return POSITIVE.test(classes[0]!) ? ['', classes[0]!] : [classes[0]!, ''];
  const [first, second] = classes as [string, string];
  const swap =
    (POSITIVE.test(first) && !POSITIVE.test(second)) || (NEGATIVE.test(second) && !NEGATIVE.test(first));
  return swap ? [second, first] : [first, second];
}
