// SPDX-License-Identifier: Apache-2.0
/** Alerts in words. */
import type { Frame } from '../../baseline/frame.js';
import { nextUp } from '../../baseline/next-up.js';
import { worldly } from '../../verdict/advice/worldly-advice.js';
import { metricText } from '../../verdict/share-metrics.js';
import { counted, percent, shortNumber } from '../../verdict/words/number-words.js';
import type { FeatureVerdict, WindowVerdict } from '../window-verdict.js';
import type { Finding } from './feature-units.js';
import type { Question } from './questions.js';

/** "age: 38 % of rows lie below 31.5, 50 % in the reference. Seen in 4 of the latest 5 windows. …" */
export function featureWords(
  { name, question, finding }: { name: string; question: Question; finding: Finding },
  { verdict, frame }: { verdict: WindowVerdict; frame: Frame },
): string {
  const { drifting, of, value, threshold, rows, noise } = finding;
  const own = verdict.features.find((feature) => feature.name === name);
  const what =
    own && speaksFor(own, question) ? own.sentence : questionWords(question, finding, { name, frame });
  const alike =
    noise.deff > 1.5
      ? ` (rows that come together are alike: they count as ${counted(rows / noise.deff, 'row')})`
      : '';
  return (
    `${name}: ${what} Seen in ${drifting} of the latest ${counted(of, 'window')}. The change is ` +
    `${metricText(question.metric, value)} over ${counted(rows, 'row')}; tolerance and chance together explain up to ` +
    `${metricText(question.metric, threshold)}${alike}.`
  );
}

/** What to do: as the window advises, where it has found the change by itself. */
export function adviceFor(name: string, { features }: WindowVerdict): string {
  return features.find((feature) => feature.name === name)?.advice ?? worldly(name);
}

export function recoveredWords(name: string, windows: number): string {
  return `${name}: back within the tolerance for ${counted(windows, 'window')}.`;
}

function speaksFor({ rating, metric }: FeatureVerdict, question: Question): boolean {
  return (rating === 'drift' || rating === 'watch') && metric === question.metric;
}

const SHARES: Readonly<Record<string, string>> = {
  missing: 'missing values',
  unparsable: 'values that cannot be read',
  nan: 'not numbers',
  infinite: 'infinite',
  unseen: 'of categories that the reference lacks',
  outOfRange: "outside of the reference's range",
  tail: "beyond the reference's 1 % tail",
  empty: 'empty',
  zeroRows: 'zeros only',
};

function questionWords(
  question: Question,
  { shares: [before, now], direction }: Finding,
  { name, frame }: { name: string; frame: Frame },
): string {
  const { metric, kind, bins, of } = question;
  if (kind === 'share')
    return `${percent(now)} of rows are ${SHARES[metric] ?? metric}, ${percent(before)} in the reference.`;
  if (kind === 'vector') return "its vectors lie elsewhere than the reference's.";
  if (kind === 'total')
    return `categories that hold ${percent(before)} of the reference hold ${percent(now)} of rows.`;
  const cell = direction.lastIndexOf(direction[0] ?? 0);
  const feature = frame.features.find((each) => each.name === name)?.frame;
  const cut = feature?.kind === 'number' ? feature.cuts[(bins[cell] ?? 1) - 1] : undefined;
  const where =
    cut !== undefined
      ? belowWords(feature?.kind === 'number' ? feature.cuts : [], cut)
      : of === 'length' || of === 'words'
        ? 'are shorter than the cut where they differ most'
        : typeof of === 'number'
          ? `lie on one side of component ${of + 1}`
          : `are shorter vectors`;
  return `${percent(now)} of rows ${where}, ${percent(before)} in the reference.`;
}

/** A cut just above a value that many rows hold stands for that value. */
function belowWords(cuts: ArrayLike<number>, cut: number): string {
  const before = cuts[Array.prototype.indexOf.call(cuts, cut) - 1];
  const atom = before !== undefined && nextUp(before) === cut;
  return atom ? `are at most ${shortNumber(before)}` : `lie below ${shortNumber(cut)}`;
}

const CHECKS: Readonly<Record<string, string>> = {
  type: 'another type',
  rows: 'no rows',
  order: 'columns out of order',
  duplicateRows: 'repeated rows',
  duplicateKeys: 'repeated keys',
};

/** "age: the column is missing."; "age: another type: expected number, found text." */
export function checkWords({
  feature,
  check,
  expected,
  observed,
}: {
  feature: string | null;
  check: string;
  expected: string;
  observed: string;
}): string {
  const what =
    check === 'columnMissing'
      ? 'the column is missing'
      : `${CHECKS[check] ?? check}: expected ${expected}, found ${observed}`;
  return `${feature === null ? '' : `${feature}: `}${what}.`;
}
