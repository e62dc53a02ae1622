// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { filesBelow, isShipped, parseFile } from '../../test/source-files.js';

test('an adapter brings no copy of the library with it: the app passes its own', () => {
  const files = filesBelow('src/adapters', ['.ts']).filter(isShipped);
  expect(files.length).toBeGreaterThan(20);
  expect(files.flatMap((path) => parseFile(path).packages.map((name) => `${path}: ${name}`))).toEqual([]);
});
