// SPDX-License-Identifier: Apache-2.0

import { CUT_OFF } from '../sources/cut-off.js';
import { overallAdvice } from '../verdict/advice/overall-advice.js';
import type { Check } from '../verdict/verdict.js';
import { spelled } from '../verdict/words/check-words.js';
import { counted, cutName, listed } from '../verdict/words/number-words.js';
import { TOO_FEW } from '../verdict/words/sentence.js';
import type { FeatureReport, Report } from './report.js';

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** What a person would say of the report: `title` the answer, `detail` the reason in a sentence or two, `advice` what to do. */
export function headline(options: {
  readonly features: readonly FeatureReport[];
  readonly summary: Report['summary'];
  readonly checks: readonly Check[];
  readonly columns: Report['columns'];
  /** "temporary: 23 Apr – 13 May, back since", of the features that have one. */
  readonly episodes: ReadonlyMap<string, string>;
  /** What the readers noted, file by file. */
  readonly notes?: readonly string[];
}): Report['headline'] {
  const { features, summary, checks, columns, episodes, notes = [] } = options;
  const rated = features.length - summary.notRated.length;
  const waived = new Set(summary.notRated.map(({ name }) => name));
  const late = features.flatMap(({ name, role }) =>
    role === 'label' && waived.has(name) && columns.missing.includes(name) ? [name] : [],
  );
  const lost = columns.missing.filter((name) => !waived.has(name));
  const failed = checks.filter((check) => !check.passed && check.severity !== 'info');
  const asked = question(features, notes);
  const advice = overallAdvice({
    rating: summary.rating,
    features: features.map(({ name, role, verdict }) => ({ name, role, ...verdict })),
    checks,
    added: columns.added,
  });
  return {
    title: title(inOrder(summary, features), { features, rated, failed, lost }),
    detail: [
      ...(asked?.slice(0, 1) ?? []),
      // The title has said of what is lost what there is to say.
      ...told(
        features.filter(({ name }) => !lost.includes(name)),
        { summary, episodes },
      ),
      ...(late.length > 0 && lost.length < rated ? [`Labels have not come yet: ${listed(late)}.`] : []),
      ...(failed.length > 0 ? [failures(checks)] : []),
    ].join(' '),
    advice: asked === undefined ? advice : `${asked[1]} ${advice === 'Nothing.' ? 'Else nothing.' : advice}`,
  };
}

/** What makes one doubt the files, and what to do if the doubt is right. */
function question(
  features: readonly FeatureReport[],
  notes: readonly string[],
): readonly [string, string] | undefined {
  const cut = notes.flatMap((note) => {
    const at = note.indexOf(`: ${CUT_OFF}`);
    // of several files of one side it is told after the side's name and the notes before
    return at < 0 ? [] : (note.slice(0, at).split(/: |; /).at(-1) ?? []);
  });
  if (cut.length > 0)
    return [
      [...new Set(cut)].map((name) => `${cutName(name)} ${CUT_OFF}: was it cut off?`).join(' '),
      'If so, compare again with all of it.',
    ];
  if (sameValues(features))
    return [
      'No value differs between the two sides: is this the same file twice?',
      'If it is, open the one that you meant.',
    ];
  if (isOlder(features))
    return [
      'The current rows are older than the reference: were the files swapped?',
      'If they were, swap them back.',
    ];
  return undefined;
}

/** Names as the report lists its features, so that the first is the one that matters most. */
function inOrder(summary: Report['summary'], features: readonly FeatureReport[]): Report['summary'] {
  const ordered = (names: readonly string[]): string[] => {
    const wanted = new Set(names);
    return features.map(({ name }) => name).filter((name) => wanted.has(name));
  };
  const { drift, watch, unknown } = summary;
  return { ...summary, drift: ordered(drift), watch: ordered(watch), unknown: ordered(unknown) };
}

function title(
  summary: Report['summary'],
  {
    features,
    rated,
    failed,
    lost,
  }: {
    readonly features: readonly FeatureReport[];
    readonly rated: number;
    readonly failed: readonly Check[];
    /** Columns that should be there. */
    readonly lost: readonly string[];
  },
): string {
  const { drift, watch, unknown } = summary;
  const of = (names: readonly string[]): string =>
    names.length === rated && rated > 1
      ? `${rated === 2 ? 'Both' : `All ${word(rated)}`} features`
      : `${capital(ofAll(names.length, rated))} features`;
  if (rated > 1 && lost.length === rated) return 'No column is in both: are these the right files?';
  if (lost.length > 0)
    return `${lost.length === 1 ? 'A column is' : 'Columns are'} missing from the current data: ${listed(lost)}.`;
  if (drift.length > 0) {
    const swapped = features.some(
      ({ name, verdict }) => drift.length === 2 && name === drift[0] && verdict.swappedWith === drift[1],
    );
    return rated === 1
      ? `${listed(drift)} drifted.`
      : `${of(drift)} drifted: ${listed(drift)}${swapped ? ' look swapped' : ''}.`;
  }
  const failing = failed.find((check) => check.severity === 'drift');
  const watching = failed.find((check) => check.severity === 'watch');
  if (failing !== undefined)
    return `No feature drifted as a whole, but a check failed: ${checkTitle(failing)}.`;
  if (watch.length === 0 && watching !== undefined)
    return `No feature drifted, but a check is worth watching: ${checkTitle(watching)}.`;
  if (watch.length > 0 && rated === 1) return `${listed(watch)} did not drift, but is worth watching.`;
  if (watch.length > 0)
    return `Nothing drifted; ${ofAll(watch.length, rated)} features ${watch.length === 1 ? 'is' : 'are'} worth watching: ${listed(watch)}.`;
  if (rated === 0) return 'No feature could be rated.';
  if (unknown.length === rated) return tooFew(features);
  if (unknown.length > 0)
    return `No drift shows, but ${ofAll(unknown.length, rated)} features ${unknown.length === 1 ? 'has' : 'have'} too few rows to rule it out.`;
  return 'Nothing drifted.';
}

/** What happened to the features that moved most, or came near to it, or are open. */
function told(
  features: readonly FeatureReport[],
  { summary, episodes }: { summary: Report['summary']; episodes: ReadonlyMap<string, string> },
): string[] {
  if (sameValues(features)) return [];
  const sentences: string[] = [];
  const moved = ({ verdict }: FeatureReport): boolean =>
    verdict.rating === 'drift' || verdict.rating === 'watch';
  const near = ({ verdict }: FeatureReport): boolean =>
    verdict.rating !== 'notRated' && verdict.value > verdict.tolerance / 2;
  const [kind = []] = [features.filter(moved), features.filter(near)].filter(({ length }) => length > 0);
  for (const { name, verdict } of kind.slice(0, 2)) {
    // Of two that look swapped one says it of both; that rows are too few the title says.
    if (kind[0]?.verdict.swappedWith === name || verdict.sentence.startsWith(TOO_FEW)) continue;
    sentences.push(`${cutName(name)}: ${inside(verdict.sentence)}`);
  }
  // "Throughout" is what the sentence without it says; of what did not move as a whole only where nothing did.
  const named = new Set((kind.some(moved) ? kind.filter(moved) : features).map(({ name }) => name));
  for (const [name, episode] of episodes)
    if (sentences.length < 3 && episode !== 'throughout' && named.has(name))
      sentences.push(`${cutName(name)} over time: ${episode}.`);
  if (sentences.length === 0 && summary.rating === 'stable')
    sentences.push('No feature changed by more than your tolerance.');
  return sentences;
}

/** The same number as beside the list of checks. */
function failures(checks: readonly Check[]): string {
  const count = checks.filter(({ passed }) => !passed).length;
  return `${capital(word(count))} check${count === 1 ? '' : 's'} failed.`;
}

/** By the side that has fewer rows; bins or windows can be too few as well. */
function tooFew(features: readonly FeatureReport[]): string {
  if (!features.some(({ verdict }) => verdict.sentence.startsWith(TOO_FEW)))
    return 'No drift shows, but it cannot be ruled out.';
  const [{ reference, current }] = features;
  const isCurrent = current.rows <= reference.rows;
  const rows = isCurrent ? current.rows : reference.rows;
  return `${counted(rows, `${isCurrent ? 'current' : 'reference'} row`)} ${rows === 1 ? 'is' : 'are'} too few to rule drift out.`;
}

/** "age, range: found 17 … 204, expected 17 … 90" */
function checkTitle({ feature, check, expected, observed }: Check): string {
  return `${feature === null ? '' : `${cutName(feature)}, `}${spelled(check)}: found ${observed}, expected ${expected}`;
}

/** True where every test of every feature sees a difference of exactly 0: other rows never do. */
function sameValues(features: readonly FeatureReport[]): boolean {
  const rated = features.filter(({ verdict }) => verdict.rating !== 'notRated');
  return (
    rated.length > 1 &&
    rated.every(
      ({ verdict, reference, current }) =>
        reference.rows === current.rows &&
        verdict.tests.length > 0 &&
        verdict.tests.every(({ value }) => value === 0),
    )
  );
}

/** True where every time of the current side lies before the reference's first. */
function isOlder(features: readonly FeatureReport[]): boolean {
  const times = features.filter(({ kind }) => kind === 'time');
  return (
    times.length > 0 &&
    times.every(({ reference, current }) => (current.max ?? Number.NaN) < (reference.min ?? Number.NaN))
  );
}

/** Words up to ten, figures where one of the two is larger. */
function ofAll(count: number, all: number): string {
  return all < WORDS.length
    ? `${word(count)} of ${word(all)}`
    : `${count.toLocaleString('en')} of ${all.toLocaleString('en')}`;
}

/** A sentence after a colon: "the median fell", but "NaN rose". */
function inside(sentence: string): string {
  return sentence.replace(/^[A-Z](?=[a-z]* )/, (letter) => letter.toLowerCase());
}

function word(count: number): string {
  return WORDS[count] ?? count.toLocaleString('en');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
