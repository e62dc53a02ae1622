// SPDX-License-Identifier: Apache-2.0
/** What to do about a feature that changed, by its likely cause: first faults that somebody can repair, then the world. */
import type { CategoryFrame, NumberFrame } from '../../baseline/frame.js';
import type { Role } from '../../columns/schema.js';
import type { FeatureComparison } from '../../distances/comparison.js';
import type { EmbeddingPart, NumberPart, Part } from '../../profile/parts.js';
import { moments } from '../hypotheses/moments.js';
import { onlyValue } from '../hypotheses/number-tests.js';
import type { Metric, Test } from '../verdict.js';
import { lengthAdvice } from '../words/embedding-length.js';
import { shortNumber } from '../words/number-words.js';
import { placeholderIn } from './placeholder.js';
import { type Shape, type UnitChange, unitChange } from './unit-change.js';
import { type CategorySides, unseenAdvice } from './unseen-advice.js';
import { worldly } from './worldly-advice.js';

/** KS from which both sides hardly share a value: another unit or encoding rather than other rows. */
const APART = 0.9;

/**
 * One or two imperative sentences on the tests that are rated drift (or, without any, watch); undefined where neither
 * is found. The feature's name stands in it once.
 */
export function adviceOn(
  comparison: FeatureComparison,
  tests: readonly Test[],
  role: Role,
): string | undefined {
  const rated = (wanted: Test['rating']) => tests.filter(({ rating }) => rating === wanted);
  const drifted = rated('drift');
  const found = drifted.length > 0 ? drifted : rated('watch');
  if (found.length === 0) return undefined;
  const has = (...metrics: Metric[]): boolean => found.some(({ metric }) => metrics.includes(metric));
  const { feature, reference, current } = comparison;
  const { name, frame } = feature;
  if (has('unparsable'))
    return frame.kind === 'embedding'
      ? `Compare ${name} with vectors of the same model: the reference has ${frame.dimension} dimensions.`
      : `Repair the format of ${name} upstream.`;
  if (has('missing'))
    return share(current) > share(reference)
      ? `Find out upstream why ${name} is empty.`
      : `See what fills ${name} now, and train with it filled so.`;
  if (has('zeroRows')) return `Find out upstream why rows of ${name} are all zeros.`;
  if (has('nan', 'infinite')) return `Find out upstream what makes ${name} NaN or infinite.`;
  if (isConstant(current) && !isConstant(reference))
    return `Look at the source of ${name}: it sends one value only.`;
  if (isConstant(reference))
    return `Leave ${name} out, or take a reference in which it varies: there it had one value only.`;
  const placeholder =
    reference.kind === 'number' && current.kind === 'number'
      ? placeholderIn(frame as NumberFrame, reference, current)
      : undefined;
  if (placeholder !== undefined)
    return `See upstream whether ${shortNumber(placeholder.value)} stands for no value in ${name}. If so, send it empty.`;
  const unit = otherUnit(comparison);
  if (unit !== undefined) {
    const { named, factor } = unit;
    return `Check the unit of ${name} upstream: ${named ? `${named.was} may have become ${named.now}` : `values are ${shortNumber(factor)} times what they were`}.`;
  }
  if (has('unseen') && 'unseenNames' in current && current.unseenNames.size > 0)
    return unseenAdvice(name, frame as CategoryFrame, { reference, current } as CategorySides);
  if (found.some(({ metric, value }) => metric === 'kolmogorovSmirnov' && value >= APART))
    return `Check the unit and encoding of ${name} upstream: hardly a value is where the reference has any.`;
  if (role === 'prediction')
    return `See which inputs drifted. If none did, label new rows and check how often ${name} is right.`;
  if (role === 'label')
    return `Recalibrate the scores to the new shares of ${name}, or weigh the training rows so.`;
  switch (frame.kind) {
    case 'time':
      return `See whether a source of ${name} is late, doubled or silent.`;
    case 'text':
      return `Read new texts of ${name}: another source, language or template?`;
    case 'embedding':
      return (
        lengthAdvice(name, reference as EmbeddingPart, current as EmbeddingPart) ??
        `Look at the newest rows of ${name}. Label some; where the model errs, train with them.`
      );
    default:
      return has('tail', 'outOfRange') && !has('kolmogorovSmirnov')
        ? `Look at rows with extreme ${name}: faults to filter out, or cases to train with?`
        : worldly(name);
  }
}

function otherUnit({
  feature,
  reference,
  current,
  quantiles,
  exact,
}: FeatureComparison): UnitChange | undefined {
  if (reference.kind !== 'number' || current.kind !== 'number' || !quantiles) return undefined;
  const { shift, integer } = feature.frame as NumberFrame;
  const shape = (part: NumberPart, levels: readonly number[]): Shape => {
    const { mean, sd } = moments(part);
    const whole = Number.isInteger(part.min) && Number.isInteger(part.max);
    return { mean: shift + mean, sd, whole: integer && whole, quantiles: levels };
  };
  return unitChange(
    shape(reference, quantiles.reference),
    shape(current, quantiles.current),
    (value) => exact || (value >= reference.min && value <= reference.max),
  );
}

function share({ missing, rows }: Part): number {
  return missing / Math.max(1, rows);
}

function isConstant(part: Part): boolean {
  if (part.kind === 'number') return onlyValue(part) !== undefined;
  if (!('unseen' in part)) return false;
  const held = part.counts.reduce((most, count) => Math.max(most, count), 0);
  const all = part.rows - part.missing - part.unparsable;
  return all > 0 && Math.max(held, part.unseen > 0 && part.unseenNames.size === 1 ? part.unseen : 0) === all;
}
