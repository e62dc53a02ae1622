// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { describeFormat, type InferOptions, inferDecimal, inferFormat } from './infer.js';

const word = (values: string[], options?: InferOptions) =>
  describeFormat(inferFormat(values, options).format);
const many = (value: string, count: number) => new Array<string>(count).fill(value);

test.each<[string, string[]]>([
  ['integer', ['1', '-2', '+3', '', 'NA', 'null']],
  ['number', ['1', '2.5', 'nan']],
  ['number', ['1e5', 'inf', '-Infinity']],
  ['integer', ['-', '1', '2', '..', '?']],
  ['integer, thousands ","', ['1,234', '999', '12,345,678']],
  ['integer, thousands "\'"', ["1'234", '999']],
  ['integer, thousands "\u00a0"', ['1\u00a0234', '999']],
  ['number, thousands ","', ['229,932.50', '10,105.40']],
  ['boolean', ['true', 'FALSE', 'True', 'NA']],
  ['string', ['yes', 'no']],
  ['string', ['', 'NA', '-']],
  ['string', []],
  ['string', ['01234', '99999', '1']],
  ['string', ['123456789012345678', '923456789012345678', '12']],
  ['number', ['12345678901234567890.5', '2', '3']],
  ['integer', ['12345678901234567890', '2', '3']],
  ['time YYYY-MM-DD', ['2001-01-01', '2001/2/3', '', '2001-05-01 10:00:00Z']],
  ['time DD.MM.YYYY', ['01.02.2003', '05.06.2003']],
  ['time DD.MM.YYYY', ['01/02/2003', '25/06/2003']],
  ['time MM/DD/YYYY', ['01/02/2003', '06/25/2003']],
  ['string', ['01/02/2003', '06/05/2003']],
  ['time YYYYMMDD', ['20010101', '20010102', '20020103']],
  ['integer', ['20010101', '20010102', '20021301']],
  ['integer', ['20010101', '20010102']],
  ['time DD Month YYYY', ['24 October 2011', '24 Oct 2012']],
  ['string', ['12A', '13', '14']],
  ['string', ['1.2.3', '1.2.4']],
])('%s: %j', (expected, values) => {
  expect(word(values)).toBe(expected);
});

test('a few strangers among numbers do not make a column text, many kinds of them do', () => {
  expect(word([...many('1', 96), ...many('error', 4)])).toBe('integer');
  expect(word([...many('1', 90), ...many('error', 10)])).toBe('string');
  expect(word([...many('1', 96), 'V1', 'V2', 'V3', 'V4'])).toBe('string');
  expect(word([...many('1', 995), 'V1', 'V2', 'V3', 'V4', 'V5'])).toBe('integer');
});

test('text kept on purpose says why', () => {
  expect(inferFormat(['007', '8']).reason).toBe('codes with leading zeros');
  expect(inferFormat(['123456789012345678']).reason).toMatch('2^53');
  expect(inferFormat(['01/02/2003']).reason).toMatch('month-first');
});

test('the decimal sign counts only undoubted values', () => {
  expect(inferDecimal(['3,5', '2,25', '1.234'])).toBe(',');
  expect(inferDecimal(['3.5', '1,234', '5,678'])).toBe('.');
  expect(inferDecimal(['1,234', '5,678'])).toBe('.');
  expect(inferDecimal(['1.234,5'])).toBe(',');
  expect(inferDecimal(['a', ''])).toBe('.');
  expect(word(['1.234,5', '3,25'], { decimal: ',' })).toBe('number, decimal comma, thousands "."');
});

test('a forced type only leaves the way of reading open', () => {
  expect(word(['a', '1', '2'], { type: 'number' })).toBe('integer');
  expect(word(['1', '2'], { type: 'string' })).toBe('string');
  expect(word(['1', '0'], { type: 'boolean' })).toBe('boolean');
  expect(word(['01/02/2003'], { type: 'time' })).toBe('time DD.MM.YYYY');
  expect(inferFormat(['01/02/2003'], { type: 'time' }).reason).toMatch('day-first');
  expect(word(['01/02/2003'], { type: 'time', declared: 'time MM/DD/YYYY' })).toBe('time MM/DD/YYYY');
  expect(word(['2003-01-02'], { type: 'time', declared: 'time MM/DD/YYYY' })).toBe('time YYYY-MM-DD');
  expect(word(['1700000000', '1700000001'], { type: 'time' })).toBe('time in seconds since 1970');
  expect(word(['1700000000000'], { type: 'time' })).toBe('time in milliseconds since 1970');
  expect(word(['20010101', '20010102', '20010103'], { type: 'time' })).toBe('time YYYYMMDD');
  expect(word([], { type: 'time' })).toBe('time YYYY-MM-DD');
});
