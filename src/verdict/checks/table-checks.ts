// SPDX-License-Identifier: Apache-2.0
/** Rules across columns and rows: duplicates, order relations, gaps in time, joint drift. */
import type { TimeFrame } from '../../baseline/frame.js';
import type { Comparison } from '../../distances/comparison.js';
import { wilson } from '../../distances/share-difference.js';
import { normalQuantile } from '../../distances/special/normal.js';
import type { DuplicateSample, TimePart } from '../../profile/parts.js';
import type { JointResult } from '../hypotheses/joint.js';
import { shareHypothesis } from '../hypotheses/share-hypothesis.js';
import { gapP, longestGap } from '../windows/time-gap.js';
import { counted, percent, shortNumber } from '../words/number-words.js';
import { missingColumns } from './column-checks.js';
import { repeats } from './duplicate-tail.js';
import type { CheckContext, PendingCheck } from './pending-check.js';

export function tableChecks(
  comparison: Comparison,
  joint: JointResult,
  context: CheckContext,
): PendingCheck[] {
  return [
    ...duplicateChecks(comparison, context),
    ...orderChecks(comparison, context),
    ...gapChecks(comparison),
    ...jointChecks(joint),
  ];
}

function duplicateChecks(comparison: Comparison, context: CheckContext): PendingCheck[] {
  const { reference, current } = comparison;
  const before = reference.profile.table;
  const now = current.profile.table;
  const rows = [reference.profile.rows, current.profile.rows] as const;
  const found = [
    // Rows without some of their columns are alike more often, and repeat nothing.
    missingColumns(comparison).length > 0
      ? undefined
      : duplicateCheck('duplicateRows', null, [before.duplicates, now.duplicates], { rows, context }),
  ];
  for (const [name, sample] of before.keys) {
    const other = now.keys.get(name);
    if (other) found.push(duplicateCheck('duplicateKeys', name, [sample, other], { rows, context }));
  }
  return found.filter((check) => check !== undefined);
}

function duplicateCheck(
  metric: 'duplicateRows' | 'duplicateKeys',
  feature: string | null,
  [reference, current]: readonly [DuplicateSample, DuplicateSample],
  { rows, context }: { rows: readonly [number, number]; context: CheckContext },
): PendingCheck | undefined {
  const counts = repeats(reference, current, rows[1] / (rows[0] + rows[1]));
  if (!counts) return undefined;
  const { n, repeats: seen, expected, pValue } = counts;
  const z = -normalQuantile(context.level / 2);
  const usual = expected / n;
  const [low, high] = wilson(seen, n, z);
  const sampled = n < rows[1] ? `, told from ${counted(n, 'row')}` : '';
  return {
    feature,
    check: metric,
    expected: `about ${percent(Math.max(0, usual))} repeat an earlier one`,
    observed: `${percent(seen / n)}${sampled}`,
    rows: Math.round((seen / n) * rows[1]),
    hypothesis: {
      feature,
      metric,
      value: Math.max(0, seen / n - usual),
      low: Math.max(0, low - usual),
      high: Math.max(0, high - usual),
      tolerance: context.tolerance(feature, 'duplicates'),
      pValue,
      pMethod: 'bound from dealing the pooled rows at random',
      noise: () => usual,
      rowsNeeded: Number.NaN,
    },
  };
}

function orderChecks({ frame, reference, current }: Comparison, context: CheckContext): PendingCheck[] {
  const { orders } = frame.table;
  const before = reference.profile.table;
  const now = current.profile.table;
  // The relations were looked for among all pairs of one type, and those that held were kept.
  const types = new Map<string, number>();
  for (const { type } of reference.schema) types.set(type, (types.get(type) ?? 0) + 1);
  let tried = 0;
  for (const count of types.values()) tried += count * (count - 1);
  const factor = Math.max(1, tried / Math.max(1, orders.length));
  return orders.map(([a, b], i) => {
    const counts = {
      a: before.orderBroken[i],
      m: before.orderRows[i],
      b: now.orderBroken[i],
      n: now.orderRows[i],
    };
    const feature = `${a} ≤ ${b}`;
    const test = shareHypothesis(counts, {
      feature: null,
      metric: 'order',
      tolerance: context.tolerance(null, 'outOfRange'),
      level: context.level,
      side: 'more',
    });
    return {
      feature: null,
      check: 'order',
      expected: `${feature} always`,
      observed:
        counts.b === 0 ? 'always' : `broken in ${counted(counts.b, 'row')}, ${percent(counts.b / counts.n)}`,
      rows: counts.b,
      hypothesis: { ...test, pValue: Math.min(1, factor * test.pValue), vacuous: counts.a + counts.b === 0 },
    };
  });
}

function gapChecks({ features }: Comparison): PendingCheck[] {
  return features.flatMap(({ feature, reference, current }) => {
    if (feature.frame.kind !== 'time') return [];
    const frame: TimeFrame = feature.frame;
    const parts = { reference: reference as TimePart, current: current as TimePart };
    const gaps = { reference: longestGap(frame, parts.reference), current: longestGap(frame, parts.current) };
    const extra = Math.max(0, gaps.current.buckets - gaps.reference.buckets);
    const text = (buckets: number) => duration(buckets * frame.widthMs);
    const where =
      gaps.current.buckets > 0 ? `, from ${new Date(gaps.current.start).toISOString().slice(0, 16)}` : '';
    return {
      feature: feature.name,
      check: 'gap',
      expected: `no gap longer than ${text(gaps.reference.buckets + 1)}`,
      observed:
        gaps.current.buckets === 0
          ? 'no gap'
          : `longest ${text(gaps.current.buckets)}${extra > 0 ? where : ''}`,
      rows: 0,
      hypothesis: {
        feature: feature.name,
        metric: 'gap',
        value: extra,
        // A gap is worth a look; that rows are lost is not told by it alone.
        low: 0,
        high: extra,
        tolerance: 0,
        pValue: gapP(parts.reference, parts.current, gaps),
        pMethod: 'bound from rows a bucket',
        noise: () => 0,
        rowsNeeded: Number.NaN,
      },
    };
  });
}

function duration(ms: number): string {
  const units = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
    [1_000, 'second'],
  ] as const;
  const [size, name] = units.find(([unit]) => ms >= unit) ?? [1, 'millisecond'];
  const count = Number((ms / size).toPrecision(2));
  return `${shortNumber(count)} ${name}${count === 1 ? '' : 's'}`;
}

function jointChecks({ hypotheses, pair }: JointResult): PendingCheck[] {
  return hypotheses.map((hypothesis) =>
    hypothesis.metric === 'jointMeans'
      ? {
          feature: null,
          check: 'jointMeans',
          expected: `mean ranks of all numeric columns together within ${shortNumber(hypothesis.tolerance)} sd`,
          observed: `${shortNumber(hypothesis.value)} sd apart`,
          rows: 0,
          hypothesis,
        }
      : {
          feature: null,
          check: 'jointCorrelations',
          expected: `rank correlations within ${shortNumber(hypothesis.tolerance)} of the reference`,
          observed: pair
            ? `most changed: ${pair.a} with ${pair.b}, ${shortNumber(pair.reference)} → ${shortNumber(pair.current)}`
            : 'unchanged',
          rows: 0,
          hypothesis,
        },
  );
}
