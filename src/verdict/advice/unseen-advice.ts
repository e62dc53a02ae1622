// SPDX-License-Identifier: Apache-2.0
import type { CategoryFrame } from '../../baseline/frame.js';
import type { CategoryPart, Part } from '../../profile/parts.js';
import { unseenByCount } from '../words/category-sentence.js';
import { listed } from '../words/number-words.js';

export interface CategorySides {
  readonly reference: CategoryPart;
  readonly current: CategoryPart;
}

/** What to do about categories that the reference never held: those written otherwise, renamed, and truly new. */
export function unseenAdvice(name: string, { categories }: CategoryFrame, sides: CategorySides): string {
  const names = unseenByCount(sides.current);
  const known = new Set(categories.map(plain));
  if (names.every((category) => known.has(plain(category))))
    return `Write ${name} as before: ${listed(names)} ${names.length === 1 ? 'differs' : 'differ'} only in case or spaces from known categories.`;
  const old = renamed(categories, sides);
  return old === undefined
    ? `Map new categories of ${name} (${listed(names)}) to known ones, or add them and retrain.`
    : `See whether “${listed(names)}” is the new name of “${listed([old])}” in ${name}. If so, write it as before.`;
}

/** Two shares are alike where they are no further apart than this part of the larger; rarer categories than half go by chance. */
const SAME_SHARE = 0.15;
const WORTH_MISSING = 0.5;

/** The one category that went, where one alone came and holds as many rows. */
function renamed(categories: readonly string[], { reference, current }: CategorySides): string | undefined {
  if (current.unseenNames.size !== 1) return undefined;
  const share = (count: number, { rows, missing, unparsable }: Part): number =>
    count / Math.max(1, rows - missing - unparsable);
  const came = share(current.unseen, current);
  const went = categories
    .map((name, i) => ({ name, held: share(reference.counts[i]!, reference), left: current.counts[i]! }))
    .filter(({ held, left }) => left === 0 && held >= WORTH_MISSING * came);
  const [old] = went;
  if (old === undefined || went.length > 1) return undefined;
  return Math.abs(old.held - came) <= SAME_SHARE * Math.max(old.held, came) ? old.name : undefined;
}

function plain(category: string): string {
  return category.toLowerCase().replace(/[\s_-]+/g, '');
}
