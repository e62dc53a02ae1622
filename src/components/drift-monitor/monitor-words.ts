// SPDX-License-Identifier: Apache-2.0
import type { Alert } from '../../monitor/alert.js';
import type { MonitorSnapshot } from '../../monitor/snapshot.js';
import type { Rating } from '../../verdict/verdict.js';
import { checkWords } from '../../verdict/words/check-words.js';
import { listed } from '../../verdict/words/number-words.js';
import { causesFirst } from '../internal/alert-order.js';
import { formatCount } from '../internal/number-text.js';

/** A monitor's state in the words of its panel. */
export interface StateWords {
  /** One word or two, for the small line. */
  readonly word: string;
  /** What is going on, where no window speaks yet or ever will. */
  readonly sentence: string;
  /** From 0 to 1, while a reference is being learned. */
  readonly progress: number | null;
}

export function stateWords(snapshot: MonitorSnapshot | null, name = ''): StateWords {
  if (snapshot === null) {
    return {
      word: 'no monitor',
      sentence:
        name === '' ? 'There is no monitor to show yet.' : `No monitor “${name}” has been heard of yet.`,
      progress: null,
    };
  }
  const { state, reason, sentence, reference } = snapshot;
  const told = (fallback: string): string =>
    reason === '' ? (sentence === '' ? fallback : sentence) : reason;
  switch (state) {
    case 'starting':
      return { word: 'starting', sentence: told('Starting.'), progress: null };
    case 'learning': {
      const wanted =
        typeof reference.spec === 'object' && 'first' in reference.spec ? reference.spec.first : 0;
      return {
        word: 'learning',
        sentence:
          wanted > 0
            ? `Learning what is usual: ${formatCount(Math.min(reference.rows, wanted))} of the first ${formatCount(wanted)} rows.`
            : told('Learning what is usual.'),
        progress: wanted > 0 ? Math.min(1, reference.rows / wanted) : null,
      };
    }
    case 'paused':
      return { word: 'paused', sentence: told('Paused.'), progress: null };
    case 'failed':
      return { word: 'failed', sentence: told('Nothing can be measured.'), progress: null };
    case 'inert':
      return { word: 'not running here', sentence: told('Nothing is measured here.'), progress: null };
    case 'disposed':
      return { word: 'ended', sentence: told('The monitor has ended.'), progress: null };
    default:
      return { word: 'running', sentence: headline(snapshot) || told('Running.'), progress: null };
  }
}

/** A sentence ends where the next begins: with a capital letter, or with a feature's name and a colon. */
const FIRST_SENTENCE = /^.*?[.!?](?=\s+(?:\p{Lu}|[^\s.:][^.:]{0,60}: )|$)/su;

/** What is wrong, by name, where alerts are open; else the first sentence of what the monitor says. */
export function headline(snapshot: MonitorSnapshot): string {
  const said = new Map<string, string[]>();
  for (const { subject } of causesFirst(openAlerts(snapshot), snapshot)) {
    const name = subject.kind === 'check' ? checkWords(subject.name) : subject.name;
    said.set(subject.kind, [...(said.get(subject.kind) ?? []), name]);
  }
  if (said.size === 0) return FIRST_SENTENCE.exec(snapshot.sentence)?.[0] ?? snapshot.sentence;
  // Two lines of a phone hold no more names with what they cost.
  const text = [...said].map(
    ([kind, names]) => `${listed(names, 2)} ${WRONG[kind]?.[names.length > 1 ? 1 : 0] ?? ''}`,
  );
  return `${text.join('; ')}.`;
}

const WRONG: Readonly<Record<string, readonly [one: string, many: string]>> = {
  feature: ['has drifted', 'have drifted'],
  check: ['fails its check', 'fail their checks'],
  performance: ['is worse', 'are worse'],
  metric: ['has changed', 'have changed'],
  system: ['has changed', 'have changed'],
};

/** The mark beside the state: what cannot be told is unknown, not stable. */
export function shownRating(snapshot: MonitorSnapshot | null): Rating {
  if (snapshot === null || snapshot.state === 'inert' || snapshot.state === 'disposed') return 'notRated';
  if (snapshot.state === 'failed' || snapshot.state === 'starting' || snapshot.state === 'learning')
    return 'unknown';
  return snapshot.rating;
}

export const openAlerts = (snapshot: MonitorSnapshot | null): readonly Alert[] =>
  snapshot?.alerts.filter(({ state }) => state !== 'recovered') ?? [];

/** Where rows went that were not measured; empty when all were. */
export function rowNotes({ rows }: MonitorSnapshot): string[] {
  const parts: string[] = [];
  if (rows.skipped > 0) parts.push(`${formatCount(rows.skipped)} left out by sampling`);
  if (rows.late > 0) parts.push(`${formatCount(rows.late)} too late for their window`);
  if (rows.refused > 0) parts.push(`${formatCount(rows.refused)} refused`);
  return parts;
}
