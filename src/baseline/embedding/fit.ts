// SPDX-License-Identifier: Apache-2.0
/**
 * Fits the frame of an embedding on a sample of its reference. One half of the sample (by a hash of the row number) gives
 * center, principal directions and the covariance that whitens Fourier features; the other gives the nulls, so that what
 * was fitted to noise is not mistaken for knowledge. Arrays are rounded as they are stored before they are used.
 */
import type { Fourier, LinearKernels } from '../../kernels/vectors.js';
import type { EmbeddingFrame, EmbeddingNulls } from '../frame.js';
import { roundedToScaledHalf } from '../half.js';
import { unfitted } from '../unfitted-embedding.js';
import { medianDistance } from './bandwidth.js';
import { type Components, principalComponents } from './components.js';
import { lowerCovariance, momentRows, whiteningFrom } from './feature-covariance.js';
import { halves, shuffled, spread } from './halves.js';
import { histogramCuts } from './histogram-cuts.js';
import { statisticNull } from './null-moments.js';
import { columnMeans, finiteRows, rowNorms, rowsAt, without } from './rows.js';

export interface FitOptions {
  /** d, the length of a row. */
  readonly dimension: number;
  readonly seed: number;
  readonly linear: LinearKernels;
  /** D, random frequencies. Default 512; 128 in the small size. */
  readonly frequencies?: number;
  /** k, principal components at most. Default 768; in the small size as many as 150 kB hold. */
  readonly components?: number;
  /** 'full' is saved in less than 3 MB at d = 768, 'small' in less than 300 kB. Default 'full'. */
  readonly size?: 'full' | 'small';
  /** Rows kept in the frame. Default 256 and no more than 400 kB, in the small size 40 kB; 0 for none. */
  readonly keepRows?: number;
  /** Awaited between steps, so that a worker can answer. */
  readonly pause?: () => Promise<void>;
}

/** Rows that the bandwidth is the median distance of: half a million pairs, whose median is known to a few thousandths. */
const BANDWIDTH_ROWS = 1_000;
/** Rows that null moments come from: their cost grows with the cube, their error is far below the null's own spread. */
const NULL_ROWS = 1_000;
/** Fewer rows tell nothing of a null, or of a covariance. */
const LEAST_NULL = 20;
const LEAST_HALF = 32;
/** Components with a histogram of their own. */
const DRAWN = 8;
const UNIT_NORM = 1e-3;

/** A frame that measures, and what makes it one that also tests. */
export interface LaidEmbedding {
  /** Without feature covariance, nulls and sums of the fitted rows. */
  readonly frame: EmbeddingFrame;
  /** The same with them. What the frame measures stays the same. */
  readonly finish: () => Promise<EmbeddingFrame>;
}

/**
 * `sample` is n × d reference rows, row-major; rows with a NaN or an infinity are left out. Never throws for what rows
 * hold: too few of them give a frame without directions, covariance or nulls.
 */
export async function fitEmbedding(sample: Float32Array, options: FitOptions): Promise<EmbeddingFrame> {
  return (await layEmbedding(sample, options)).finish();
}

/** `fitEmbedding` in two steps: rows can be measured after the first, while the second is made. */
export async function layEmbedding(sample: Float32Array, options: FitOptions): Promise<LaidEmbedding> {
  const { dimension: d, seed, linear, size = 'full', pause } = options;
  const small = size === 'small';
  const frequencies = options.frequencies ?? (small ? 128 : 512);
  const indices = finiteRows(sample, d);
  if (indices.length === 0) {
    const frame = unfitted(d);
    return { frame, finish: async () => frame };
  }

  const dealt = halves(indices.length, seed);
  const at = (numbers: Uint32Array) => numbers.map((number) => indices[number]!);
  // One row alone is its own center.
  const fittedRows = rowsAt(sample, d, at(dealt.fitted.length > 0 ? dealt.fitted : dealt.held));
  const center = Float32Array.from(columnMeans(fittedRows, d));
  const fitting = without(fittedRows, center);
  const holding = without(rowsAt(sample, d, at(spread(dealt.held, NULL_ROWS))), center);
  const bandwidth = medianDistance(
    without(rowsAt(sample, d, at(spread(shuffled(indices.length, seed), BANDWIDTH_ROWS))), center),
    d,
    linear,
  );
  await pause?.();

  const n = fitting.length / d;
  const most = options.components ?? (small ? Math.floor(75_000 / d) : 768);
  const found =
    n < LEAST_HALF
      ? { directions: new Float64Array(0), variances: new Float64Array(0) }
      : principalComponents(fitting, d, { k: Math.max(1, Math.min(most, d, n >> 1)), linear, seed });
  const { variances } = found;
  const k = variances.length;
  const directions = roundedToScaledHalf(standardised(found, d));
  await pause?.();
  const componentsOf = (rows: Float32Array, count = k) =>
    k > 0 ? linear.multiply(rows, directions.subarray(0, count * d), d) : new Float32Array(0);
  const drawn = Math.min(DRAWN, k);
  const drawnComponents = [fitting, holding].map((rows) => componentsOf(rows, drawn));

  const keep = Math.min(options.keepRows ?? 256, Math.floor((small ? 20_000 : 200_000) / d), indices.length);
  const norms = rowNorms(indices.length * d === sample.length ? sample : rowsAt(sample, d, indices), d);
  const drawnOf = (j: number) =>
    histogramCuts(
      Float32Array.from(drawnComponents.flatMap((rows) => [...rows.filter((_, i) => i % drawn === j)])),
    );
  const frame: EmbeddingFrame = {
    kind: 'embedding',
    dimension: d,
    unitNorm: norms.every((norm) => Math.abs(norm - 1) <= UNIT_NORM),
    frequencies,
    seed,
    bandwidth,
    center,
    directions,
    variances,
    variance: totalVariance(fitting, d),
    drawn: Array.from({ length: drawn }, (_, j) => drawnOf(j)),
    normCuts: histogramCuts(norms),
    featureCovariance: new Float32Array(0),
    nulls: null,
    fitted: fittedSums(new Float32Array(0), k),
    sample: roundedToScaledHalf(
      rowsAt(
        sample,
        d,
        at(
          shuffled(indices.length, seed + 1)
            .slice(0, keep)
            .sort(),
        ),
      ),
    ),
  };
  const finish = async (): Promise<EmbeddingFrame> => {
    await pause?.();
    const fourier: Fourier = { dimension: d, count: frequencies, seed, bandwidth };
    const enough = n >= LEAST_HALF && holding.length / d >= LEAST_HALF;
    const featureCovariance = enough
      ? lowerCovariance(linear.fourierFeatures(fittedRows, fourier), 2 * frequencies, linear)
      : new Float32Array(0);
    await pause?.();
    const fitted = fittedSums(componentsOf(fitting), k);
    await pause?.();
    const nulls =
      indices.length < LEAST_NULL
        ? null
        : await nullsOf({
            sample,
            d,
            indices,
            heldComponents: componentsOf(holding),
            held: at(dealt.held),
            fourier,
            featureCovariance,
            k,
            linear,
            seed,
            pause,
          });
    return { ...frame, featureCovariance, nulls, fitted };
  };
  return { frame, finish };
}

interface NullInput {
  readonly sample: Float32Array;
  readonly d: number;
  readonly indices: Uint32Array;
  readonly heldComponents: Float32Array;
  readonly held: Uint32Array;
  readonly fourier: Fourier;
  readonly featureCovariance: Float32Array;
  readonly k: number;
  readonly linear: LinearKernels;
  readonly seed: number;
  readonly pause: (() => Promise<void>) | undefined;
}

async function nullsOf(input: NullInput): Promise<EmbeddingNulls> {
  const { sample, d, indices, heldComponents, held, fourier, featureCovariance, k, linear, pause } = input;
  const p = 2 * fourier.count;
  const features = linear.fourierFeatures(rowsAt(sample, d, spread(held, NULL_ROWS)), fourier);
  // Nothing was fitted to the plain features but the bandwidth, so a small reference lends all its rows.
  const all =
    held.length >= NULL_ROWS
      ? features
      : linear.fourierFeatures(
          rowsAt(
            sample,
            d,
            spread(shuffled(indices.length, input.seed), NULL_ROWS).map((i) => indices[i]!),
          ),
          fourier,
        );
  const plain = statisticNull(all, p, linear);
  await pause?.();
  const whitening = whiteningFrom(featureCovariance, p, linear);
  if (whitening === null) return { rows: 0, plain, whitened: [], moments: null };
  const whitened: EmbeddingNulls['whitened'][number][] = [];
  const rows = new Float64Array(without(features, columnMeans(features, p)));
  for (const { ridge, lower } of whitening.factors) {
    await pause?.();
    const white = new Float32Array(linear.solveLower(lower, p, rows));
    await pause?.();
    whitened.push({ ridge, ...statisticNull(white, p, linear) });
  }
  await pause?.();
  const moments = k > 0 ? statisticNull(momentRows(heldComponents, k), 2 * k, linear) : null;
  return { rows: held.length, plain, whitened, moments };
}

function fittedSums(components: Float32Array, k: number): EmbeddingFrame['fitted'] {
  const sums = new Float64Array(k);
  const squares = new Float64Array(k);
  for (let i = 0; i < components.length; i += k) {
    for (let j = 0; j < k; j++) {
      const u = components[i + j]!;
      sums[j]! += u;
      squares[j]! += u * u;
    }
  }
  return { rows: k > 0 ? components.length / k : 0, sums, squares };
}

/** Each direction over its standard deviation. */
function standardised({ directions, variances }: Components, d: number): Float64Array {
  const scaled = directions.slice();
  for (let i = 0; i < variances.length; i++) {
    const sd = Math.sqrt(variances[i]!);
    for (let j = i * d; j < (i + 1) * d; j++) scaled[j]! /= sd;
  }
  return scaled;
}

function totalVariance(centred: Float32Array, d: number): number {
  const n = centred.length / d;
  let sum = 0;
  for (const value of centred) sum += value * value;
  return n > 1 ? sum / (n - 1) : 0;
}
