// SPDX-License-Identifier: Apache-2.0
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchRows, cappedLimits, type DeviceLimits, groupSize, panelsOf, tileSide } from './limits.js';

/** What any device has. */
const DEFAULT: DeviceLimits = {
  maxBufferSize: 2 ** 28,
  maxStorageBufferBindingSize: 2 ** 27,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
  maxComputeWorkgroupSizeY: 256,
  maxComputeWorkgroupStorageSize: 16_384,
  maxComputeWorkgroupsPerDimension: 65_535,
};

describe('tiles', () => {
  test('are as large as the device allows, and smaller where columns are few', () => {
    expect(tileSide(DEFAULT)).toBe(16);
    expect(tileSide(cappedLimits(DEFAULT, { maxComputeInvocationsPerWorkgroup: 128 }))).toBe(8);
    expect(tileSide(cappedLimits(DEFAULT, { maxComputeWorkgroupStorageSize: 10_000 }))).toBe(8);
    expect(tileSide(cappedLimits(DEFAULT, { maxComputeWorkgroupSizeY: 4 }))).toBe(4);
    expect([512, 768, 64, 32, 1].map((columns) => tileSide(DEFAULT, columns))).toEqual([16, 16, 8, 4, 4]);
    expect(() => tileSide(cappedLimits(DEFAULT, { maxComputeWorkgroupSizeX: 3 }))).toThrow(/4 × 4/);
  });

  test('rows are gone through by whole groups of 16', () => {
    expect(groupSize(DEFAULT)).toBe(64);
    expect(groupSize(cappedLimits(DEFAULT, { maxComputeInvocationsPerWorkgroup: 63 }))).toBe(16);
  });
});

const anyLimits = fc
  .record({
    maxBufferSize: fc.integer({ min: 4096, max: 2 ** 28 }),
    maxStorageBufferBindingSize: fc.integer({ min: 4096, max: 2 ** 27 }),
    maxComputeInvocationsPerWorkgroup: fc.constantFrom(16, 64, 128, 256),
    maxComputeWorkgroupStorageSize: fc.constantFrom(4096, 8192, 16_384),
    maxComputeWorkgroupsPerDimension: fc.integer({ min: 128, max: 65_535 }),
  })
  .map((caps) => cappedLimits(DEFAULT, caps));

test('panels cover every column once and fit a binding; batches fit one too', () => {
  fc.assert(
    fc.property(
      anyLimits,
      fc.integer({ min: 0, max: 5000 }),
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 1, max: 2 ** 24 }),
      (limits, columns, depth, batchBytes) => {
        const room = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
        const stride = Math.ceil(depth / 4) * 4;
        let panels: ReturnType<typeof panelsOf>;
        let rows: number;
        try {
          panels = panelsOf(limits, columns, depth);
          rows = batchRows(limits, { stride, panels, batchBytes });
        } catch (error) {
          expect((error as Error).message).toMatch(/do not fit this device/);
          // Not even the smallest tile, or a tile of the side that its panels have.
          expect(room).toBeLessThan(128 * 4 * Math.max(stride + 16, 2 * columns, 128));
          return;
        }
        let next = 0;
        for (const { first, columns: taken, padded, side } of panels) {
          expect(first).toBe(next);
          expect(padded % (8 * side)).toBe(0);
          expect(padded).toBeGreaterThanOrEqual(taken);
          expect(4 * padded * Math.ceil(depth / 16) * 16).toBeLessThanOrEqual(room);
          expect(8 * padded * Math.ceil(rows / (8 * side))).toBeLessThanOrEqual(room);
          expect(rows % (8 * side)).toBe(0);
          next += taken;
        }
        expect(next).toBe(columns);
        expect(4 * stride * rows).toBeLessThanOrEqual(room);
        expect(rows).toBeLessThanOrEqual(32_768);
      },
    ),
    { numRuns: 300 },
  );
});
