// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Frame } from '../baseline/frame.js';
import { isDriftglassError } from '../errors.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { decodeProfile, encodeProfile } from './codec.js';
import type { Profile } from './parts.js';
import { emptyProfile, mergeAll, mergeProfiles, subtractProfiles } from './profile.js';
import { arbitraryRows, arbitrarySplit, batchOf, frameOf, profileOf } from './testing/arbitrary-data.js';
import { expectSameProfile, plain } from './testing/expect-profile.js';
import { WindowedProfiler } from './windowed.js';

/** A frame from some rows, and other rows to measure with it: inside, outside, unseen. */
const arbitraryCase = fc.tuple(arbitraryRows, arbitraryRows, arbitraryRows, arbitraryRows);
const RUNS = { numRuns: 80 };

test('the arbitrary rows reach every part', { timeout: 60_000 }, () => {
  const joint = fc.sample(arbitraryRows, { numRuns: 40, seed: 3 }).map((rows) => {
    const frame = frameOf(rows);
    return frame.table.joint.length > 0 && profileOf(frame, rows).table.jointRows > 0;
  });
  expect(joint.filter(Boolean).length).toBeGreaterThan(20);
});

describe('profiles obey laws', { timeout: 60_000 }, () => {
  test('a profile of rows equals the merged profiles of any cut of them', () => {
    const split = arbitraryRows.chain((rows) => fc.tuple(fc.constant(rows), arbitrarySplit(rows.length)));
    fc.assert(
      fc.property(arbitraryRows, split, (reference, [rows, cuts]) => {
        const frame = frameOf(reference);
        const pieces = cuts.slice(1).map((to, i) => rows.slice(cuts[i]!, to));
        const whole = profileOf(frame, rows);
        const merged = pieces
          .map((piece) => profileOf(frame, piece))
          .reduce(mergeProfiles, emptyProfile(frame));
        expectSameProfile(merged, whole, { neighbours: false });
        expectSameProfile(profileOf(frame, ...pieces), merged);
      }),
      RUNS,
    );
  });

  test('merging is commutative and associative, and the empty profile changes nothing', () => {
    fc.assert(
      fc.property(arbitraryCase, ([reference, one, two, three]) => {
        const frame = frameOf(reference);
        const [a, b, c] = [one, two, three].map((rows) => profileOf(frame, rows)) as [
          Profile,
          Profile,
          Profile,
        ];
        expectSameProfile(mergeProfiles(a, b), mergeProfiles(b, a));
        expectSameProfile(mergeProfiles(mergeProfiles(a, b), c), mergeProfiles(a, mergeProfiles(b, c)));
        expect(plain(mergeProfiles(a, emptyProfile(frame)))).toEqual(plain(a));
        expect(plain(mergeProfiles(emptyProfile(frame), a))).toEqual(plain(a));
        const before = plain([a, b, c]);
        expectSameProfile(mergeAll([a, b, c]), mergeProfiles(mergeProfiles(a, b), c));
        expect(plain([a, b, c])).toEqual(before);
      }),
      RUNS,
    );
  });

  test('subtracting takes merged counts back', () => {
    fc.assert(
      fc.property(arbitraryRows, arbitraryRows, arbitraryRows, (reference, one, two) => {
        const frame = frameOf(reference);
        const a = profileOf(frame, one);
        const b = profileOf(frame, two);
        const left = subtractProfiles(mergeProfiles(a, b), b);
        expectCountsEqual(left, a);
      }),
      RUNS,
    );
  });

  test('decoding an encoded profile gives the same, and equal profiles have equal bytes', () => {
    fc.assert(
      fc.property(arbitraryRows, arbitraryRows, (reference, rows) => {
        const frame = frameOf(reference);
        const profile = profileOf(frame, rows);
        const buffer = encodeProfile(profile);
        const decoded = decodeProfile(buffer, frame);
        expect(plain(decoded)).toEqual(plain(profile));
        expect(Buffer.from(encodeProfile(decoded)).equals(Buffer.from(buffer))).toBe(true);
      }),
      RUNS,
    );
  });

  test('calendar windows sum to the profile of all rows', () => {
    fc.assert(
      fc.property(
        arbitraryRows,
        arbitraryRows,
        fc.constantFrom('hour', 'day', 'week', 'month'),
        (one, two, unit) => {
          const frame = { ...frameOf(one), windowing: { column: 'when', unit } } as Frame;
          const windowed = new WindowedProfiler(frame, cpuKernels);
          for (const rows of [one, two]) windowed.add(batchOf(rows));
          expectSameProfile(windowed.total(), profileOf(frame, one, two), { neighbours: false });
          for (const [start, profile] of windowed.windows) {
            const part = profile.parts.get('when')!;
            if (part.kind !== 'time') throw new Error('the time column has a time part');
            expect(part.min).toBeGreaterThanOrEqual(start);
            expect(part.max).toBeLessThan(windowed.endOf(start));
          }
        },
      ),
      RUNS,
    );
  });

  test('the frame does not depend on how its rows were split', () => {
    const split = arbitraryRows.chain((rows) => fc.tuple(fc.constant(rows), arbitrarySplit(rows.length)));
    fc.assert(
      fc.property(split, ([rows, cuts]) => {
        const parts = cuts.slice(1).map((to, i) => rows.slice(cuts[i]!, to));
        expect(plain(frameOf(...parts))).toEqual(plain(frameOf(rows)));
      }),
      RUNS,
    );
  });

  test('nothing that the reference held is unseen or out of range', () => {
    fc.assert(
      fc.property(arbitraryRows, (rows) => {
        const frame = frameOf(rows);
        for (const part of profileOf(frame, rows).parts.values()) {
          if (part.kind === 'category' || part.kind === 'boolean')
            expect([part.other, part.unseen]).toEqual([0, 0]);
          if (part.kind !== 'number' || part.counts.length === 1) continue;
          expect([part.counts[0], part.counts[part.counts.length - 1]]).toEqual([0, 0]);
        }
      }),
      RUNS,
    );
  });
});

describe('profiles of different baselines', () => {
  test('refuse to merge, to subtract and to decode, naming both ids', () => {
    const one = frameOf([]);
    const two = { ...one, id: 'f'.repeat(32) };
    for (const combine of [mergeProfiles, subtractProfiles]) {
      expectMismatch(() => combine(emptyProfile(one), emptyProfile(two)), one.id, two.id);
    }
    expectMismatch(() => decodeProfile(encodeProfile(emptyProfile(one)), two), one.id, two.id);
  });
});

function expectMismatch(run: () => unknown, ...ids: string[]): void {
  let caught: unknown;
  try {
    run();
  } catch (error) {
    caught = error;
  }
  expect(isDriftglassError(caught, 'BaselineMismatchError')).toBe(true);
  for (const id of ids) expect((caught as Error).message).toContain(id);
}

/** Counts only: sums lose bits, and what merely merges cannot be taken back. */
function expectCountsEqual(actual: Profile, expected: Profile): void {
  const stripped = (profile: Profile): Profile => {
    const parts = new Map(profile.parts);
    for (const [name, part] of parts) {
      if (part.kind === 'number') parts.set(name, noSums(part));
      if (part.kind === 'text')
        parts.set(name, { ...part, length: noSums(part.length), words: noSums(part.words) });
    }
    return { ...profile, parts };
  };
  expectSameProfile(stripped(actual), stripped(expected), { merging: false });
}

function noSums<
  P extends { sums: Float64Array; binSums: Float64Array; min: number; max: number; distinct: Uint8Array },
>(part: P): P {
  const none = new Float64Array(0);
  return { ...part, sums: none, binSums: none };
}
