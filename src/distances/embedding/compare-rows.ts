// SPDX-License-Identifier: Apache-2.0
/** What is measured of an embedding where the rows themselves are at hand. */
import { columnMeans, finiteRows, rowsAt } from '../../baseline/embedding/rows.js';
import type { EmbeddingFrame } from '../../baseline/frame.js';
import type { LinearKernels } from '../../kernels/vectors.js';
import type { Distances } from '../distance.js';
import { exactMmd } from './exact-mmd.js';
import { meanDistances } from './mean-distances.js';
import { type Permuted, permutationTests } from './permutation.js';
import { slicedWasserstein } from './sliced-wasserstein.js';
import type { Tested } from './tested.js';
import {
  type RowPair,
  type ScoredRow,
  typicalRows,
  type WitnessExtremes,
  witnessExtremes,
} from './typical.js';

/**
 * Reference rows up to which the tests are permuted, while pooled rows are few, too: half of so small a reference is too
 * little to fit on. Beyond, what is fitted on one half sees more than what is fitted on the pooled rows: pooling hides new
 * clusters in the covariance that is to show them.
 */
const MOST_REFERENCE = 200;
const MOST_PERMUTED = 4_000;
const LEAST_PERMUTED = 4;

export interface RowsInput {
  readonly frame: EmbeddingFrame;
  readonly rows: RowPair;
  readonly level: number;
  readonly seed: number;
  readonly linear: LinearKernels;
  readonly pause?: (() => Promise<void>) | undefined;
}

/** Rows without a NaN or an infinity, and where they were; undefined where a side has none. */
export interface FiniteSides {
  readonly rows: RowPair;
  readonly places: { readonly reference: Uint32Array; readonly current: Uint32Array };
}

export function finiteSides(rows: RowPair | undefined, d: number): FiniteSides | undefined {
  if (rows === undefined) return undefined;
  const places = { reference: finiteRows(rows.reference, d), current: finiteRows(rows.current, d) };
  if (places.reference.length === 0 || places.current.length === 0) return undefined;
  const kept = (side: Float32Array, at: Uint32Array) =>
    at.length * d === side.length ? side : rowsAt(side, d, at);
  return {
    rows: { reference: kept(rows.reference, places.reference), current: kept(rows.current, places.current) },
    places,
  };
}

/** Exact MMD, sliced Wasserstein, and the distances of the mean rows. */
export async function rowDistances({ frame, rows, linear, seed, pause }: RowsInput): Promise<Distances> {
  const d = frame.dimension;
  const mmd = await exactMmd({ rows, dimension: d, bandwidth: frame.bandwidth, linear, seed, pause });
  await pause?.();
  const means = {
    reference: columnMeans(rows.reference, d),
    current: columnMeans(rows.current, d),
    exact: true,
  };
  return {
    ...(mmd ? { mmd } : {}),
    slicedWasserstein: slicedWasserstein(rows, d, { linear, seed }),
    ...meanDistances(means, frame.variances.length),
  };
}

/** Undefined where there are too many rows, or fewer than four. */
export async function permuted(input: RowsInput, share: number): Promise<Permuted | undefined> {
  const { frame, rows } = input;
  const m = rows.reference.length / frame.dimension;
  const total = m + rows.current.length / frame.dimension;
  if (m > MOST_REFERENCE || total > MOST_PERMUTED || total < LEAST_PERMUTED) return undefined;
  return permutationTests({ ...input, share });
}

/** Effects as the frame measures them, so that they compare over time; p-values of the permutation. */
export function withPermutedP(tests: readonly Tested[], { tests: permutedTests }: Permuted): Tested[] {
  return permutedTests.map((test) => {
    const held = tests.find(({ name, ridge }) => name === test.name && ridge === test.ridge);
    return held ? { ...held, pValue: test.pValue } : test;
  });
}

/** Rows that stand for the change; numbers are those of the rows as they were given. */
export interface NewRows {
  readonly newest: readonly ScoredRow[];
  readonly witness: WitnessExtremes;
}

export async function afterAlarm(
  input: RowsInput,
  { places, shift }: { places: FiniteSides['places']; shift: Float64Array },
): Promise<{ distances: Distances; typical: NewRows }> {
  const found = await typicalRows(input);
  const { reference, current } = await witnessExtremes(input, shift);
  const placed = (rows: readonly ScoredRow[], at: Uint32Array) =>
    rows.map(({ index, value }) => ({ index: at[index]!, value }));
  const side = ({ newer, older }: WitnessExtremes['current'], at: Uint32Array) => ({
    newer: placed(newer, at),
    older: placed(older, at),
  });
  return {
    distances: found ? { classifier: found.classifier } : {},
    typical: {
      newest: found ? placed(found.newest, places.current) : [],
      witness: { reference: side(reference, places.reference), current: side(current, places.current) },
    },
  };
}
