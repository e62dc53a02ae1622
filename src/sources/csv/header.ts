// SPDX-License-Identifier: Apache-2.0
import { inferFormat } from '../../columns/infer.js';
import { NULL_TOKENS } from '../../columns/parse-token.js';

const COMPARED_ROWS = 100;
const COMPARED_COLUMNS = 1000;

/**
 * Whether the first of `rows` names the columns. Each column votes: for, when numbers or times follow a text; against, when the first
 * row holds a number where numbers follow, or a text that comes again below. A tie is a header, unless the row repeats itself.
 */
export function isHeader(rows: readonly (readonly string[])[], decimal: '.' | ','): boolean {
  const [first, ...below] = rows;
  if (below.length === 0) return first.every((cell) => typeOf([cell], decimal) === 'string' && cell !== '');
  if (isYearSequence(first)) return true;
  let votes = 0;
  let repeats = 0;
  const seen = new Set<string>();
  for (let c = 0; c < Math.min(first.length, COMPARED_COLUMNS); c++) {
    const name = first[c];
    if (name === '') continue;
    if (NULL_TOKENS.includes(name)) votes--;
    if (seen.has(name)) repeats++;
    seen.add(name);
    const values = below.slice(0, COMPARED_ROWS).map((row) => row[c] ?? '');
    const isText = typeOf([name], decimal) === 'string';
    const type = typeOf(values, decimal);
    if (type !== 'string') votes += isText ? 1 : -1;
    else if (!isText) votes--;
    else if (values.includes(name)) votes--;
  }
  return votes > 0 || (votes === 0 && repeats === 0);
}

/** Names made present and different: "a", "a (2)", "column 3". `width` columns, more or fewer than there are names. */
export function uniqueNames(names: readonly string[], width: number): string[] {
  const taken = new Set<string>();
  const unique: string[] = [];
  const copies = new Map<string, number>();
  for (let c = 0; c < width; c++) {
    const name = (names[c] ?? '') === '' ? `column ${c + 1}` : names[c];
    let candidate = name;
    let copy = copies.get(name) ?? 1;
    while (taken.has(candidate)) candidate = `${name} (${++copy})`;
    copies.set(name, copy);
    taken.add(candidate);
    unique.push(candidate);
  }
  return unique;
}

function typeOf(values: readonly string[], decimal: '.' | ','): string {
  return inferFormat(values, { decimal }).format.type;
}

/** "Country, 2000, 2001, 2005, …": rising years that are names, next to nothing but texts. */
function isYearSequence(cells: readonly string[]): boolean {
  const isYear = (cell: string) => /^(1[89]|20)\d\d$/.test(cell);
  const years = cells.filter(isYear).map(Number);
  if (years.length < 3 || isYear(cells[0])) return false;
  const others = cells.filter((cell) => !isYear(cell));
  return (
    others.every((cell) => typeOf([cell], '.') === 'string') &&
    years.every((year, i) => i === 0 || year > years[i - 1])
  );
}
