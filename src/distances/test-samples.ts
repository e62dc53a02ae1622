// SPDX-License-Identifier: Apache-2.0
/** Samples and parts for the tests of this layer. */
import { numberFrame } from '../baseline/cuts.js';
import type { NumberFrame } from '../baseline/frame.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { addNumber, emptyNumber, numberMeter } from '../profile/number.js';
import type { NumberPart } from '../profile/parts.js';
import type { ExactPair } from './comparison.js';
import { randomFrom } from './special/random.js';

export type Draw = () => number;

/** Standard normal draws by Box and Muller. */
export function normalFrom(random: Draw): Draw {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Shapes that break naive bins: heavy tails, atoms, ties, prices. */
export const SHAPES: Record<string, (random: Draw) => Draw> = {
  normal: (random) => normalFrom(random),
  'lognormal, s = 2': (random) => {
    const normal = normalFrom(random);
    return () => Math.exp(2 * normal());
  },
  Cauchy: (random) => () => Math.tan(Math.PI * (random() - 0.5)),
  'zero-inflated': (random) => {
    const normal = normalFrom(random);
    return () => (random() < 0.6 ? 0 : Math.abs(normal()) * 10);
  },
  'Poisson 3': (random) => () => {
    let k = 0;
    for (let p = random(); p > Math.exp(-3); p *= random()) k++;
    return k;
  },
  '.99 prices': (random) => () => Math.floor(200 * random() ** 2) + (random() < 0.7 ? 0.99 : 0.49),
  bimodal: (random) => {
    const normal = normalFrom(random);
    return () => normal() + (random() < 0.5 ? -5 : 5);
  },
  't, 3 degrees': (random) => {
    const normal = normalFrom(random);
    return () => normal() / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2) / 3);
  },
};

/** What can happen to a window. */
export const CHANGES: Record<string, (draw: Draw, random: Draw) => Draw> = {
  none: (draw) => draw,
  shift: (draw) => () => draw() + 0.3,
  scale: (draw) => () => draw() * 1.3,
  'out of range': (draw, random) => () => draw() + (random() < 0.5 ? 1e4 : -1e4),
  'new atom': (draw, random) => () => (random() < 0.05 ? 1.2345 : draw()),
  '2 % at 1e9': (draw, random) => () => (random() < 0.02 ? 1e9 : draw()),
  reversed: (draw) => () => -draw(),
  infinities: (draw, random) => () => (random() < 0.01 ? (random() < 0.5 ? 1 : -1) / 0 : draw()),
};

export function sample(draw: Draw, n: number): Float64Array {
  return Float64Array.from({ length: n }, draw);
}

export interface Sides {
  readonly frame: NumberFrame;
  readonly reference: NumberPart;
  readonly current: NumberPart;
  readonly exact: ExactPair;
}

/** Both samples in the frame of the first, with their exact merge. */
export function sidesOf(reference: Float64Array, current: Float64Array, bins = 128): Sides {
  const x = cpuKernels.sort(reference).values;
  const y = cpuKernels.sort(current).values;
  const frame = numberFrame(x, { bins });
  return {
    frame,
    reference: partOf(frame, reference),
    current: partOf(frame, current),
    exact: { reference: x, current: y, cdf: cpuKernels.cdf(x, y) },
  };
}

export function partOf(frame: NumberFrame, values: Float64Array): NumberPart {
  const part = emptyNumber(frame);
  addNumber(part, { type: 'number', values, status: null }, values.length, numberMeter(frame, cpuKernels));
  return part;
}

export function seeded(seed: number): Draw {
  return randomFrom(seed);
}
