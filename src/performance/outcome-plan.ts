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
  /** The prediction is a vector of one score a class: the largest is the prediction. */
  readonly vector: boolean;
  /** The label among the frame's features; null where the reference has none. */
  readonly label: string | null;
  /** A column of scores from 0 to 1, and what they are scores of. */
  readonly score: { readonly column: string; readonly of: 'positive' | 'prediction' } | null;
}

/** The plan of a frame; null where nothing in it is a prediction, or none that the label can be held against. */
export function planOutcomes(frame: Frame): OutcomePlan | null {
  const predictions = frame.features.filter(({ role }) => role === 'prediction');
  const label = frame.features.find(({ role }) => role === 'label');
  const found: Found = {
    label,
    named: predictions.find(isCategory),
    share: predictions.find(isShare),
    number: predictions.find(({ kind }) => kind === 'number'),
    vector: predictions.find(({ frame }) => frame.kind === 'embedding' && frame.dimension > 1),
  };
  if (label !== undefined && label.kind === 'number') return numbersPlan(found);
  if (label !== undefined && !isCategory(label)) return null;
  return namedPlan(found) ?? scoredPlan(found) ?? numbersPlan(found) ?? vectorPlan(found);
}

interface Found {
  readonly label: Feature | undefined;
  /** Predictions: a class, a number within 0 and 1, any number, a vector. */
  readonly named: Feature | undefined;
  readonly share: Feature | undefined;
  readonly number: Feature | undefined;
  readonly vector: Feature | undefined;
}

function planOf(label: Feature | undefined, plan: Partial<OutcomePlan>): OutcomePlan {
  return {
    kind: 'classes',
    classes: [],
    numeric: true,
    prediction: null,
    vector: false,
    score: null,
    label: label?.name ?? null,
    ...plan,
  };
}

/** A class was predicted, with or without a score. */
function namedPlan({ label, named, share }: Found): OutcomePlan | null {
  if (named === undefined || label?.kind === 'number') return null;
  const classes = positiveLast(classesOf([label, named]));
  return planOf(label, {
    classes,
    numeric: isNumeric(named) && (label === undefined || isNumeric(label)),
    prediction: named.name,
    score: share === undefined ? null : { column: share.name, of: scoreOf(share, classes.length) },
  });
}

/** A score was predicted: the class follows from it. Without a label in the reference it may also be any share. */
function scoredPlan({ label, share }: Found): OutcomePlan | null {
  if (share === undefined) return null;
  const score = { column: share.name, of: 'positive' } as const;
  if (label === undefined) return planOf(label, { kind: 'undecided', classes: ['0', '1'], score });
  const classes = classesOf([label]);
  if (classes.length > 2) return null;
  return planOf(label, { classes: positiveLast(classes), numeric: isNumeric(label), score });
}

/** Numbers against numbers; whole numbers of few values come as categories. */
function numbersPlan({ label, number, named }: Found): OutcomePlan | null {
  if (label !== undefined && label.kind !== 'number' && !isNumeric(label)) return null;
  const prediction = number ?? (named !== undefined && isNumeric(named) ? named : undefined);
  return prediction === undefined ? null : planOf(label, { kind: 'numbers', prediction: prediction.name });
}

/** Classes are numbered as they stand in the vector, unless the label has other names: those cannot be matched. */
function vectorPlan({ label, vector }: Found): OutcomePlan | null {
  if (vector === undefined || vector.frame.kind !== 'embedding') return null;
  if (label !== undefined && !isNumeric(label)) return null;
  const { dimension } = vector.frame;
  const numbered = Array.from({ length: Math.min(dimension, MAX_CLASSES) }, (_, i) => String(i));
  const classes = dimension <= MAX_CLASSES || label === undefined ? numbered : classesOf([label]);
  return planOf(label, { classes, prediction: vector.name, vector: true });
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

/** Of two classes the positive one last: by its name, else the rarer one. Names come most frequent first; '' is none. */
function positiveLast(classes: readonly string[]): readonly string[] {
  if (classes.length === 0 || classes.length > 2) return classes;
  if (classes.length === 1) return POSITIVE.test(classes[0]!) ? ['', classes[0]!] : [classes[0]!, ''];
  const [first, second] = classes as [string, string];
  const swap =
    (POSITIVE.test(first) && !POSITIVE.test(second)) || (NEGATIVE.test(second) && !NEGATIVE.test(first));
  return swap ? [second, first] : [first, second];
}
