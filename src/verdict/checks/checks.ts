// SPDX-License-Identifier: Apache-2.0
/**
 * Data-quality rules inferred from the reference. A rule that chance can break is a hypothesis under the report's one
 * correction: either a test that its feature has anyway, or one of its own (duplicates, order, gaps, a stuck column).
 * Rules about the make-up of the table (a missing column) are facts, not tests.
 */
import type { Comparison } from '../../distances/comparison.js';
import type { JointResult } from '../hypotheses/joint.js';
import type { Check, Metric, Test } from '../verdict.js';
import { columnChecks, missingColumns, rowsCheck } from './column-checks.js';
import { featureChecks } from './feature-checks.js';
import type { CheckContext, PendingCheck } from './pending-check.js';
import { tableChecks } from './table-checks.js';

export function pendingChecks(
  comparison: Comparison,
  joint: JointResult,
  context: CheckContext,
): PendingCheck[] {
  const missing = new Set(missingColumns(comparison));
  const checks = [
    ...columnChecks(comparison, context),
    rowsCheck(comparison, context),
    ...tableChecks(comparison, joint, context),
  ];
  for (const feature of comparison.features) {
    if (context.isIgnored(feature) || missing.has(feature.feature.name)) continue;
    checks.push(...featureChecks(feature, context));
  }
  return checks;
}

/** `testOf` finds a rated test: of a feature by metric, or of a check's own hypothesis. */
export function settledCheck(
  check: PendingCheck,
  options: {
    readonly level: number;
    readonly testOf: (feature: string | null, metric: Metric) => Test | undefined;
    readonly ownTest: Test | undefined;
  },
): Check {
  const { hypothesis: _hypothesis, metric, failed, whenChanged, severity, ...rest } = check;
  const test = options.ownTest ?? (metric === undefined ? undefined : options.testOf(check.feature, metric));
  if (test) {
    const out = test.rating === 'drift' || test.rating === 'watch';
    return {
      ...rest,
      severity: severity ?? (test.rating === 'drift' ? 'drift' : 'watch'),
      pValue: test.pValue,
      passed: !out,
    };
  }
  if (whenChanged) {
    const changed = CHANGES.some((name) => {
      const found = options.testOf(check.feature, name);
      return found !== undefined && found.adjustedPValue <= options.level;
    });
    return { ...rest, severity: severity ?? 'watch', passed: !(failed && changed) };
  }
  return { ...rest, severity: severity ?? 'watch', passed: !failed };
}

/** Tests that tell that a numeric feature's values are distributed otherwise. */
const CHANGES: readonly Metric[] = [
  'kolmogorovSmirnov',
  'wassersteinNormalized',
  'kuiper',
  'cramerVonMises',
  'andersonDarling',
  'energy',
  'totalVariation',
  'jensenShannon',
  'hellinger',
  'populationStability',
  'tail',
  'outOfRange',
];
