// SPDX-License-Identifier: Apache-2.0
/** What moved, as facts for people. */
import type { FeatureComparison } from '../distances/comparison.js';
import type { Tested } from '../distances/embedding/tested.js';
import type { EmbeddingShift, ShiftFact } from './embedding-view.js';

/** Components named as having moved or widened. */
const NAMED = 4;
/** Standard errors from which a component's change is a fact. */
const SURE = 4;
/** p below which a change of density is one. */
const SURE_P = 1e-3;

/** What the two statistics of random features see: rows nearer to each other, or farther apart, than the reference's. */
const DENSITIES = {
  fourierMmd: 'density where most rows are',
  fourierMmdWhitened: 'density of rare groups and directions',
} as const;

export function embeddingShift({ embedding }: FeatureComparison): EmbeddingShift {
  if (embedding === undefined || embedding.tests.length === 0) return { mean: [], spread: [], clusters: [] };
  const { mean, spread, norm, components } = embedding;
  const sure = components.filter(({ z }) => z > SURE).slice(0, NAMED);
  const means: ShiftFact[] = [
    {
      label: 'distance of the means',
      value: mean.relative,
      text: `${short(mean.relative)} of the reference's spread`,
    },
  ];
  const spreads: ShiftFact[] = [
    { label: 'variance in all', value: spread, text: `${short(spread)} times the reference's` },
  ];
  if (Math.abs(norm.current - norm.reference) > 1e-3 * Math.abs(norm.reference))
    spreads.push({
      label: 'mean length of a row',
      value: norm.current,
      text: `${short(norm.reference)} → ${short(norm.current)}`,
    });
  for (const { index, share, shift, spread: ratio } of sure) {
    const where = `component ${index + 1} (${short(100 * share)} % of the spread)`;
    if (Math.abs(shift) >= Math.abs(Math.log(Math.max(1e-9, ratio))))
      means.push({ label: where, value: shift, text: `moved by ${signed(shift)} standard deviations` });
    else spreads.push({ label: where, value: ratio, text: `${short(ratio)} times as wide` });
  }
  return { mean: means, spread: spreads, clusters: densities(embedding.tests) };
}

/** Of the whitened statistic the ridge that sees most. */
function densities(tests: readonly Tested[]): ShiftFact[] {
  return (['fourierMmd', 'fourierMmdWhitened'] as const).flatMap((name) => {
    const found = tests
      .filter((test) => test.name === name && test.pValue < SURE_P)
      .reduce<Tested | undefined>(
        (most, test) => (most && most.effect >= test.effect ? most : test),
        undefined,
      );
    return found === undefined
      ? []
      : [{ label: DENSITIES[name], value: found.effect, text: `changed, effect ${short(found.effect)}` }];
  });
}

function short(value: number): string {
  return String(Number(value.toPrecision(2)));
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${short(Math.abs(value))}`;
}
