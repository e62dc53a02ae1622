// SPDX-License-Identifier: Apache-2.0
/** What to do about a whole comparison: the advice on what matters most, said once for features that share it. */
import type { Role } from '../../columns/schema.js';
import { leavesOpen } from '../rate.js';
import type { Check, Metric, Rating, Test } from '../verdict.js';
import { counted, listed } from '../words/number-words.js';

/** Different things that one report asks for: beyond, nobody begins. */
const MOST = 3;

export interface Advised {
  readonly name: string;
  readonly role: Role;
  readonly rating: Rating;
  readonly metric: Metric;
  readonly advice?: string | undefined;
  readonly tests?: readonly Test[] | undefined;
}

/** `features` and `checks` as the report lists them, `added` columns that the reference lacks; '' where there is nothing to say. */
export function overallAdvice(options: {
  readonly rating: Rating;
  readonly features: readonly Advised[];
  readonly checks: readonly Check[];
  readonly added: readonly string[];
}): string {
  const { rating, features, checks, added } = options;
  if (rating === 'stable') return 'Nothing.';
  if (rating === 'unknown') return moreRows(features);
  if (rating === 'notRated') return '';
  const failed = checks.filter(({ passed, severity }) => !passed && severity === rating);
  const missing = failed.filter(({ check }) => check === 'columnMissing').length;
  // Labels among them, which by themselves are no failure.
  const absent = checks.filter(({ check, passed }) => check === 'columnMissing' && !passed).length;
  if (missing > 1 && absent === features.length) return 'Check that both files are of the same kind.';
  const gone = new Set(failed.filter(({ check }) => FACTS.has(check)).map(({ feature }) => feature));
  const moved = features.filter((feature) => feature.rating === rating && !gone.has(feature.name));
  const inputs = moved.filter(comesIn);
  const factual = failed.filter(({ check }) => FACTS.has(check));
  // What goes in explains what comes out.
  const labels = moved.filter(({ role }) => role === 'label');
  const ordered = inputs.length > 0 ? [...inputs, ...labels] : moved;
  const said = [
    ...factual.map((check) => ({ name: check.feature, advice: checkAdvice(check, added) })),
    ...(missing > 0 && mayBeLabel(features)
      ? [{ name: null, advice: 'If one is a label that comes later, give it that role.' }]
      : []),
    ...ordered.map(({ name, advice = '' }) => ({ name, advice })),
  ];
  const text = joinedAdvice(
    said.length > 0
      ? said
      : failed.map((check) => ({ name: check.feature, advice: checkAdvice(check, added) })),
  );
  return rating === 'watch' && text !== '' ? `Nothing yet; if it grows: ${lower(text)}` : text;
}

/** What goes into the model, and no embedding: that is made of what goes in. */
export function comesIn({ role, metric }: { readonly role: Role; readonly metric: string }): boolean {
  return role !== 'prediction' && role !== 'label' && metric !== 'combined';
}

/** Without a label, what is missing beside a prediction may be it. */
function mayBeLabel(features: readonly Advised[]): boolean {
  return features.some(({ role }) => role === 'prediction') && !features.some(({ role }) => role === 'label');
}

/** Checks of the make-up of the table: they are so, or not. */
const FACTS: ReadonlySet<string> = new Set(['columnMissing', 'type', 'rows']);

/** What to do about a failed check that is not told by its feature. `added`: columns that came instead. */
export function checkAdvice(
  { check, feature }: Pick<Check, 'check' | 'feature'>,
  added: readonly string[] = [],
): string {
  switch (check) {
    case 'columnMissing':
      return added.length > 0
        ? `Send ${feature} under the old name (is it ${listed(added)} now?), or use a model that does without.`
        : `Send ${feature} again, or use a model that does without.`;
    case 'type':
      return `Send ${feature} in the type that the model was trained with.`;
    case 'rows':
      return 'See why no rows come.';
    case 'duplicateRows':
    case 'duplicateKeys':
      return 'Look for rows that are sent twice.';
    case 'order':
      return 'Look for columns that were swapped or computed wrongly.';
    case 'gap':
      return 'See whether rows of that time were lost.';
    case 'jointMeans':
    case 'jointCorrelations':
      return 'Look for a wrong join: columns no longer go together as before.';
    default:
      return '';
  }
}

/** Advice that differs in the name alone is given once, with all the names; at most three different ones. */
export function joinedAdvice(
  all: readonly { readonly name: string | null; readonly advice: string }[],
): string {
  const groups = new Map<string, { names: string[]; before: string; after: string }>();
  const said = new Set<string>();
  for (const { name, advice } of all) {
    if (advice === '' || said.has(advice)) continue;
    said.add(advice);
    const at = name === null ? -1 : advice.indexOf(name);
    const [before, after] =
      name === null || at < 0 ? [advice, ''] : [advice.slice(0, at), advice.slice(at + name.length)];
    const key = `${before}\n${after}`;
    const group = groups.get(key) ?? { names: [], before, after };
    if (name !== null && at >= 0 && !group.names.includes(name)) group.names.push(name);
    groups.set(key, group);
  }
  return [...groups.values()]
    .slice(0, MOST)
    .map(({ names, before, after }) => before + listed(names) + after)
    .join(' ');
}

/** The rows that would settle what is open. */
function moreRows(features: readonly Advised[]): string {
  const needed = features.flatMap(({ rating, tests = [] }) =>
    rating === 'unknown' ? tests.filter(leavesOpen).flatMap(({ rowsNeeded }) => rowsNeeded ?? []) : [],
  );
  const most = Math.max(0, ...needed.filter(Number.isFinite));
  return most > 0
    ? `Compare again with about ${counted(most, 'row')} a side.`
    : 'Compare again with more rows.';
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
