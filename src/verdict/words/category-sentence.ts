// SPDX-License-Identifier: Apache-2.0
import type { CategoryFrame } from '../../baseline/frame.js';
import type { FeatureComparison } from '../../distances/comparison.js';
import type { CategoryPart } from '../../profile/parts.js';
import type { Metric } from '../verdict.js';
import { counted, listed, percent } from './number-words.js';

/** Share of the greatest change from which a category is named, and how many are. */
const NAMED = { share: 0.4, most: 3 };

/** What is found in other rows than those of known categories. */
const APART: ReadonlySet<Metric> = new Set(['missing', 'unparsable', 'unseen']);

/** Which categories gained and lost most, and which are new; neither where only something else was found: it would be noise. */
export function categoryChanges(comparison: FeatureComparison, flagged: ReadonlySet<Metric>): string[] {
  const { categories } = comparison.feature.frame as CategoryFrame;
  const reference = comparison.reference as CategoryPart;
  const current = comparison.current as CategoryPart;
  const m = valuesOf(reference);
  const n = valuesOf(current);
  if (m === 0 || n === 0) return [];
  const body = [...flagged].some((metric) => !APART.has(metric));
  const changes = (body ? categories : [])
    .map((name, i) => ({ name, a: reference.counts[i] / m, b: current.counts[i] / n }))
    .sort((x, y) => Math.abs(y.b - y.a) - Math.abs(x.b - x.a));
  const greatest = changes.length > 0 ? Math.abs(changes[0].b - changes[0].a) : 0;
  const said: string[] = [];
  // Two categories mirror each other: one of them says it all.
  const most = changes.length === 2 ? 1 : NAMED.most;
  for (const { name, a, b } of changes.slice(0, most)) {
    if (Math.abs(b - a) < NAMED.share * greatest || a === b) break;
    said.push(`${named(name)} ${b > a ? 'grew' : 'fell'} from ${percent(a)} to ${percent(b)}`);
  }
  if (current.unseen > 0 && (body || flagged.has('unseen'))) {
    const names = unseenByCount(current);
    const unnamed =
      names.length === 0
        ? 'new categories hold'
        : `${counted(names.length, 'new one')} (${listed(names)}) ${names.length === 1 ? 'holds' : 'hold'}`;
    said.push(`${unnamed} ${percent(current.unseen / n)} of rows`);
  }
  return said;
}

/** Names that the reference never held, the most frequent first. */
export function unseenByCount({ unseenNames }: CategoryPart): string[] {
  return [...unseenNames].sort((x, y) => y[1] - x[1]).map(([name]) => name);
}

/** Quoted: codes, blanks and names of several words read wrong bare, and no name is capitalised for us. */
function named(name: string): string {
  return `“${listed([name])}”`;
}

function valuesOf({ rows, missing, unparsable }: CategoryPart): number {
  return rows - missing - unparsable;
}
