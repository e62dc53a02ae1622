// SPDX-License-Identifier: Apache-2.0
// Null splits: both sides from one population, so every drift or watch is a false alarm.
import { compare, randomFrom } from './engine.mjs';

/**
 * Rates `splits` reports of m against n rows. `blame` counts what raised the alarm: "feature metric" or "check name".
 * `settings` may switch the time column off.
 */
export function nullSplits(set, { m, n, splits, seed, settings }) {
  const random = randomFrom(seed);
  const result = {
    set: set.name,
    m,
    n,
    splits,
    drift: 0,
    watch: 0,
    unknown: 0,
    tests: 0,
    blame: {},
    milliseconds: 0,
  };
  const started = performance.now();
  for (let i = 0; i < splits; i++) {
    const [reference, current] = set.draw(m, n, random);
    const { rated } = compare({ schema: set.schema, reference, current, ...(settings && { settings }) });
    const { drift, watch, blame } = alarms(rated);
    if (drift) result.drift++;
    if (drift || watch) result.watch++;
    if (rated.summary.rating === 'unknown') result.unknown++;
    result.tests += countTests(rated) / splits;
    for (const name of blame) result.blame[name] = (result.blame[name] ?? 0) + 1;
  }
  result.milliseconds = (performance.now() - started) / splits;
  return result;
}

/** Any drift, any watch, in features, checks and the joint test together. */
export function alarms(rated) {
  const blame = [];
  let drift = false;
  let watch = false;
  const raise = (rating, name) => {
    if (rating !== 'drift' && rating !== 'watch') return;
    drift ||= rating === 'drift';
    watch ||= rating === 'watch';
    blame.push(name);
  };
  for (const [name, verdict] of rated.verdicts) {
    const alarm = verdict.tests.filter(({ rating }) => rating === 'drift' || rating === 'watch');
    if (verdict.rating === 'drift' || verdict.rating === 'watch') {
      for (const test of alarm) raise(test.rating, `${name} ${test.metric} ${test.rating}`);
      if (alarm.length === 0) raise(verdict.rating, `${name} ${verdict.rating}`);
    }
  }
  for (const { feature, check, passed, severity } of rated.checks) {
    if (!passed && severity !== 'info') raise(severity, `check ${check} ${feature ?? ''} ${severity}`);
  }
  return { drift, watch, blame };
}

function countTests(rated) {
  let tests = rated.tests.length;
  for (const { tests: own } of rated.verdicts.values()) tests += own.length;
  return tests;
}
