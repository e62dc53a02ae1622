// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { phaseWriter } from './cpu/vectors/features.js';
import { frequenciesOf, frequencyMatrix, turnMatrix } from './frequencies.js';
import { randomStream } from './random-stream.js';
import type { Fourier } from './vectors.js';

const fourier = (dimension: number, count: number, bandwidth = 1, seed = 7): Fourier => ({
  dimension,
  count,
  seed,
  bandwidth,
});

function moments(values: ArrayLike<number>, center: number): { mean: number; variance: number } {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    squares += (values[i]! - center) ** 2;
  }
  return { mean: sum / values.length, variance: squares / values.length };
}

describe('random stream', () => {
  test('the same words for ever', () => {
    const { word } = randomStream(1);
    expect([word(), word(), word(), word()]).toMatchInlineSnapshot(`
      [
        2442144158,
        3238099751,
        3819917871,
        2104621829,
      ]
    `);
  });

  test('normal and chi have their moments', () => {
    const stream = randomStream(3);
    const normals = moments(
      Float64Array.from({ length: 100_000 }, () => stream.normal()),
      0,
    );
    expect(Math.abs(normals.mean)).toBeLessThan(0.015);
    expect(Math.abs(normals.variance - 1)).toBeLessThan(0.02);
    for (const degrees of [1, 2, 5, 64]) {
      const squares = moments(
        Float64Array.from({ length: 20_000 }, () => stream.chi(degrees) ** 2),
        degrees,
      );
      expect(Math.abs(squares.mean / degrees - 1)).toBeLessThan(0.05);
      expect(Math.abs(squares.variance / (2 * degrees) - 1)).toBeLessThan(0.15);
    }
  });
});

describe('frequencies', () => {
  test('the same bits on every machine', () => {
    const bits = (d: number) => [...new Uint32Array(frequencyMatrix(fourier(d, 70, 3)).buffer).slice(-3)];
    expect(bits(5)).toMatchInlineSnapshot(`
      [
        3198996589,
        3190607981,
        3200412282,
      ]
    `);
    expect(bits(100)).toMatchInlineSnapshot(`
      [
        3188372909,
        1043919419,
        2147483648,
      ]
    `);
  });

  test.each([1, 2, 5, 63, 64, 100, 768])('%i dimensions: variance 1/σ² in every one', (d) => {
    const matrix = frequencyMatrix(fourier(d, 600, 2));
    const { mean, variance } = moments(matrix, 0);
    const spread = 1 / Math.sqrt(600 * d);
    expect(Math.abs(mean)).toBeLessThan(3 * spread);
    expect(Math.abs(variance * 4 - 1)).toBeLessThan(8 * spread);
  });

  test.each([64, 128])('%i dimensions: rows of one block are orthogonal', (d) => {
    const matrix = frequencyMatrix(fourier(d, 2 * d));
    for (let a = 0; a < 2 * d; a++) {
      for (let b = a - (a % d); b < a; b++) {
        let dot = 0;
        for (let i = 0; i < d; i++) dot += matrix[a * d + i]! * matrix[b * d + i]!;
        expect(Math.abs(dot)).toBeLessThan(1e-5 * d);
      }
    }
  });

  test.each([5, 64, 100])('%i dimensions: the matrix gives the phases of the transform', (d) => {
    const settings = fourier(d, 150, 4);
    const turns = turnMatrix(settings);
    const radians = frequencyMatrix(settings);
    const stream = randomStream(9);
    const row = Float32Array.from({ length: d }, stream.normal);
    const phases = new Float64Array(150);
    phaseWriter(settings)(row, phases);
    for (let j = 0; j < 150; j++) {
      let [whole, angle] = [0, 0];
      for (let i = 0; i < d; i++) {
        whole += turns[j * d + i]! * row[i]!;
        angle += radians[j * d + i]! * row[i]!;
      }
      expect(phases[j]).toBeCloseTo(whole, 6);
      expect(phases[j]! * 2 * Math.PI).toBeCloseTo(angle, 5);
    }
  });

  test.each([5, 100])('%i dimensions: fewer are a prefix of more', (d) => {
    const [few, more] = [frequencyMatrix(fourier(d, 37)), frequencyMatrix(fourier(d, 300))];
    expect(more.slice(0, few.length)).toEqual(few);
  });

  test('another seed gives others', () => {
    expect(frequencyMatrix(fourier(64, 64, 1, 1))).not.toEqual(frequencyMatrix(fourier(64, 64, 1, 2)));
  });

  test.each([
    { dimension: 0 },
    { count: 1.5 },
    { seed: -1 },
    { seed: 2 ** 32 },
    { bandwidth: 0 },
    { bandwidth: Number.NaN },
  ])('%o is refused', (wrong) => {
    expect(() => frequenciesOf({ ...fourier(4, 4), ...wrong })).toThrow(/Fourier features/);
  });
});
