// SPDX-License-Identifier: Apache-2.0
/** All that is measured between two sides of an embedding. Loaded only where a table holds one. */
import type { EmbeddingFrame } from '../../baseline/frame.js';
import type { LinearKernels } from '../../kernels/vectors.js';
import type { EmbeddingPart } from '../../profile/parts.js';
import type { Distance, Distances } from '../distance.js';
import { meanFeatures } from '../feature-shift.js';
import { combinedDistance, whitenedDistance } from './combined.js';
import { afterAlarm, finiteSides, permuted, rowDistances, withPermutedP } from './compare-rows.js';
import { fourierError } from './control-variate.js';
import { componentChanges, type EmbeddingFacts, type NullKind } from './facts.js';
import { heldOutTests } from './held-out.js';
import { frechet, meanDistances, meansFromParts } from './mean-distances.js';
import type { Permuted } from './permutation.js';
import { projectedDistances } from './projected.js';
import { difference, squaredLength } from './statistics.js';
import type { Tested } from './tested.js';

export interface EmbeddingInput {
  readonly frame: EmbeddingFrame;
  readonly reference: EmbeddingPart;
  readonly current: EmbeddingPart;
  /** All measured rows of both sides, row-major, when they are at hand. */
  readonly rows?: { readonly reference: Float32Array; readonly current: Float32Array };
  /** Intervals are at 1 − level; the classifier is trained where the combined p is at most this. */
  readonly level: number;
  readonly seed: number;
  readonly linear: LinearKernels;
  /** Whether the reference holds the rows that the frame was fitted on. Default true; false for a sliding reference. */
  readonly holdsFitted?: boolean;
  readonly pause?: () => Promise<void>;
}

export interface EmbeddingComparison {
  readonly distances: Distances;
  readonly facts: EmbeddingFacts;
}

/** Tests that an effect's interval is the largest of. */
const MOST_TESTS = 5;

/** Never throws for what rows hold; a side without rows gives no distances and says so. */
export async function compareEmbedding(input: EmbeddingInput): Promise<EmbeddingComparison> {
  const { frame, reference, current, level, seed, linear, pause, holdsFitted = true } = input;
  const notes = notesOn(input);
  if (reference.measured === 0 || current.measured === 0 || frame.frequencies === 0) {
    const side = current.measured === 0 ? 'current' : 'reference';
    return nothing(input, notes, `The ${side} side has no row that can be measured.`);
  }
  const share = level / (2 * MOST_TESTS);
  const sides = finiteSides(input.rows, frame.dimension);
  const rowsInput = sides && { frame, rows: sides.rows, level, seed, linear, pause };
  const held = heldOutTests({ frame, reference, current, linear, holdsFitted, share });
  await pause?.();
  const permutation = rowsInput && (await permuted(rowsInput, share));
  const tests = permutation ? withPermutedP(held, permutation) : held;
  const law = permutation ? permutationLaw(permutation) : nullOf(frame, tests);
  const { pMethod } = law;
  const means = meansFromParts(frame, reference, current);
  const combined =
    tests.length > 0
      ? combinedDistance({
          tests,
          pMethod,
          exact: sides !== undefined,
          ...(permutation ? { combinedP: permutation.combinedP } : {}),
        })
      : undefined;
  const shift = difference(meanFeatures(current), meanFeatures(reference));
  const alarm =
    sides && rowsInput && (combined?.pValue ?? 1) <= level
      ? await afterAlarm(rowsInput, { places: sides.places, shift })
      : undefined;
  const distances: Distances = {
    ...fourierMmd(input, tests, pMethod),
    ...whitened(tests, pMethod),
    ...principalMoments(tests, pMethod, frame.variances.length),
    ...(combined ? { combined } : {}),
    ...frechet(frame, reference, current),
    ...meanDistances(means, frame.variances.length),
    ...projectedDistances(frame, reference, current),
    ...(rowsInput ? await rowDistances(rowsInput) : {}),
    ...alarm?.distances,
  };
  const distance = Math.sqrt(squaredLength(difference(means.current, means.reference)));
  return {
    distances,
    facts: {
      rows: { reference: reference.measured, current: current.measured },
      null: { kind: law.kind, reason: law.reason },
      tests,
      mean: { distance, relative: frame.variance > 0 ? distance / Math.sqrt(frame.variance) : 0 },
      norm: norms(input),
      ...componentChanges(frame, reference, current),
      notes,
      ...(alarm ? { typical: alarm.typical } : {}),
    },
  };
}

function permutationLaw({ draws }: Permuted): { kind: NullKind; reason: string; pMethod: string } {
  return {
    kind: 'permutation',
    reason: `Few enough rows to relabel them all: ${draws} permutations of the pooled rows, on which whitening and components were fitted.`,
    pMethod: `permutation (${draws}), a gamma law fitted to it below ${Number((12 / (draws + 1)).toPrecision(2))}`,
  };
}

const GAMMA = 'gamma law with the three exact moments of its null';

function nullOf(
  frame: EmbeddingFrame,
  tests: readonly Tested[],
): { kind: NullKind; reason: string; pMethod: string } {
  if (frame.nulls === null || tests.length === 0) {
    return {
      kind: 'none',
      reason: 'The reference holds too few rows to tell what varies without a change.',
      pMethod: 'none',
    };
  }
  if (tests.length === 1) {
    return {
      kind: 'plain',
      reason:
        'The reference is too small to hold rows out, so neither whitening nor components were fitted: the plain statistic alone is tested.',
      pMethod: GAMMA,
    };
  }
  return {
    kind: 'held-out',
    reason: `Whitening and components were fitted on ${frame.fitted.rows} reference rows, their nulls taken from ${frame.nulls.rows} others.`,
    pMethod: `${GAMMA}, from ${frame.nulls.rows} held-out reference rows`,
  };
}

/**
 * Unbiased from sums: every row's features have length 1, so Σᵢ≠ⱼ z·z′ = ‖Σz‖² − n. With one row on a side that side has no
 * pair, and the biased value stands.
 */
function fourierMmd(
  { frame, reference, current, linear }: EmbeddingInput,
  tests: readonly Tested[],
  pMethod: string,
): Distances {
  const [a, b] = [meanFeatures(reference), meanFeatures(current)];
  const [m, n] = [reference.measured, current.measured];
  const biased = squaredLength(difference(b, a));
  const unbiased =
    m > 1 && n > 1 ? biased - (1 - squaredLength(a)) / (m - 1) - (1 - squaredLength(b)) / (n - 1) : biased;
  const error = fourierError(frame, { reference, current }, linear);
  const plain = tests.find(({ name }) => name === 'fourierMmd');
  return {
    fourierMmd: {
      value: unbiased - error,
      ...(plain ? { pValue: plain.pValue, pMethod } : {}),
      exact: false,
      convention: `unbiased MMD², Gaussian kernel, bandwidth ${Number(frame.bandwidth.toPrecision(4))} (median distance in the reference), from ${frame.frequencies} random frequencies, their error estimated from the principal components and taken off`,
      details: { biased, uncorrected: unbiased, bandwidth: frame.bandwidth, frequencies: frame.frequencies },
    },
  };
}

function whitened(tests: readonly Tested[], pMethod: string): Distances {
  const distance = whitenedDistance(tests, pMethod);
  return distance ? { fourierMmdWhitened: distance } : {};
}

function principalMoments(tests: readonly Tested[], pMethod: string, components: number): Distances {
  const test = tests.find(({ name }) => name === 'principalMoments');
  if (test === undefined) return {};
  const distance: Distance = {
    value: test.value,
    pValue: test.pValue,
    pMethod,
    exact: true,
    convention: `Σ (difference of means)² + ½ Σ (difference of mean squares)² over ${components} standardised principal components; its mean without change is ${Number(test.expected.toPrecision(3))}`,
    details: { expected: test.expected },
  };
  return { principalMoments: distance };
}

function norms({ reference, current }: EmbeddingInput): EmbeddingFacts['norm'] {
  const mean = ({ normSum, measured }: EmbeddingPart) => (measured > 0 ? normSum / measured : 0);
  return { reference: mean(reference), current: mean(current) };
}

function notesOn({ frame, reference, current }: EmbeddingInput): string[] {
  const notes: string[] = [];
  for (const [side, part] of [
    ['reference', reference],
    ['current', current],
  ] as const) {
    if (part.nonFinite > 0)
      notes.push(`${part.nonFinite} ${side} rows hold a NaN or an infinity and are left out.`);
    if (part.ragged > 0)
      notes.push(`${part.ragged} ${side} rows have another length than ${frame.dimension} and are left out.`);
    if (part.zero > 0) notes.push(`${part.zero} ${side} rows are all zeros.`);
    if (part.constant > 0) notes.push(`${part.constant} ${side} rows repeat one value.`);
  }
  return notes;
}

function nothing(input: EmbeddingInput, notes: string[], reason: string): EmbeddingComparison {
  const { reference, current } = input;
  return {
    distances: {},
    facts: {
      rows: { reference: reference.measured, current: current.measured },
      null: { kind: 'none', reason },
      tests: [],
      mean: { distance: 0, relative: 0 },
      spread: 1,
      norm: norms(input),
      components: [],
      notes,
    },
  };
}
