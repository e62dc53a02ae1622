// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Frame } from '../baseline/frame.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { decodeProfile, encodeProfile } from './codec.js';
import { FrameMeter } from './meter.js';
import { emptyPacked, sumProfiles } from './packed-profile.js';
import type { Profile } from './parts.js';
import { emptyProfile, mergeAll } from './profile.js';
import { arbitraryRows, batchOf, frameOf, type Rows } from './testing/arbitrary-data.js';
import { plain } from './testing/expect-profile.js';

type Several = [Profile, ...Profile[]];

function filled(profile: Profile, frame: Frame, rows: Rows): Profile {
  const meter = new FrameMeter(frame, cpuKernels);
  profile.skipped += rows.length % 3;
  meter.addCounts(profile, meter.conformed(batchOf(rows)));
  return profile;
}

const loose = (frame: Frame) => emptyProfile(frame, { sketches: false });
const fields = (profile: Profile) => plain({ ...profile });
const several = fc.array(arbitraryRows, { minLength: 1, maxLength: 6 });

describe('packed profiles are as others', { timeout: 60_000 }, () => {
  test('empty, filled, encoded', () => {
    fc.assert(
      fc.property(arbitraryRows, arbitraryRows, (reference, rows) => {
        const frame = frameOf(reference);
        expect(fields(emptyPacked(frame))).toEqual(fields(loose(frame)));
        const packed = filled(emptyPacked(frame), frame, rows);
        expect(fields(packed)).toEqual(fields(filled(loose(frame), frame, rows)));
        const bytes = new Uint8Array(encodeProfile(packed));
        expect(fields(decodeProfile(bytes, frame))).toEqual(fields(packed));
      }),
      { numRuns: 60 },
    );
  });

  test('sums are to the bit those of mergeAll, of packed, of loose and of mixed ones', () => {
    fc.assert(
      fc.property(arbitraryRows, several, (reference, all) => {
        const frame = frameOf(reference);
        const expected = fields(mergeAll(all.map((rows) => filled(loose(frame), frame, rows)) as Several));
        const packed = all.map((rows) => filled(emptyPacked(frame), frame, rows)) as Several;
        const before = packed.map(fields);
        const sum = sumProfiles(packed);
        expect(fields(sum)).toEqual(expected);
        expect(packed.map(fields)).toEqual(before);
        expect(fields(sumProfiles([sum, emptyPacked(frame)]))).toEqual(expected);
        expect(fields(sumProfiles([sum, loose(frame)]))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('a part that was put in the place of another counts, the other does not', () => {
    fc.assert(
      fc.property(arbitraryRows, arbitraryRows, arbitraryRows, (reference, one, two) => {
        const frame = frameOf(reference);
        for (const name of ['real', 'word']) {
          const [a, b] = [one, two].map((rows) => filled(emptyPacked(frame), frame, rows));
          const other = filled(loose(frame), frame, two).parts.get(name)!;
          b!.parts.set(name, other);
          const sums = [sumProfiles([a!, b!]), sumProfiles([emptyPacked(frame), sumProfiles([a!, b!])])];
          const expected = mergeAll([
            filled(loose(frame), frame, one),
            filled(loose(frame), frame, two),
          ]).parts.get(name);
          for (const sum of sums) expect(plain(sum.parts.get(name))).toEqual(plain(expected));
        }
      }),
      { numRuns: 30 },
    );
  });
});
