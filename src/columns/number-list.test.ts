// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberList } from './number-list.js';

test.each([
  ['[0.1, -2, 3e-4]', [0.1, -2, 3e-4]],
  ['[0.1,2]', [0.1, 2]],
  ['  [ 0.1  2.\n -.5 ]  ', [0.1, 2, -0.5]],
  ['{0.1,2}', [0.1, 2]],
  ['(1; 2;3)', [1, 2, 3]],
  ['[]', []],
  ['[1, NaN, -inf, Infinity, None, null]', [1, Number.NaN, -Infinity, Infinity, Number.NaN, Number.NaN]],
])('%j', (text, numbers) => {
  expect(numberList(text)).toEqual(numbers);
});

test.each([
  ['', 'no list of numbers'],
  ['0.1, 0.2', 'no list of numbers'],
  ['[0.1, 0.2', 'no list of numbers'],
  ['[0.1, 0.2}', 'no list of numbers'],
  ['a [1]', 'no list of numbers'],
  ['[1, x2]', 'a list with "x2" among its numbers'],
  ['[1, "2"]', 'a list with "\\"2\\"" among its numbers'],
  ['[1,,2]', 'a list with "" among its numbers'],
  ['[[1, 2]]', 'a list with "[1" among its numbers'],
  ['[0.1 0.2 ... 0.9]', 'a list that was cut short ("...") when it was written'],
])('%j is %s', (text, reason) => {
  expect(numberList(text)).toBe(reason);
});

test('whatever numbers are written, in whichever form, the same are read', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true })),
      fc.constantFrom('[]', '()', '{}'),
      fc.constantFrom(',', ', ', ' ', ';', '\n'),
      (numbers, [open, close], between) => {
        const text = `${open}${numbers.join(between)}${close}`;
        expect(numberList(text)).toEqual(numbers.map((number) => number + 0));
      },
    ),
  );
});
