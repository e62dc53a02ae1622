// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuKernels } from './cpu/cpu.js';
import { atOnce, cdfSteps, sortSteps } from './steps.js';

/** Many ties, both zeros, NaN and infinities, over several steps. */
function column(rows: number, seed: number, wide: boolean): Float32Array | Float64Array {
  const values = wide ? new Float64Array(rows) : new Float32Array(rows);
  let state = seed;
  for (let i = 0; i < rows; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0][state % 97];
    values[i] = special ?? ((state >>> 8) % 30_000) / (wide ? 7 : 8) - 1_000;
  }
  return values;
}

describe('sort and cdf in steps', () => {
  it('give what the kernels give', () => {
    const rows = fc.constantFrom(0, 1, 2, 16_383, 16_384, 16_385, 60_000);
    fc.assert(
      fc.property(rows, rows, fc.nat(), fc.boolean(), (n, m, seed, wide) => {
        const sides = [column(n, seed, wide), column(m, seed + 1, wide)] as const;
        const [a, b] = sides.map((side) => atOnce(sortSteps(side, cpuKernels)));
        expect(a).toEqual(cpuKernels.sort(sides[0]).values);
        expect(b).toEqual(cpuKernels.sort(sides[1]).values);
        expect(atOnce(cdfSteps(a!, b!))).toEqual(cpuKernels.cdf(a!, b!));
      }),
      { numRuns: 25 },
    );
  });

  it('take many steps, so that each is short', () => {
    let steps = 0;
    const counted = sortSteps(column(200_000, 3, true), cpuKernels);
    for (let next = counted.next(); !next.done; next = counted.next()) steps++;
    expect(steps).toBeGreaterThan(50);
  });
});
