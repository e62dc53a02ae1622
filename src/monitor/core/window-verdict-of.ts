// SPDX-License-Identifier: Apache-2.0
import type { OutcomeSummary } from '../../performance/outcomes.js';
import { overallAdvice } from '../../verdict/advice/overall-advice.js';
import type { Settings } from '../../verdict/settings.js';
import { resolveRole } from '../../verdict/tolerance.js';
import type { Check, Rating } from '../../verdict/verdict.js';
import { listed } from '../../verdict/words/number-words.js';
import type { FeatureVerdict, WindowFacts, WindowVerdict } from '../window-verdict.js';
import type { Judged } from './judged.js';

const ORDER: Readonly<Record<Rating, number>> = { drift: 0, watch: 1, unknown: 2, stable: 3, notRated: 4 };
/** Checks that a window tells of. */
const MOST_CHECKS = 50;

/** The verdict as it crosses borders. `before` is that of the window of the kind before. */
export function windowVerdictOf(
  { comparison, rated }: Judged,
  options: {
    readonly window: WindowFacts;
    readonly settings: Settings;
    /** Of the whole window. */
    readonly rating: Rating;
    readonly before: WindowVerdict | null;
    readonly outcomes?: OutcomeSummary | undefined;
    /** What is to be known of how the window came about; may be empty. */
    readonly note: string;
    /** Why features are not rated, where more is known than their role. */
    readonly reasons?: ReadonlyMap<string, string>;
  },
): WindowVerdict {
  const { window, settings, rating, before, outcomes, note, reasons } = options;
  const earlier = new Map(before?.features.map((feature) => [feature.name, feature]));
  const features = comparison.features.map(({ feature }): FeatureVerdict => {
    const { name } = feature;
    const verdict = rated.verdicts.get(name)!;
    const was = earlier.get(name);
    const reason = verdict.rating === 'notRated' ? reasons?.get(name) : undefined;
    return {
      name,
      role: resolveRole(settings, feature),
      rating: verdict.rating,
      metric: verdict.metric,
      value: verdict.value,
      low: verdict.low,
      high: verdict.high,
      threshold: verdict.threshold,
      thresholdFrom: verdict.thresholdFrom,
      delta: was?.metric === verdict.metric ? verdict.value - was.value : Number.NaN,
      pValue: verdict.pValue,
      adjustedPValue: verdict.adjustedPValue,
      sentence: reason === undefined ? verdict.sentence : `Not rated: ${reason}.`,
      ...(verdict.advice === undefined ? {} : { advice: verdict.advice }),
    };
  });
  features.sort((a, b) => ORDER[a.rating] - ORDER[b.rating] || excess(b) - excess(a) || 0);
  const checks = rated.checks.filter(({ passed }) => !passed).slice(0, MOST_CHECKS);
  const advice =
    rating === 'drift' || rating === 'watch' ? overallAdvice({ rating, features, checks, added: [] }) : '';
  return {
    window,
    rating,
    sentence: [sentenceOf(rating, features, checks), note].filter((text) => text !== '').join(' '),
    ...(advice === '' ? {} : { advice }),
    features,
    checks,
    reference: { label: comparison.reference.name, rows: comparison.reference.profile.rows },
    ...(outcomes === undefined ? {} : { outcomes }),
  };
}

/** Of a window that nothing can be said about. */
export function unjudged(window: WindowFacts, reason: string, label: string): WindowVerdict {
  return {
    window,
    rating: 'notRated',
    sentence: reason,
    features: [],
    checks: [],
    reference: { label, rows: 0 },
  };
}

function sentenceOf(rating: Rating, features: readonly FeatureVerdict[], checks: readonly Check[]): string {
  const named = features.filter((feature) => feature.rating === rating).map(({ name }) => name);
  const failed = checks.filter(({ severity }) => severity === rating);
  switch (rating) {
    case 'drift':
    case 'watch': {
      const [first] = features;
      if (named.length === 0) return `${failed[0]?.check ?? 'A check'}: ${failed[0]?.observed ?? 'failed'}.`;
      const what =
        rating === 'drift' ? 'drifted' : named.length === 1 ? 'is worth watching' : 'are worth watching';
      return `${listed(named)} ${what}. ${first.name}: ${first.sentence}`;
    }
    case 'unknown':
      return `No drift shows, but ${named.length} of ${features.length} features ${named.length === 1 ? 'has' : 'have'} too few rows to rule it out.`;
    case 'stable':
      return 'Nothing drifted.';
    case 'notRated':
      return 'Nothing can be rated.';
  }
}

function excess({ value, threshold }: FeatureVerdict): number {
  return threshold > 0 ? value / threshold : 0;
}
