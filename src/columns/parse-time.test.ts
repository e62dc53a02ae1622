// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTime, type TimePattern } from './parse-time.js';

function parse(text: string, pattern: TimePattern): number {
  const bytes = new TextEncoder().encode(`7${text}7`);
  return parseTime(bytes, 1, bytes.length - 1, pattern);
}

test('every instant of years 0 to 9999 reads back from ISO 8601, with and without a zone', () => {
  const instant = fc.integer({ min: Date.UTC(0, 0, 1) - 1900 * 31_556_952_000, max: Date.UTC(9999, 11, 31) });
  const least = Date.parse('0000-01-01T00:00:00Z');
  fc.assert(
    fc.property(instant, fc.integer({ min: -720, max: 840 }), (raw, offset) => {
      const ms = Math.max(raw, least + 86_400_000);
      const iso = new Date(ms).toISOString();
      expect(parse(iso, 'iso')).toBe(ms);
      expect(parse(iso.slice(0, 10), 'iso')).toBe(Date.parse(iso.slice(0, 10)));
      const size = Math.abs(offset);
      const zone = `${offset < 0 ? '-' : '+'}${`${Math.floor(size / 60)}`.padStart(2, '0')}:${`${size % 60}`.padStart(2, '0')}`;
      expect(parse(iso.replace('Z', zone), 'iso')).toBe(ms - offset * 60_000);
      const [year, month, day] = iso.slice(0, 10).split('-');
      expect(parse(`${day}.${month}.${year} ${iso.slice(11, 23)}`, 'dmy')).toBe(ms);
      expect(parse(`${month}/${day}/${year} ${iso.slice(11, 19)}`, 'mdy')).toBe(Math.floor(ms / 1000) * 1000);
      expect(parse(year + month + day, 'compact')).toBe(Date.parse(iso.slice(0, 10)));
    }),
    { numRuns: 1000 },
  );
});

const day = Date.UTC(2001, 1, 28);
test.each<[string, TimePattern, number]>([
  ['2001-2-28', 'iso', day],
  ['2001/02/28', 'iso', day],
  ['2001-02', 'iso', Date.UTC(2001, 1, 1)],
  ['2001-02-28 13:45', 'iso', day + 49_500_000],
  ['2001-02-28T13:45:10.123456Z', 'iso', day + 49_510_123],
  ['2001-02-28 13:45:10,5 UTC', 'iso', day + 49_510_500],
  ['2001-02-28T13:45:10+0530', 'iso', day + 49_510_000 - 19_800_000],
  ['2001-02-28 13:45:10-08', 'iso', day + 49_510_000 + 28_800_000],
  ['2001-02-28T24:00', 'iso', day + 86_400_000],
  ['2/28/2001 1:05 PM', 'mdy', day + 47_100_000],
  ['2/28/2001, 12:00:00 AM', 'mdy', day],
  ['28 Feb 2001', 'named', day],
  ['28-FEB-2001', 'named', day],
  ['February 28, 2001', 'named', day],
  ['Feb. 28, 2001 10:00', 'named', day + 36_000_000],
  ['28 October 2011', 'named', Date.UTC(2011, 9, 28)],
  ['983318400', 'epoch-seconds', day],
  ['983318400.25', 'epoch-seconds', day + 250],
  ['-1', 'epoch-milliseconds', -1],
])('%s as %s', (text, pattern, expected) => {
  expect(parse(text, pattern)).toBe(expected);
});

test.each<[string, TimePattern]>([
  ['2001-02-29', 'iso'],
  ['2001-13-01', 'iso'],
  ['2001-00-10', 'iso'],
  ['2001-02-28T', 'iso'],
  ['2001-02-28T25:00', 'iso'],
  ['2001-02-28T10:60', 'iso'],
  ['2001-02-28T10:00:00Zebra', 'iso'],
  ['2001-02-28T10:00:00+1', 'iso'],
  ['2001-02-28T10:00:00.', 'iso'],
  ['2001-02/28', 'iso'],
  ['2001-', 'iso'],
  ['2001', 'iso'],
  ['20010228', 'iso'],
  ['', 'iso'],
  ['28/02/01', 'dmy'],
  ['02/28/2001', 'dmy'],
  ['28/02/2001', 'mdy'],
  ['20011301', 'compact'],
  ['2001022', 'compact'],
  ['28 Febr 2001', 'named'],
  ['Feb 2001', 'named'],
  ['12:30', 'epoch-seconds'],
])('%s is not a time written as %s', (text, pattern) => {
  expect(parse(text, pattern)).toBeNaN();
});

test('no bytes make it throw or run on', () => {
  const patterns: TimePattern[] = [
    'iso',
    'dmy',
    'mdy',
    'compact',
    'named',
    'epoch-seconds',
    'epoch-milliseconds',
  ];
  fc.assert(
    fc.property(
      fc.stringMatching(/^[0-9/.:TZ+ ,aAmMpPfFeEbB-]{0,30}$/),
      fc.constantFrom(...patterns),
      (text, pattern) => {
        expect(typeof parse(text, pattern)).toBe('number');
      },
    ),
    { numRuns: 1000 },
  );
});
