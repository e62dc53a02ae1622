// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { durationText, milliseconds } from './durations.js';
import type { Duration } from './specs.js';

test.each<[Duration, number, string]>([
  [250, 250, '250 ms'],
  ['500ms', 500, '500 ms'],
  ['1.5s', 1_500, '1.5 s'],
  ['5m', 300_000, '5 min'],
  ['90m', 5_400_000, '1.5 h'],
  ['36h', 129_600_000, '1.5 d'],
  ['1d', 86_400_000, '1 d'],
  ['2w', 1_209_600_000, '2 w'],
  [0, 0, '0 ms'],
])('%s is %d ms, "%s"', (duration, ms, text) => {
  expect(milliseconds(duration, 'windows.every')).toBe(ms);
  expect(durationText(ms)).toBe(text);
});

test.each(['', 'h', '1 h', '-5m', '5y', 'Infinity', Number.NaN, -1, Number.POSITIVE_INFINITY])(
  '%s means nothing',
  (duration) => {
    expect(() => milliseconds(duration as Duration, 'windows.every')).toThrow(
      /^windows\.every: ".*" is no duration/,
    );
  },
);
