// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHalfBits, halfBits, halfScale, roundedToScaledHalf } from './half.js';

// numpy.float16 (2.4): np.float16(x).view(np.uint16).
const KNOWN: readonly (readonly [number, number])[] = [
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3c00],
  [-2, 0xc000],
  [65_504, 0x7bff],
  [65_519.99, 0x7bff],
  [65_520, 0x7c00],
  [1e9, 0x7c00],
  [-Infinity, 0xfc00],
  [6.103515625e-5, 0x0400],
  [6.0975551605224609e-5, 0x03ff],
  [5.9604644775390625e-8, 0x0001],
  [2 ** -25, 0x0000],
  [2.9802326e-8, 0x0001],
  [0.1, 0x2e66],
  [1.00048828125, 0x3c00],
  [1.00146484375, 0x3c02],
  [Math.PI, 0x4248],
];

test.each(KNOWN)('%d is stored as numpy stores it', (value, bits) => {
  expect(halfBits(value)).toBe(bits);
});

test('all 65,536 patterns come back as they are, NaN as NaN', () => {
  for (let bits = 0; bits < 65_536; bits++) {
    const value = fromHalfBits(bits);
    if (Number.isNaN(value)) expect(Number.isNaN(fromHalfBits(halfBits(value)))).toBe(true);
    else expect(halfBits(value)).toBe(bits);
  }
});

test('what is rounded is the nearest that half precision holds', () => {
  fc.assert(
    fc.property(fc.float({ min: -65_504, max: 65_504, noNaN: true }), (value) => {
      const bits = halfBits(value);
      const gap = Math.abs(fromHalfBits(bits) - value);
      for (const next of [bits - 1, bits + 1].map((near) => fromHalfBits(near & 0xffff))) {
        if (Number.isFinite(next)) expect(gap).toBeLessThanOrEqual(Math.abs(next - value));
      }
    }),
  );
  expect([0.1, 0.2].map((value) => fromHalfBits(halfBits(value)))).toEqual([0.0999755859375, 0.199951171875]);
});

test('scaled, eleven bits are kept in any unit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ min: 1, max: 100, noNaN: true }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: -100, max: 100 }),
      (values, exponent) => {
        const scaled = values.map((value) => value * 2 ** exponent);
        const rounded = roundedToScaledHalf(scaled);
        scaled.forEach((value, i) => {
          expect(Math.abs(rounded[i]! / value - 1)).toBeLessThanOrEqual(2 ** -11);
        });
      },
    ),
  );
  expect([...roundedToScaledHalf([0, 0])]).toEqual([0, 0]);
});

test('scaled, each value is the one that its 16 bits stand for, ties and the very small included', () => {
  // From 2⁻³⁰ of the largest up, in steps that hit halves between neighbours; one that is not a number.
  const values = Float32Array.from({ length: 60_000 }, (_, i) => {
    const sign = i % 2 === 0 ? 1 : -1;
    return sign * (1 + (i % 4_099) / 4_096) * 2 ** -(i % 31);
  });
  values[7] = Number.NaN;
  values[8] = 0;
  const scale = halfScale(values.map((value) => (Number.isNaN(value) ? 0 : value)));
  const numbers = values.filter((value) => !Number.isNaN(value));
  const expected = numbers.map((value) => fromHalfBits(halfBits(value * scale)) / scale);
  expect(roundedToScaledHalf(numbers)).toEqual(expected);
  expect(roundedToScaledHalf([1, Number.NaN])[1]).toBeNaN();
});
