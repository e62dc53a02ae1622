// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { sameWidth } from './measure-feature.js';

test('numbers of a text file meet the same numbers in f32 as equals', () => {
  const text = Float64Array.of(0.24, 0.1, Number.NaN, Number.POSITIVE_INFINITY, 3);
  const tensor = Float32Array.from(text);
  for (const { reference, current } of [
    sameWidth({ reference: text, current: tensor }),
    sameWidth({ reference: tensor, current: text }),
  ]) {
    expect(reference).toBeInstanceOf(Float32Array);
    expect([...reference]).toEqual([...current]);
  }
});

test('sides of one type stay as they are; what f32 does not reach keeps both at f64', () => {
  const text = Float64Array.of(0.24);
  expect(sameWidth({ reference: text, current: text }).reference).toBe(text);
  const { reference, current } = sameWidth({
    reference: Float32Array.of(0.5),
    current: Float64Array.of(1e300),
  });
  expect([...reference, ...current]).toEqual([0.5, 1e300]);
  expect(current).toBeInstanceOf(Float64Array);
});
