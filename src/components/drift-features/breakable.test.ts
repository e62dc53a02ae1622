// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { nameParts } from './breakable.js';

test.each([
  ['predicted_probability', ['predicted_', 'probability']],
  ['capital-gain', ['capital-', 'gain']],
  ['meanTemperatureC', ['mean', 'Temperature', 'C']],
  ['a__b.c', ['a__', 'b.', 'c']],
  ['ABC', ['ABC']],
  ['', ['']],
])('%s', (name, parts) => {
  expect(nameParts(name)).toEqual(parts);
  expect(nameParts(name).join('')).toBe(name);
});
