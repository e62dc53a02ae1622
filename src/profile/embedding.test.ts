// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NULL, PRESENT, RAGGED, UNPARSABLE } from '../columns/column.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { cpuVectorKernels } from '../kernels/cpu/vectors/vectors.js';
import { decodeBaseline, encodeBaseline } from './baseline-file.js';
import { decodeProfile, encodeProfile } from './codec.js';
import { EmbeddingMeters } from './embedding-meters.js';
import type { EmbeddingPart, Profile } from './parts.js';
import { emptyProfile, mergeProfiles, Profiler, subtractProfiles } from './profile.js';
import {
  arbitraryVectorRow,
  smallEmbeddingFrame,
  type VectorRow,
  vectorBatch,
} from './testing/small-embedding.js';
import { WindowedProfiler } from './windowed.js';

const frame = smallEmbeddingFrame;
const meters = new EmbeddingMeters(cpuVectorKernels);
const rowsOf = fc.array(arbitraryVectorRow, { maxLength: 40 });

async function profileOf(...batches: readonly (readonly VectorRow[])[]): Promise<Profile> {
  const profiler = new Profiler(frame, cpuKernels, meters);
  for (const rows of batches) profiler.add(vectorBatch(rows));
  await profiler.settle();
  return profiler.profile;
}

const partOf = (profile: Profile) => profile.parts.get('embedding') as EmbeddingPart;

describe('embeddings in profiles', () => {
  test('every row is counted once: what is absent, ragged, not finite, zero or constant, and what is measured', async () => {
    const values = [1, 2, 3, 4];
    const part = partOf(
      await profileOf([
        { day: 0, status: PRESENT, values },
        { day: 0, status: NULL, values },
        { day: 0, status: UNPARSABLE, values },
        { day: 0, status: RAGGED, values },
        { day: 0, status: PRESENT, values: [1, Number.NaN, 3, 4] },
        { day: 0, status: PRESENT, values: [1, 2, Infinity, 4] },
        { day: 0, status: PRESENT, values: [0, 0, 0, 0] },
        { day: 0, status: PRESENT, values: [2, 2, 2, 2] },
      ]),
    );
    expect(part).toMatchObject({
      rows: 8,
      missing: 1,
      unparsable: 2,
      ragged: 1,
      nonFinite: 2,
      zero: 1,
      constant: 1,
      measured: 3,
    });
    expect(part.norms.reduce((sum, count) => sum + count)).toBe(3);
    // ‖(1,2,3,4)‖² + 0 + ‖(2,2,2,2)‖² = 30 + 16.
    expect(part.normSquares).toBeCloseTo(46, 3);
    // u₀ = Σ directions₀ (x − center) with directions₀ = (2, ¼, ¼, ¼).
    const u = ([a, b, c, d]: number[]) => 2 * (a! - 0.5) + 0.25 * b! + 0.25 * c! + 0.25 * (d! + 0.5);
    expect(part.sums[0]).toBeCloseTo(u(values) + u([0, 0, 0, 0]) + u([2, 2, 2, 2]), 2);
  });

  test('a column of another length is ragged on every row, one that is not there is missing', async () => {
    const profiler = new Profiler(frame, cpuKernels, meters);
    const vectors = new Map([
      ['embedding', { type: 'vector', dimension: 2, values: new Float32Array(6), status: null } as const],
    ]);
    profiler.add({ ...vectorBatch([]), rows: 3, columns: new Map(), vectors });
    profiler.add({ rows: 2, columns: new Map() });
    await profiler.settle();
    expect(partOf(profiler.profile)).toMatchObject({
      rows: 5,
      missing: 2,
      unparsable: 3,
      ragged: 3,
      measured: 0,
      nonFinite: 0,
    });
  });

  test('a profile equals the merged profiles of its pieces within one step a piece, and merging is exact', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, rowsOf, rowsOf, async (a, b, c) => {
        const [pa, pb, pc] = await Promise.all([profileOf(a), profileOf(b), profileOf(c)]);
        const whole = partOf(await profileOf([...a, ...b, ...c]));
        const merged = mergeProfiles(mergeProfiles(pa!, pb!), pc!);
        expect(mergeProfiles(pa!, mergeProfiles(pb!, pc!))).toEqual(merged);
        expect(mergeProfiles(pb!, pa!).parts).toEqual(mergeProfiles(pa!, pb!).parts);
        expect(mergeProfiles(merged, emptyProfile(frame)).parts).toEqual(merged.parts);
        const part = partOf(merged);
        for (const field of ['rows', 'measured', 'nonFinite', 'zero', 'constant', 'ragged'] as const)
          expect(part[field]).toBe(whole[field]);
        expect(part.drawn).toEqual(whole.drawn);
        expect(part.norms).toEqual(whole.norms);
        for (const field of ['fourier', 'sums'] as const) {
          whole[field].forEach((sum, i) => {
            expect(Math.abs(part[field][i]! - sum)).toBeLessThanOrEqual(4 / 1_024 + 1e-5 * Math.abs(sum));
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  test('subtracting takes back what was merged, to the bit', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, rowsOf, async (a, b) => {
        const [pa, pb] = await Promise.all([profileOf(a), profileOf(b)]);
        expect(partOf(subtractProfiles(mergeProfiles(pa!, pb!), pb!))).toEqual(partOf(pa!));
      }),
      { numRuns: 40 },
    );
  });

  test('decoding an encoded profile gives the same', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, async (rows) => {
        const profile = await profileOf(rows);
        expect(decodeProfile(encodeProfile(profile), frame)).toEqual(profile);
      }),
      { numRuns: 40 },
    );
  });

  test('calendar windows sum to all rows', async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, async (rows) => {
        const profiler = new WindowedProfiler(frame, cpuKernels, meters);
        profiler.add(vectorBatch(rows));
        await profiler.settle();
        const days = [...profiler.windows.values()].map(partOf);
        const total = partOf(profiler.total());
        expect(days.reduce((sum, { measured }) => sum + measured, 0)).toBe(total.measured);
        expect(total.measured).toBe(partOf(await profileOf(rows)).measured);
      }),
      { numRuns: 20 },
    );
  });

  test('a frame without kernels for its embeddings says so', () => {
    const profiler = new Profiler(frame, cpuKernels);
    expect(() => profiler.add(vectorBatch([{ day: 0, status: PRESENT, values: [1, 2, 3, 4] }]))).toThrow(
      /"embedding" cannot be measured/,
    );
  });

  test('a baseline file brings the frame back; a damaged one is refused', async () => {
    const profile = await profileOf([{ day: 0, status: PRESENT, values: [1, 2, 3, 4] }]);
    const bytes = encodeBaseline({ name: 'a', createdBy: 'test', frame, profile, windows: [] });
    const back = decodeBaseline(bytes);
    expect(back.frame).toEqual(frame);
    expect(back.profile).toEqual(profile);
    for (let at = 24; at < bytes.byteLength; at += 7) {
      const damaged = new Uint8Array(bytes.slice(0));
      damaged[at]! ^= 0x55;
      expect(() => decodeBaseline(damaged)).toThrow(/baseline/);
    }
  });
});
