// SPDX-License-Identifier: Apache-2.0
import type { FeatureComparison } from '../../distances/comparison.js';
import type { StatisticName } from '../../distances/embedding/tested.js';
import type { EmbeddingPart } from '../../profile/parts.js';
import { present } from '../not-rated.js';
import type { Metric } from '../verdict.js';
import { rowLength } from './embedding-length.js';
import { listed, numbersBeside, percent, roundedNumber } from './number-words.js';

/** Smaller changes of the mean (in total standard deviations) and of the variance are not what happened. */
const WORTH_SAYING = 0.03;

/** From so many times on, a multiple says more than a percentage. */
const MANYFOLD = 3;

const SEEN_BY: Readonly<Record<StatisticName, string>> = {
  fourierMmd: 'where most of the spread is',
  fourierMmdWhitened: 'in directions of little spread, or in rare groups',
  principalMoments: 'in the spread of components',
};

/** What moved: mean, spread, which components, and which statistic sees it best. */
export function embeddingChanges(
  { reference, current, embedding }: FeatureComparison,
  flagged: ReadonlySet<Metric>,
): string[] {
  const said: string[] = [];
  const a = reference as EmbeddingPart;
  const b = current as EmbeddingPart;
  if (embedding !== undefined && flagged.has('combined')) {
    const { mean, spread, components, tests } = embedding;
    said.push(...lengthChange(a, b));
    if (mean.relative >= WORTH_SAYING)
      said.push(`the mean moved by ${roundedNumber(mean.relative)} of the reference's spread`);
    if (Math.abs(spread - 1) >= WORTH_SAYING) said.push(`the variance ${spreadWords(spread)}`);
    const best = tests.reduce((a, b) => (b.effect > a.effect ? b : a));
    const most = components.filter(({ z }) => z > 4).slice(0, 3);
    const named =
      most.length > 0
        ? `, most in component${most.length > 1 ? 's' : ''} ${listed(most.map(({ index }) => String(index + 1)))}`
        : '';
    said.push(`rows changed ${SEEN_BY[best.name]}${named}`);
  }
  const share = (what: string, metric: Metric, key: 'nonFinite' | 'zero') => {
    if (!flagged.has(metric)) return;
    const [before, after] = [a, b].map((part) => part[key] / Math.max(1, present(part))) as [number, number];
    said.push(`${what} ${after > before ? 'rose' : 'fell'} from ${percent(before)} to ${percent(after)}`);
  };
  share('rows with a NaN or an infinity', 'nan', 'nonFinite');
  share('rows of zeros', 'zeroRows', 'zero');
  return said;
}

/** Change of the mean length, as a share of it, that is worth words. */
const LENGTH_WORTH = 0.1;

function lengthChange(reference: EmbeddingPart, current: EmbeddingPart): string[] {
  const [before, now] = [rowLength(reference), rowLength(current)];
  const [was, is] = numbersBeside(before.mean, now.mean);
  if (now.unit !== before.unit)
    return [`rows ${now.unit ? `have length 1 now, before ${was}` : `had length 1, now ${is}`} on average`];
  return Math.abs(now.mean / before.mean - 1) >= LENGTH_WORTH
    ? [`the mean length of rows ${now.mean > before.mean ? 'rose' : 'fell'} from ${was} to ${is}`]
    : [];
}

function spreadWords(spread: number): string {
  if (spread >= MANYFOLD) return `is ${roundedNumber(spread)} times what it was`;
  return `${spread > 1 ? 'grew' : 'fell'} by ${percent(Math.abs(spread - 1))}`;
}
