// SPDX-License-Identifier: Apache-2.0
/**
 * Columns that are a visitor's own: the same in all of their rows (a country, a device, an age). Where visitors fill whole
 * windows, such a column is of one piece within each window, and a window says no more than one row does, however little the
 * visitor shows in other columns.
 */
import type { RowNoise } from '../../verdict/hypotheses/hypothesis.js';
import type { Question } from './questions.js';

/** Visitors may fill windows where rows count as less than a twelfth of what independent ones would, */
const ALIKE = 12;
/** and those of a window as fewer than so many. */
const FEW = 30;
/** Two rows of a window are at most half as often in different cells as two rows of any: the window is of one piece. */
const ONE_PIECE = 0.5;

/**
 * `noise`, made larger where the windows that are judged are each of one piece.
 * @param windows slots of each; `reference` of the reference
 */
export function withOwnRows(
  noise: RowNoise,
  question: Question,
  { windows, reference }: { windows: readonly ArrayLike<number>[]; reference: ArrayLike<number> },
): RowNoise {
  if (noise.deff <= ALIKE || question.kind === 'vector') return noise;
  const { rows, alike } = likeness(question, windows, reference);
  const each = rows / windows.length;
  if (each > FEW * noise.deff || !(alike > ONE_PIECE)) return noise;
  return { deff: Math.max(noise.deff, each * alike), df: noise.df };
}

/**
 * How much more rows of one window agree than any two rows do, of these windows and of the reference by equal shares:
 * 1 − H(within) / H(all), H the chance that two rows lie in different cells. 0 of rows that do not hang together, 1 of windows
 * that lie in one cell each.
 */
export function likeness(
  question: Question,
  windows: readonly ArrayLike<number>[],
  reference: ArrayLike<number>,
): { rows: number; alike: number } {
  const cells = cellsOf(question, reference).map(() => 0);
  let rows = 0;
  let within = 0;
  for (const slots of windows) {
    const own = cellsOf(question, slots);
    const n = sum(own);
    if (n <= 0) continue;
    rows += n;
    within += n * apart(own, n);
    own.forEach((count, i) => {
      cells[i]! += count;
    });
  }
  const known = cellsOf(question, reference);
  const m = sum(known);
  if (!(rows > 0 && m > 0)) return { rows, alike: 0 };
  const all = apart(
    cells.map((count, i) => count / rows + known[i]! / m),
    2,
  );
  return { rows, alike: all > 0 ? 1 - within / rows / all : 0 };
}

/** Chance that two of n rows lie in different cells. */
function apart(cells: readonly number[], n: number): number {
  return 1 - cells.reduce((square, count) => square + (count / n) ** 2, 0);
}

function cellsOf({ kind, at, size }: Question, slots: ArrayLike<number>): number[] {
  if (kind === 'share') return [slots[at]!, slots[at + 1]! - slots[at]!];
  return Array.from({ length: size }, (_, i) => slots[at + i]!);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
