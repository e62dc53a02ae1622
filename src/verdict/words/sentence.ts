// SPDX-License-Identifier: Apache-2.0
/** One plain sentence on what happened to a feature. */
import type { FeatureComparison } from '../../distances/comparison.js';
import type { NumberPart, Part, TextPart, TimePart } from '../../profile/parts.js';
import { tokenCells } from '../hypotheses/text-tests.js';
import { rhythmCells } from '../hypotheses/time-tests.js';
import { leavesOpen } from '../rate.js';
import type { Metric, Test } from '../verdict.js';
import { categoryChanges, unseenByCount } from './category-sentence.js';
import { embeddingChanges } from './embedding-sentence.js';
import { numberChanges } from './number-sentence.js';
import { counted, listed, numbersBeside, percent, shortNumber } from './number-words.js';

const NOTHING = 'No change worth mentioning.';
/** How a sentence begins that says nothing but that rows are too few. */
export const TOO_FEW = 'No change beyond chance shows, but there are too few rows to rule drift out';

export interface Natural {
  /** "90 reference days" */
  readonly windows: string;
  /** What the main distance reaches by how they differ among themselves. */
  readonly reach: number;
}

/**
 * `tests` are the feature's, rated; what is said is what they found. `natural`: the reference's own windows, where these
 * explain a change that is not small.
 */
export function sentenceOf(comparison: FeatureComparison, tests: readonly Test[], natural?: Natural): string {
  const flagged = new Set(
    tests.filter(({ rating }) => rating === 'drift' || rating === 'watch').map(({ metric }) => metric),
  );
  if (flagged.size === 0) return explained(comparison, tests, natural) ?? quiet(comparison, tests);
  const said = [...ownChanges(comparison, flagged), ...absences(comparison, flagged)];
  return said.length === 0 ? 'The distribution changed.' : finished(said.join('; '));
}

/** A change over half its tolerance that is within what the reference's windows do anyway. */
function explained(
  comparison: FeatureComparison,
  tests: readonly Test[],
  natural: Natural | undefined,
): string | undefined {
  const [main] = tests;
  if (natural === undefined || !main || main.value <= main.tolerance / 2) return undefined;
  if (main.rating === 'stable' && tests.some(leavesOpen)) return undefined;
  const said = ownChanges(comparison, new Set([main.metric]));
  if (said.length === 0) return undefined;
  return main.rating === 'stable'
    ? finished(
        `${said.join('; ')}: a distance of ${shortNumber(main.value)}, of up to ${shortNumber(natural.reach)} to be expected from how ${natural.windows} differ among themselves`,
      )
    : finished(
        `${said.join('; ')}: ${natural.windows} are too few to tell this from how they differ by themselves`,
      );
}

/** Uncorrected p up to which an open change is told at all: words for each ripple of a small file are noise. */
const HINT = 0.05;

/** What a sentence says where nothing is flagged: nothing, or that more rows are needed, or that only names are new. */
function quiet(comparison: FeatureComparison, tests: readonly Test[]): string {
  const { reference, current, feature } = comparison;
  const open = tests.filter(leavesOpen);
  if (open.length > 0) {
    const rows = Math.max(...open.map(({ rowsNeeded }) => rowsNeeded ?? 0));
    if (rows > 0 && rows <= 2 / (1 / reference.rows + 1 / current.rows)) return narrow(open);
    const enough = Number.isFinite(rows) && rows > 0 ? `about ${counted(rows, 'row')} a side would do` : '';
    const seen = new Set(
      open
        .filter(({ value, tolerance, pValue }) => value > tolerance && pValue <= HINT)
        .map(({ metric }) => metric),
    );
    const said = seen.size > 0 ? [...ownChanges(comparison, seen), ...absences(comparison, seen)] : [];
    if (said.length > 0)
      return finished(
        `${said.join('; ')}: too few rows to tell this from chance${enough === '' ? '' : ` (${enough})`}`,
      );
    return `${TOO_FEW}${enough === '' ? '' : `: ${enough}`}.`;
  }
  if (feature.frame.kind === 'time') return 'Same rhythm.';
  if (
    'unseenNames' in current &&
    'unseenNames' in reference &&
    current.unseen > 0 &&
    current.unseenNames.size > 0
  ) {
    const names = unseenByCount(current);
    const share = percent(current.unseen / Math.max(1, current.rows - current.missing - current.unparsable));
    return finished(
      `${counted(names.length, 'new category', 'new categories')} (${listed(names)}) ${names.length === 1 ? 'holds' : 'hold'} ${share} of rows, no more than luck or your tolerance allow`,
    );
  }
  return NOTHING;
}

/** There are as many rows as an unchanged feature takes, and still drift is not ruled out. */
function narrow(open: readonly Test[]): string {
  const binned = open.every(
    ({ value, upper = value, high, tolerance }) => high - (upper - value) <= tolerance,
  );
  return binned
    ? "No change beyond chance shows, but the baseline's bins are too coarse to rule drift out: comparing the files themselves would tell."
    : 'No change is sure, but one close to the tolerance cannot be ruled out: more rows would tell.';
}

function ownChanges(comparison: FeatureComparison, flagged: ReadonlySet<Metric>): string[] {
  const { frame } = comparison.feature;
  if (frame.kind === 'number') return numberChanges(comparison, flagged);
  if (frame.kind === 'time')
    return rhythmChanges(comparison.reference as TimePart, comparison.current as TimePart, flagged);
  if (frame.kind === 'text')
    return textChanges(comparison.reference as TextPart, comparison.current as TextPart, flagged);
  if (frame.kind === 'embedding') return embeddingChanges(comparison, flagged);
  return categoryChanges(comparison, flagged);
}

function absences(
  { feature, reference, current }: FeatureComparison,
  flagged: ReadonlySet<Metric>,
): string[] {
  const said: string[] = [];
  const say = (what: string, a: number, b: number) =>
    said.push(
      `${what} ${b / current.rows > a / reference.rows ? 'rose' : 'fell'} from ${percent(a / reference.rows)} to ${percent(b / current.rows)}`,
    );
  if (flagged.has('missing')) say('missing values', reference.missing, current.missing);
  if (flagged.has('unparsable'))
    say(
      feature.frame.kind === 'embedding'
        ? `rows that are no vector of ${feature.frame.dimension} numbers`
        : 'values of the wrong type',
      reference.unparsable,
      current.unparsable,
    );
  if (flagged.has('nan') && feature.kind !== 'embedding') say('NaN', nanOf(reference), nanOf(current));
  return said;
}

function nanOf(part: Part): number {
  return part.kind === 'number' ? part.nan : 0;
}

function rhythmChanges(reference: TimePart, current: TimePart, flagged: ReadonlySet<Metric>): string[] {
  const cells = flagged.has('rhythm') ? rhythmCells(reference, current) : undefined;
  if (!cells) return [];
  const change = (hour: number) => cells.b[hour] / cells.n - cells.a[hour] / cells.m;
  let most = 0;
  let least = 0;
  for (let hour = 0; hour < cells.a.length; hour++) {
    if (change(hour) > change(most)) most = hour;
    if (change(hour) < change(least)) least = hour;
  }
  const name = (hour: number) => hourName(hour, cells.a.length > 24);
  return [`rows come at other hours: more of them at ${name(most)}, fewer at ${name(least)} (UTC)`];
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function hourName(hour: number, ofWeek: boolean): string {
  const clock = `${hour % 24}:00`;
  return ofWeek ? `${DAYS[Math.floor(hour / 24)]} ${clock}` : clock;
}

function textChanges(reference: TextPart, current: TextPart, flagged: ReadonlySet<Metric>): string[] {
  const said: string[] = [];
  const say = (what: string, field: 'length' | 'words', unit: string) => {
    const [a, b] = [meanOf(reference[field]), meanOf(current[field])];
    const [before, now] = numbersBeside(a, b);
    said.push(`the mean ${what} ${b > a ? 'grew' : 'fell'} from ${before} to ${now} ${unit}`);
  };
  if (flagged.has('textLength')) say('length', 'length', 'characters');
  else if (flagged.has('textWords')) say('text', 'words', 'words');
  if (flagged.has('textTokens')) said.push(...tokenChanges(reference, current));
  if (flagged.has('empty')) {
    said.push(
      `empty texts went from ${percent(reference.empty / reference.rows)} to ${percent(current.empty / current.rows)}`,
    );
  }
  return said;
}

function tokenChanges(reference: TextPart, current: TextPart): string[] {
  if (!tokenCells(reference, current)) return [];
  const change = (token: string) =>
    (current.tokens.get(token) ?? 0) / current.tokenCount -
    (reference.tokens.get(token) ?? 0) / reference.tokenCount;
  const names = [...new Set([...reference.tokens.keys(), ...current.tokens.keys()])].sort(
    (x, y) => Math.abs(change(y)) - Math.abs(change(x)),
  );
  const more = names.filter((name) => change(name) > 0).map((name) => `“${name}”`);
  const fewer = names.filter((name) => change(name) < 0).map((name) => `“${name}”`);
  const said: string[] = [];
  if (more.length > 0) said.push(`more ${more.slice(0, 3).join(', ')}`);
  if (fewer.length > 0) said.push(`fewer ${fewer.slice(0, 3).join(', ')}`);
  return said.length > 0 ? [`other words: ${said.join(', ')}`] : [];
}

/** Mean of the finite values, from the frame-free part: bin sums over counts. */
function meanOf(part: NumberPart): number {
  let count = 0;
  let sum = 0;
  for (let i = 0; i < part.counts.length; i++) {
    count += part.counts[i];
    sum += part.binSums[i];
  }
  return count > 0 ? sum / count : Number.NaN;
}

/** Capital first, full stop last. */
export function finished(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return first.endsWith('.') ? first : `${first}.`;
}
