// SPDX-License-Identifier: Apache-2.0

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };

/**
 * The numbers of a text that holds a list of them, as exports of vector tables do: "[0.1, 0.2]", "[0.1 0.2]" (numpy),
 * "{0.1,0.2}" (Postgres), "(0.1;0.2)". null, None and NaN inside are NaN. Else a word on why it holds none.
 */
export function numberList(text: string): readonly number[] | string {
  const list = text.trim();
  const closing = CLOSING[list[0] ?? ''];
  if (closing === undefined || !list.endsWith(closing)) return 'no list of numbers';
  if (list.startsWith('[')) {
    try {
      const parsed: unknown = JSON.parse(list);
      if (Array.isArray(parsed) && parsed.every((item) => typeof item === 'number')) return parsed;
    } catch {
      // not JSON: numpy's spaces, NaN, single numbers such as ".5"
    }
  }
  const inside = list.slice(1, -1).trim();
  if (inside === '') return [];
  if (/\.\.|…/.test(inside)) return 'a list that was cut short ("...") when it was written';
  const numbers: number[] = [];
  for (const word of inside.split(/\s*[,;]\s*|\s+/)) {
    const number = numberOf(word);
    if (number === undefined) return `a list with ${JSON.stringify(word.slice(0, 20))} among its numbers`;
    numbers.push(number);
  }
  return numbers;
}

function numberOf(word: string): number | undefined {
  const number = word === '' ? Number.NaN : Number(word);
  if (!Number.isNaN(number)) return number;
  const named = /^([+-]?)(nan|null|none|inf|infinity)$/i.exec(word);
  if (named === null) return undefined;
  if (!/^i/i.test(named[2]!)) return Number.NaN;
  return named[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
