// SPDX-License-Identifier: Apache-2.0
/** Samples and parts for the tests of this layer. */
import { numberFrame } from '../../baseline/cuts.js';
import type { CategoryFrame, NumberFrame } from '../../baseline/frame.js';
import { cpuKernels } from '../../kernels/cpu/cpu.js';
import { addNumber, emptyNumber, numberMeter } from '../../profile/number.js';
import type { CategoryPart, NumberPart } from '../../profile/parts.js';
import type { ExactPair } from '../comparison.js';
import { randomFrom } from '../special/random.js';

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

/** Categories named by number; the reference's `limit` most frequent make the dictionary. */
export function categorySidesOf(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  limit = 10_000,
): { frame: CategoryFrame; reference: CategoryPart; current: CategoryPart } {
  const counted = new Map<number, number>();
  for (let i = 0; i < reference.length; i++) counted.set(reference[i], (counted.get(reference[i]) ?? 0) + 1);
  const order = [...counted].sort((x, y) => y[1] - x[1] || x[0] - y[0]).map(([value]) => value);
  const listed = new Map(order.slice(0, limit).map((value, index) => [value, index]));
  const frame: CategoryFrame = {
    kind: 'category',
    categories: order.slice(0, limit).map(String),
    numeric: false,
    otherHashes: Uint32Array.from(order.slice(limit)),
    overflow: false,
  };
  const part = (values: ArrayLike<number>): CategoryPart => {
    const made: CategoryPart = {
      kind: 'category',
      rows: values.length,
      missing: 0,
      unparsable: 0,
      counts: new Float64Array(listed.size),
      other: 0,
      unseen: 0,
      unseenNames: new Map(),
      distinct: new Uint8Array(0),
    };
    for (let i = 0; i < values.length; i++) {
      const index = listed.get(values[i]);
      const name = String(values[i]);
      if (index !== undefined) made.counts[index]++;
      else if (counted.has(values[i])) made.other++;
      else {
        made.unseen++;
        if (made.unseenNames.has(name) || made.unseenNames.size < 1000)
          made.unseenNames.set(name, (made.unseenNames.get(name) ?? 0) + 1);
      }
    }
    return made;
  };
  return { frame, reference: part(reference), current: part(current) };
}

/** Draws 0 … size − 1 with probability ∝ 1/(rank + 1)^exponent. */
export function zipfFrom(random: Draw, size: number, exponent = 1): Draw {
  const cumulated = new Float64Array(size);
  let sum = 0;
  for (let i = 0; i < size; i++) cumulated[i] = sum += (i + 1) ** -exponent;
  return () => {
    const u = random() * sum;
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulated[middle] > u) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Share of `runs` in which each named p was at most `level`. */
export function rejections(
  runs: number,
  level: number,
  measure: (run: number) => Record<string, number | undefined>,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let run = 0; run < runs; run++) {
    for (const [name, p] of Object.entries(measure(run))) {
      counts[name] = (counts[name] ?? 0) + (p !== undefined && p <= level ? 1 : 0);
    }
  }
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count / runs]));
}

/** Three standard errors above the level. */
export function rejectionLimit(runs: number, level: number): number {
  return level + 3 * Math.sqrt((level * (1 - level)) / runs);
}
