// SPDX-License-Identifier: Apache-2.0
/** The main metric of one calendar window against the reference, from counts alone. */
import type { Feature, NumberFrame } from '../../baseline/frame.js';
import type { DistanceName } from '../../distances/distance.js';
import { featureVariance, meanFeatures, squaredShift } from '../../distances/feature-shift.js';
import { numericDistances } from '../../distances/numeric.js';
import { subtractEmbedding } from '../../profile/embedding.js';
import { subtractNumber } from '../../profile/number.js';
import type { EmbeddingPart, NumberPart, Part } from '../../profile/parts.js';
import { valuesOf } from '../hypotheses/number-tests.js';

export interface WindowValue {
  readonly value: number;
  /** The distance as counted, sampling noise included; differs from `value` where that is debiased. */
  readonly raw: number;
  /** Values of the window, and of the reference without it. */
  readonly n: number;
  readonly m: number;
  /** What the value is by sampling alone, about. */
  readonly bias: number;
}

/** `leave` when the window belongs to the reference: its rows are taken off first. Undefined where there is nothing to tell. */
export function windowDistance(
  feature: Feature,
  sides: { readonly reference: Part; readonly window: Part; readonly leave: boolean },
  metric: DistanceName,
): WindowValue | undefined {
  const { reference, window, leave } = sides;
  if (reference.kind === 'time' || window.kind === 'time') return undefined;
  if (reference.kind === 'text' && window.kind === 'text') {
    return gapOf(reference.length, window.length, leave);
  }
  if (reference.kind === 'embedding' && window.kind === 'embedding') {
    return shiftOf(leave ? subtractEmbedding(reference, window) : reference, window);
  }
  if (reference.kind === 'number' && window.kind === 'number') {
    if (metric === 'kolmogorovSmirnov') return gapOf(reference, window, leave);
    return otherMetric(feature.frame as NumberFrame, { reference, window, leave }, metric);
  }
  if (!('unseen' in reference && 'unseen' in window)) return undefined;
  return variationOf(
    [...reference.counts, reference.other, reference.unseen],
    [...window.counts, window.other, window.unseen],
    leave,
  );
}

/**
 * Shift of the mean Fourier features in their standard deviations. Sampling moves it by √(1/n + 1/m) on average, but with
 * the tail of a chi-square law of few degrees, up to twice that of Kolmogorov's: hence the quarter of the rows.
 */
function shiftOf(reference: EmbeddingPart, window: EmbeddingPart): WindowValue | undefined {
  const mean = meanFeatures(reference);
  const variance = featureVariance(mean);
  const m = reference.measured;
  const n = window.measured;
  if (m <= 0 || n <= 0 || !(variance > 1e-12)) return undefined;
  const squared = squaredShift(mean, meanFeatures(window)) / variance;
  const bias = 1 / m + 1 / n;
  return {
    value: Math.sqrt(Math.max(0, squared - bias)),
    raw: Math.sqrt(squared),
    n: n / 4,
    m: m / 4,
    bias: Math.sqrt(bias),
  };
}

/** KS at the cuts. */
function gapOf(reference: NumberPart, window: NumberPart, leave: boolean): WindowValue | undefined {
  const sign = leave ? 1 : 0;
  const m = valuesOf(reference) - sign * valuesOf(window);
  const n = valuesOf(window);
  if (m <= 0 || n <= 0) return undefined;
  let f = reference.negativeInfinity - sign * window.negativeInfinity;
  let g = window.negativeInfinity;
  let value = Math.abs(f / m - g / n);
  for (let i = 0; i < window.counts.length; i++) {
    f += reference.counts[i] - sign * window.counts[i];
    g += window.counts[i];
    const gap = Math.abs(f / m - g / n);
    if (gap > value) value = gap;
  }
  // Mean of Kolmogorov's law.
  return { value, raw: value, n, m, bias: 0.8687 * Math.sqrt(1 / m + 1 / n) };
}

/** Total variation less its mean by sampling. */
function variationOf(
  reference: readonly number[],
  window: readonly number[],
  leave: boolean,
): WindowValue | undefined {
  const sign = leave ? 1 : 0;
  let m = 0;
  let n = 0;
  for (let i = 0; i < window.length; i++) {
    m += reference[i] - sign * window[i];
    n += window[i];
  }
  if (m <= 0 || n <= 0) return undefined;
  let plugIn = 0;
  let noise = 0;
  for (let i = 0; i < window.length; i++) {
    const a = reference[i] - sign * window[i];
    if (a + window[i] === 0) continue;
    plugIn += Math.abs(window[i] / n - a / m);
    const p = (a + window[i]) / (m + n);
    const mean = p * n;
    // Mean absolute deviation of a count: Poisson's while few are expected, the normal law's beyond.
    const deviation = mean < 1 ? 2 * mean * Math.exp(-mean) : Math.sqrt((2 * mean * (1 - p)) / Math.PI);
    noise += (deviation / n) * Math.sqrt(1 + n / m);
  }
  const bias = noise / 2;
  return { value: Math.max(0, plugIn / 2 - bias), raw: plugIn / 2, n, m, bias };
}

function otherMetric(
  frame: NumberFrame,
  { reference, window, leave }: { reference: NumberPart; window: NumberPart; leave: boolean },
  metric: DistanceName,
): WindowValue | undefined {
  const rest = leave ? subtractNumber(reference, window) : reference;
  const n = valuesOf(window);
  const m = valuesOf(rest);
  if (m <= 0 || n <= 0) return undefined;
  const distance = numericDistances({ frame, reference: rest, current: window, level: 0.01 })[metric];
  if (distance === undefined) return undefined;
  const ks = gapOf(rest, window, false)!;
  const scale = ks.value > 0 ? distance.value / ks.value : 1;
  return { value: distance.value, raw: distance.value, n, m, bias: ks.bias * scale };
}
