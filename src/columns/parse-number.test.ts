// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNanToken, type NumberFormat, parseGroupedNumber, parseNumber } from './parse-number.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const parse = (text: string, decimal = '.') =>
  parseNumber(bytesOf(`x${text}y`), 1, text.length + 1, decimal.charCodeAt(0));

test('any double written by JavaScript comes back to the bit', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (value) => {
      expect(parse(String(value))).toBe(Number(String(value)));
    }),
    { numRuns: 3000 },
  );
});

test('any decimal rounds as Number does', () => {
  const digits = fc.stringMatching(/^[0-9]{1,36}$/);
  const exponent = fc.option(fc.integer({ min: -360, max: 320 }), { nil: undefined });
  fc.assert(
    fc.property(fc.constantFrom('', '-', '+'), digits, digits, exponent, (sign, whole, fraction, power) => {
      const tail = power === undefined ? '' : `e${power}`;
      const text = `${sign}${whole}.${fraction}${tail}`;
      expect(parse(text)).toBe(Number(text));
      expect(parse(text.replace('.', ','), ',')).toBe(Number(text));
      expect(parse(sign + whole + tail)).toBe(Number(sign + whole + tail));
    }),
    { numRuns: 5000 },
  );
});

test('decimals next to a tie between two doubles round to even', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 52 - 1 }),
      fc.integer({ min: -1, max: 1 }),
      (mantissa, nudge) => {
        const tie = (BigInt(mantissa) + 2n ** 52n) * 2n ** 11n + 2n ** 10n + BigInt(nudge);
        expect(parse(`${tie}`)).toBe(Number(tie));
        const small = `${tie}`.replace(/^(\d{3})/, '$1.');
        expect(parse(small)).toBe(Number(small));
      },
    ),
    { numRuns: 3000 },
  );
});

test('what is not a number is NaN', () => {
  const bad = [
    '',
    '-',
    '+',
    '.',
    '-.',
    'e5',
    '1e',
    '1e+',
    '1.2.3',
    '1,5',
    '0x10',
    '12a',
    '1 2',
    '--1',
    '1e5.5',
    '1_000',
  ];
  for (const text of [...bad, 'infinit', 'Infinityy', '1n', '٣', '$5']) expect(parse(text), text).toBeNaN();
  expect(parse('1.5', ',')).toBeNaN();
});

test('signs, bare points, zeros and words', () => {
  expect(parse('-0')).toBe(-0);
  expect(parse('+.5')).toBe(0.5);
  expect(parse('5.')).toBe(5);
  expect(parse('000123')).toBe(123);
  expect(parse('-Infinity')).toBe(-Infinity);
  expect(parse('INF')).toBe(Infinity);
  expect(parse('1E3')).toBe(1000);
  expect(parse(`1e${'9'.repeat(400)}`)).toBe(Infinity);
  expect(parse(`0.${'0'.repeat(400)}1`)).toBe(0);
});

test('nan is told apart from text', () => {
  for (const text of ['nan', 'NaN', 'NAN', '-nan', '+NaN']) {
    expect(isNanToken(bytesOf(text), 0, text.length)).toBe(true);
    expect(parse(text)).toBeNaN();
  }
  for (const text of ['', 'na', 'nano', '-', 'n'])
    expect(isNanToken(bytesOf(text), 0, text.length)).toBe(false);
});

test.each<[NumberFormat['decimal'], NumberFormat['group'], string, number]>([
  ['.', ',', '1,234,567.25', 1234567.25],
  [',', '.', '-1.234.567,25', -1234567.25],
  [',', '\u00a0', '12\u00a0345,5', 12345.5],
  ['.', '\u202f', '12\u202f345', 12345],
  ['.', "'", "1'000", 1000],
  ['.', ' ', '999', 999],
  ['.', ',', '1234.5', 1234.5],
  ['.', ',', '12,34', NaN],
  ['.', ',', '1234,567', NaN],
  ['.', ',', ',123', NaN],
  ['.', ',', '1,234,', NaN],
  ['.', ',', '1.234,567', NaN],
  ['.', '', '1,234', NaN],
])('decimal %s, thousands %s: %s', (decimal, group, text, expected) => {
  const bytes = bytesOf(text);
  expect(parseGroupedNumber(bytes, 0, bytes.length, { decimal, group })).toBe(expected);
});
