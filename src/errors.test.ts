// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { DriftglassError, messageOf } from './errors.js';

test('what was thrown says something, whatever it is', () => {
  expect(messageOf(new DriftglassError('SourceError', 'a.csv: empty'))).toBe('a.csv: empty');
  expect(messageOf({ message: 'device lost' })).toBe('device lost');
  expect(messageOf(new RangeError())).toBe('RangeError');
  expect(messageOf('no')).toBe('no');
  expect(messageOf(undefined)).toBe('undefined');
  expect(messageOf(null)).toBe('null');
});
