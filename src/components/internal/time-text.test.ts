// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatSpan, formatTime, timeTicks } from './time-text.js';

const at = (text: string): number => Date.parse(`${text}Z`);

test('spans name both ends once', () => {
  expect(formatSpan(at('2001-04-23T00:00'), at('2001-05-14T00:00'))).toBe('23 Apr – 13 May');
  expect(formatSpan(at('2001-04-23T00:00'), at('2001-04-30T00:00'))).toBe('23 – 29 Apr');
  expect(formatSpan(at('2001-04-23T00:00'), at('2001-04-24T00:00'))).toBe('23 Apr');
  expect(formatSpan(at('2001-12-24T00:00'), at('2002-01-02T00:00'))).toBe('24 Dec 2001 – 1 Jan 2002');
  expect(formatSpan(at('2001-04-23T06:00'), at('2001-04-23T12:00'))).toBe('23 Apr 06:00');
  expect(formatSpan(Number.NaN, 0)).toBe('–');
});

test('times are as fine as asked', () => {
  const moment = at('2001-04-23T06:07:08');
  const day = 86_400_000;
  expect([400 * day, 30 * day, day, 60_000, 1000].map((step) => formatTime(moment, step))).toEqual([
    '2001',
    'Apr 2001',
    '23 Apr 2001',
    '23 Apr 06:07',
    '23 Apr 06:07:08',
  ]);
  expect(formatTime(Number.NaN)).toBe('–');
  expect(formatTime(9e15)).toBe('–');
});

test('half a year is told by months, the new year by its number', () => {
  const ticks = timeTicks(at('2001-01-01T00:00'), at('2001-07-01T00:00'), 15);
  expect(ticks.map(({ text }) => text)).toEqual(['2001', 'Feb', 'Mar', 'Apr', 'May', 'Jun']);
});

test('ticks lie inside, rise, and are few, whatever the span', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -2e12, max: 2e12 }),
      fc.integer({ min: 1, max: 4e12 }),
      fc.integer({ min: 1, max: 20 }),
      (start, span, count) => {
        const ticks = timeTicks(start, start + span, count);
        expect(ticks.length).toBeLessThanOrEqual(64);
        ticks.forEach((tick, i) => {
          expect(tick.at).toBeGreaterThanOrEqual(start);
          expect(tick.at).toBeLessThan(start + span);
          if (i > 0) expect(tick.at).toBeGreaterThan(ticks[i - 1]?.at ?? 0);
        });
      },
    ),
  );
});
