// SPDX-License-Identifier: Apache-2.0
/**
 * How far rows of an embedding have moved, by the statistics that its verdict combines. The older half of the windows shows
 * the direction, the newer half how far rows have moved in it. So the test is of one number: no null of many dimensions is
 * needed, rows of visitors count as windows show them in just this direction, and looking often does not choose it.
 */
import type { EmbeddingFrame } from '../../baseline/frame.js';
import {
  type Certainty,
  type Direction,
  deviation,
  deviationError,
  type Effect,
  normalReach,
} from './effect.js';
import type { FeatureUnits } from './feature-units.js';
import { LONGEST_STAY } from './moved-together.js';
import type { Question } from './questions.js';

/** Ridge of whitening, in mean feature variances: the middle one of the verdict's three. */
const RIDGE = 3;
/** Steps of the solver. Any direction is a fair one, so few are enough. */
const STEPS = 8;

export interface Aim {
  readonly direction: Direction;
  /** Slots of the newer windows. */
  readonly newer: ArrayLike<number>;
  /** What a reference of independent rows lies off in this direction by its own chance, which both halves see. */
  readonly off: number;
}

/**
 * null where either half has no rows, or nothing has moved. `mayStay`: one visitor may be in several windows, and would lie in
 * the very direction in both halves; windows between them are left out, as many as nobody is presumed to stay for. The reference
 * may be of few visitors then, too.
 */
export function aimOf(
  { units, reference, embedding }: Pick<FeatureUnits, 'units' | 'reference' | 'embedding'>,
  question: Question,
  { first, mayStay }: { first: number; mayStay: boolean },
): Aim | null {
  let between = 0;
  for (let weight = 0; mayStay && weight < LONGEST_STAY && between < units.length; between++)
    weight += units.at(-1 - between)!.weight;
  const half = (units.length - first - between) / 2;
  if (half < 1) return null;
  const middle = first + Math.floor(half);
  const add = (from: number, to: number): Float64Array => {
    const sum = new Float64Array(question.at + question.size);
    for (const { slots } of units.slice(from, to))
      for (let i = question.at; i < sum.length; i++) sum[i]! += slots[i]!;
    return sum;
  };
  const older = add(first, middle);
  const newer = add(middle + between, units.length);
  const { at, size } = question;
  const [n, m] = [older[at]!, reference[at]!];
  if (!(n > 0 && m > 0 && newer[at]! > 0) || embedding === null) return null;
  const moved = Float64Array.from(
    { length: size - 1 },
    (_, i) => older[at + 1 + i]! / n - reference[at + 1 + i]! / m,
  );
  const found = directionOf(embedding, question, moved);
  return found && { direction: found.direction, newer, off: mayStay ? found.chance / m : 0 };
}

/** In the verdict's effects, √(Δ / √tr M²) of a squared length Δ: what is seen along one direction is never more than that. */
function directionOf(
  { nulls, featureCovariance }: EmbeddingFrame,
  { of }: Question,
  moved: Float64Array,
): { readonly direction: Direction; readonly chance: number } | null {
  const law =
    of === 'fourier'
      ? nulls?.plain
      : of === 'moments'
        ? nulls?.moments
        : nulls?.whitened.find(({ ridge }) => ridge === RIDGE);
  if (!law || !(law.square > 0)) return null;
  const typical = law.cube / law.square;
  const covariance = of !== 'moments' && featureCovariance.length > 0 ? featureCovariance : null;
  let weights = moved;
  let length = dot(moved, moved);
  if (of === 'whitened' && covariance !== null) {
    const p = moved.length;
    let trace = 0;
    for (let i = 0; i < p; i++) trace += covariance[(i * (i + 3)) / 2]!;
    const raised = (x: Float64Array): Float64Array => {
      const product = times(covariance, x);
      for (let i = 0; i < p; i++) product[i]! += ((RIDGE * trace) / p) * x[i]!;
      return product;
    };
    weights = solved(raised, moved);
    // w·Δ is at most √(Δᵀ(S + gI)⁻¹Δ) where wᵀ(S + gI)w = 1
    length = dot(weights, raised(weights));
  }
  if (!(length > 0)) return null;
  const scale = 1 / (Math.sqrt(length) * law.square ** 0.25);
  const variance = covariance ? dot(weights, times(covariance, weights)) / length : Math.max(1, typical);
  const along = covariance || of === 'moments' ? variance : typical;
  // of the squared length of one row's error, what lies along
  const chance = law.mean * scale;
  return { direction: [along / Math.sqrt(law.square), ...weights.map((weight) => weight * scale)], chance };
}

/** Newer rows along the aim, held against both sides' noise. */
export function aimedEffect(
  question: Question,
  { direction, newer, off, reference }: Aim & { readonly reference: ArrayLike<number> },
  { noise, level }: Certainty,
): Effect {
  const error = Math.hypot(
    deviationError(question, newer, { direction, noise }),
    deviationError(question, reference, { direction, noise }),
  );
  return {
    value: Math.max(0, deviation(question, { current: newer, reference }, direction) - noise.deff * off),
    reach: normalReach(level, noise) * error,
    direction,
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Product of a symmetric matrix, of which the lower triangle is given by rows. */
function times(lower: Float32Array, x: Float64Array): Float64Array {
  const product = new Float64Array(x.length);
  let at = 0;
  for (let i = 0; i < x.length; i++) {
    let sum = 0;
    for (let j = 0; j < i; j++, at++) {
      sum += lower[at]! * x[j]!;
      product[j]! += lower[at]! * x[i]!;
    }
    product[i]! += sum + lower[at++]! * x[i]!;
  }
  return product;
}

/** About A⁻¹b, by conjugate gradients. */
function solved(matrix: (x: Float64Array) => Float64Array, b: Float64Array): Float64Array {
  const x = new Float64Array(b.length);
  const rest = b.slice();
  let search = b.slice();
  let size = dot(rest, rest);
  for (let step = 0; step < STEPS && size > 0; step++) {
    const image = matrix(search);
    const far = size / dot(search, image);
    for (let i = 0; i < x.length; i++) {
      x[i]! += far * search[i]!;
      rest[i]! -= far * image[i]!;
    }
    const next = dot(rest, rest);
    const turn = next / size;
    search = search.map((value, i) => rest[i]! + turn * value);
    size = next;
  }
  return x;
}
