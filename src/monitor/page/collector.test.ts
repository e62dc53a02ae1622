// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { Collector } from './collector.js';

test('shapes', () => {
  const c = new Collector({ rows: 100, bytes: 1e6, now: () => 5 });
  expect(c.observe({ a: 1, b: 'x' })).toBe('');
  expect(
    c.observe([
      { a: 2, b: 'y' },
      { a: null, b: 'x' },
    ]),
  ).toBe('');
  expect(c.observe({ matrix: Float32Array.of(1, 2, 3, 4), names: ['a', 'c'] })).toBe('');
  const [chunk] = c.take();
  console.log(chunk.batch, chunk);
});
