// SPDX-License-Identifier: Apache-2.0
/** From what was measured to what it means: every test of every feature and check under one correction. */
import type { Comparison, FeatureComparison } from '../distances/comparison.js';
import { pendingChecks, settledCheck } from './checks/checks.js';
import { columnChanges, missingColumns } from './checks/column-checks.js';
import type { PendingCheck } from './checks/pending-check.js';
import { featureVerdict, type RatedEntry } from './feature-verdict.js';
import { holm } from './hypotheses/holm.js';
import { FEWEST_BLOCKS, type Hypothesis, INDEPENDENT, type RowNoise } from './hypotheses/hypothesis.js';
import { jointTests } from './hypotheses/joint.js';
import type { TestContext } from './hypotheses/test-context.js';
import { absenceTests, featureTests } from './hypotheses/tests.js';
import { type NotRated, notRated } from './not-rated.js';
import { ratedTest, worse } from './rate.js';
import type { RatedReport, RatedSummary } from './rated-report.js';
import type { RatingParts } from './rating-parts.js';
import type { Settings } from './settings.js';
import { resolveMetric, resolveRole, resolveTolerance, roleIsSet } from './tolerance.js';
import type { Check, Rating, Test, Verdict } from './verdict.js';
import { counted } from './words/number-words.js';
import { finished } from './words/sentence.js';

/** Verdicts of a comparison under these settings. Pure and cheap: no row is read again. `parts` as the comparison needs them. */
export function rateComparison(
  comparison: Comparison,
  settings: Settings,
  parts: RatingParts = {},
): RatedReport {
  const steps = ratingSteps(comparison, settings, parts);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** `rateComparison` feature by feature, for a thread that has frames to draw in between. */
export function* ratingSteps(
  comparison: Comparison,
  settings: Settings,
  parts: RatingParts = {},
): Generator<void, RatedReport> {
  const { level } = settings;
  const blocks = comparison.windows.filter(({ side }) => side === 'reference');
  const unit = comparison.frame.windowing?.unit;
  const entries: RatedEntry[] = [];
  const absent = new Set(missingColumns(comparison));
  for (const feature of comparison.features) {
    entries.push(entryOf(feature, { settings, blocks, unit, parts, gone: absent.has(feature.feature.name) }));
    yield;
  }
  const joint = jointTests(comparison, {
    level,
    noise: greatestNoise(entries, comparison.frame.table.joint),
    tolerance: (metric) => resolveTolerance(settings, null, metric),
  });
  yield;
  const byName = new Map(entries.map((entry) => [entry.comparison.feature.name, entry]));
  const causeOf = (name: string) => byName.get(name)?.notRated?.cause;
  const mayLack = (name: string) => ['ignored', 'late'].includes(causeOf(name) ?? '');
  const pending = pendingChecks(comparison, joint, {
    level,
    tolerance: (feature, metric) => resolveTolerance(settings, feature, metric),
    isIgnored: ({ feature }) => causeOf(feature.name) === 'ignored',
    isRated: ({ feature }) => causeOf(feature.name) === undefined,
    mayLack,
  });

  yield;
  const corrected = correct([...entries.flatMap(({ hypotheses }) => hypotheses), ...own(pending)], level);
  const testsOf = new Map(
    entries.map(({ comparison: { feature }, hypotheses }) => [feature.name, hypotheses.map(corrected.test)]),
  );
  const checks = pending.map((check) =>
    settledCheck(check, {
      level,
      ownTest: check.hypothesis && corrected.test(check.hypothesis),
      testOf: (feature, metric) =>
        feature === null ? undefined : testsOf.get(feature)?.find((test) => test.metric === metric),
    }),
  );
  const changed = entries.filter(
    ({ comparison: { feature }, notRated: reason }) =>
      reason === undefined && testsOf.get(feature.name)?.some(({ rating }) => rating === 'drift'),
  );
  const swapped = parts.swappedColumns?.(changed.map((entry) => entry.comparison));
  const verdicts = new Map<string, Verdict>();
  for (const entry of entries) {
    const { name } = entry.comparison.feature;
    const tests = testsOf.get(name) ?? [];
    const verdict = featureVerdict(entry, tests, {
      level,
      noiseLevel: level / Math.max(1, corrected.count),
      gone: absent.has(name) && !mayLack(name),
      swappedWith: swapped?.get(name),
      unit,
      adviceOn: parts.adviceOn,
    });
    verdicts.set(name, verdict);
    yield;
  }
  const inWindows = entries
    .filter(({ notRated: reason }) => reason === undefined || reason.cause === 'text')
    .map((entry) => entry.comparison);
  const { windows, series } =
    comparison.windows.length === 0
      ? { windows: [], series: new Map() }
      : yield* windowParts(parts).windowSteps(comparison, inWindows, settings);
  return {
    verdicts,
    checks,
    tests: joint.hypotheses.map(corrected.test),
    windows,
    series,
    summary: summarise(verdicts, checks),
    columns: columnChanges(comparison),
    notes: notesOf(comparison, { blocks: blocks.length, joint: joint.note }),
  };
}

function entryOf(
  comparison: FeatureComparison,
  {
    settings,
    blocks,
    unit,
    parts,
    gone,
  }: {
    settings: Settings;
    blocks: Comparison['windows'];
    unit: string | undefined;
    parts: RatingParts;
    gone: boolean;
  },
): RatedEntry {
  const { feature } = comparison;
  const role = resolveRole(settings, feature);
  const reason = notRated(comparison, { role, roleIsSet: roleIsSet(settings, feature.name), gone });
  const natural =
    blocks.length < FEWEST_BLOCKS
      ? { values: INDEPENDENT, missing: INDEPENDENT, blocks: 0 }
      : windowParts(parts).naturalVariation(comparison, blocks, unit);
  const context: TestContext = {
    level: settings.level,
    metric: resolveMetric(settings, feature),
    tolerance: (metric) => resolveTolerance(settings, feature.name, metric),
    noise: natural.values,
    missingNoise: natural.missing,
    embeddingTests: parts.embeddingTests,
  };
  return {
    comparison,
    role,
    notRated: reason,
    natural,
    hypotheses: hypothesesOf(comparison, reason, context),
  };
}

/** The noise of rows that are least independent, among the named columns. */
function greatestNoise(entries: readonly RatedEntry[], names: readonly string[]): RowNoise {
  return entries
    .filter(({ comparison: { feature } }) => names.includes(feature.name))
    .reduce<RowNoise>(
      (most, { natural }) => (natural.values.deff > most.deff ? natural.values : most),
      INDEPENDENT,
    );
}

/** What a column that is not rated is tested on all the same: that its values are there. */
function hypothesesOf(
  comparison: FeatureComparison,
  reason: NotRated | undefined,
  context: TestContext,
): Hypothesis[] {
  if (reason?.cause === 'ignored' || reason?.cause === 'late') return [];
  const substitutes = reason === undefined || reason.cause === 'time' || reason.cause === 'text';
  return substitutes ? featureTests(comparison, context) : absenceTests(comparison, context);
}

function windowParts({ windows }: RatingParts): NonNullable<RatingParts['windows']> {
  if (windows === undefined) throw new Error('a comparison with windows is rated with their parts');
  return windows;
}

function own(pending: readonly PendingCheck[]): Hypothesis[] {
  return pending.flatMap(({ hypothesis }) => hypothesis ?? []);
}

/** One Holm correction over all that could have been significant. */
function correct(hypotheses: readonly Hypothesis[], level: number) {
  const tested = hypotheses.filter(({ vacuous }) => !vacuous);
  const adjusted = holm(tested.map(({ pValue }) => pValue));
  const tests = new Map<Hypothesis, Test>();
  tested.forEach((hypothesis, i) => {
    tests.set(hypothesis, ratedTest(hypothesis, { adjustedPValue: adjusted[i], level }));
  });
  return {
    count: tested.length,
    test: (hypothesis: Hypothesis): Test =>
      tests.get(hypothesis) ?? ratedTest(hypothesis, { adjustedPValue: 1, level }),
  };
}

function summarise(verdicts: ReadonlyMap<string, Verdict>, checks: readonly Check[]): RatedSummary {
  const named = (wanted: Rating) =>
    [...verdicts].filter(([, { rating }]) => rating === wanted).map(([name]) => name);
  let rating: Rating = 'notRated';
  for (const verdict of verdicts.values()) rating = worse(rating, verdict.rating);
  for (const { passed, severity } of checks) {
    if (!passed && severity !== 'info') rating = worse(rating, severity);
  }
  return {
    rating,
    drift: named('drift'),
    watch: named('watch'),
    unknown: named('unknown'),
    stable: named('stable'),
    notRated: named('notRated').map((name) => ({ name, reason: verdicts.get(name)?.reason ?? '' })),
  };
}

function notesOf(
  { frame }: Comparison,
  { blocks, joint }: { blocks: number; joint: string | undefined },
): string[] {
  const notes: string[] = [];
  if (frame.windowing === null) {
    notes.push(
      'Assumes independent rows: without calendar windows of a time column, natural variation from day to day cannot be measured.',
    );
  } else if (blocks < FEWEST_BLOCKS) {
    const have = counted(blocks, `reference ${frame.windowing.unit}`);
    notes.push(
      `Assumes independent rows: ${have} are not enough for a natural-variation limit (${FEWEST_BLOCKS} needed).`,
    );
  }
  if (joint !== undefined) notes.push(finished(joint));
  return notes;
}
