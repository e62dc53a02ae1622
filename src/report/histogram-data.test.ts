// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { numberFrame } from '../baseline/cuts.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import type { NumberPart } from '../profile/parts.js';
import { numberCdf } from './histogram-data.js';

const frame = numberFrame(Float64Array.of(5, 5, 5));

function part(...values: number[]): NumberPart {
  const { counts } = cpuKernels.histogram(Float64Array.from(values), cpuKernels.prepareCuts(frame.cuts));
  return { min: Math.min(...values), max: Math.max(...values), counts } as unknown as NumberPart;
}

test.each<[string, number[], { x: number[]; reference: number[]; current: number[] }]>([
  ['up', [8, 8], { x: [5, 5, 8, 8], reference: [0, 1, 1, 1], current: [0, 0, 0, 1] }],
  ['down', [2], { x: [2, 2, 5, 5], reference: [0, 0, 0, 1], current: [0, 1, 1, 1] }],
  ['apart', [4, 5, 5, 7], { x: [4, 5, 5, 7], reference: [0, 0, 1, 1], current: [0, 0.25, 0.75, 1] }],
  ['in part', [5, 5, 5, 6], { x: [5, 5, 5, 6], reference: [0, 0, 1, 1], current: [0, 0, 0.75, 1] }],
])('a constant that moved %s is drawn where it went', (_, values, cdf) => {
  expect(numberCdf(frame, part(5), part(...values))).toEqual(cdf);
});

test('a constant that stayed, and one without current values, are drawn at the cuts', () => {
  for (const current of [part(5, 5), part()]) {
    const { x } = numberCdf(frame, part(5), current);
    expect(x).toEqual([...frame.cuts]);
  }
});
