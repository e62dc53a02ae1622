// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { INDEPENDENT } from '../hypotheses/hypothesis.js';
import { normals } from '../testing/compare-tables.js';
import { blockNoise } from './natural-variation.js';
import { naturalLimits } from './windows.js';

/** Blocks of binary rows whose share varies with sd `between`. */
function blocks(count: number, size: number, between: number, seed: number): [number, number][] {
  const normal = normals(seed);
  return Array.from({ length: count }, () => {
    const p = Math.min(0.95, Math.max(0.05, 0.5 + between * normal()));
    const yes = Math.round(size * p + Math.sqrt(size * p * (1 - p)) * normal());
    return [yes, size - yes];
  });
}

const mean = (values: readonly number[]) => values.reduce((x, y) => x + y, 0) / values.length;

describe('the design effect of blocks', () => {
  test('is 1, or next to it, for independent rows', () => {
    const found = Array.from(
      { length: 60 },
      (_, i) => blockNoise(blocks(60, 200, 0, i), { cumulative: false }).deff,
    );
    expect(mean(found)).toBeLessThan(1.2);
  });

  test('is 1 + (size − 1)·σ²/(p(1 − p)) when the share of a block varies by σ', () => {
    const expected = 1 + 199 * (0.05 ** 2 / 0.25);
    const found = Array.from(
      { length: 60 },
      (_, i) => blockNoise(blocks(60, 200, 0.05, i), { cumulative: false }).deff,
    );
    expect(Math.abs(mean(found) / expected - 1)).toBeLessThan(0.15);
  });

  test('grows when neighbouring blocks resemble each other', () => {
    const slow = blocks(40, 400, 0.04, 3).sort((a, b) => a[0] - b[0]);
    const shuffled = blocks(40, 400, 0.04, 3);
    const deff = (list: [number, number][]) => blockNoise(list, { cumulative: false }).deff;
    expect(deff(slow)).toBeGreaterThan(2 * deff(shuffled));
  });

  test('is not told from fewer than 20 blocks, from constants, or from empty ones', () => {
    expect(blockNoise(blocks(19, 200, 0.2, 1), { cumulative: false })).toBe(INDEPENDENT);
    expect(
      blockNoise(
        Array.from({ length: 30 }, () => [5, 0]),
        { cumulative: false },
      ),
    ).toBe(INDEPENDENT);
    expect(
      blockNoise(
        Array.from({ length: 30 }, () => [0, 0]),
        { cumulative: false },
      ),
    ).toBe(INDEPENDENT);
  });
});

describe('the natural-variation limit', () => {
  const own = (count: number, seed: number) => {
    const normal = normals(seed);
    return Array.from({ length: count }, () => ({ raw: Math.exp(-3 + 0.5 * normal()), bias: 0 }));
  };

  test('is a lognormal prediction limit: about 1 % of new windows exceed it', () => {
    let beyond = 0;
    for (let seed = 0; seed < 200; seed++) {
      const { watch } = naturalLimits(own(30, seed), 0.01)!;
      beyond += own(20, 1_000 + seed).filter(({ raw }) => raw * raw > watch).length;
    }
    expect(beyond / 4_000).toBeGreaterThan(0.003);
    expect(beyond / 4_000).toBeLessThan(0.02);
  });

  test('is further out for drift than for watch, and absent below 20', () => {
    const { watch, drift } = naturalLimits(own(30, 1), 0.01)!;
    expect(drift).toBeGreaterThan(watch);
    expect(naturalLimits(own(19, 1), 0.01)).toBeUndefined();
  });
});
