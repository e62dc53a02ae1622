// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDriftglassError } from '../errors.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { crc32 } from '../sources/crc32.js';
import { type Baseline, decodeBaseline, encodeBaseline } from './baseline-file.js';
import { encodeProfile } from './codec.js';
import { arbitraryRow, arbitraryRows, batchOf, frameOf, type Rows } from './testing/arbitrary-data.js';
import { plain } from './testing/expect-profile.js';
import { arbitraryMutation } from './testing/mutation.js';
import { WindowedProfiler } from './windowed.js';

function baselineOf(rows: Rows, name = 'reference.csv'): Baseline {
  const frame = frameOf(rows);
  const profiler = new WindowedProfiler(frame, cpuKernels);
  profiler.add(batchOf(rows));
  const windows = [...profiler.windows]
    .sort(([a], [b]) => a - b)
    .map(([start, profile]) => ({ start, profile }));
  return { name, createdBy: 'driftglass test', frame, profile: profiler.total(), windows };
}

const [SAMPLE] = fc.sample(fc.array(arbitraryRow, { minLength: 25, maxLength: 25 }), { numRuns: 1, seed: 5 });
const baseline = baselineOf(SAMPLE!);
const buffer = encodeBaseline(baseline);
/** To be changed at will. */
const copy = () => new Uint8Array(buffer.slice(0));

/** What decoding makes of bytes: a baseline, or the name and message of an error. */
function outcome(bytes: Uint8Array): Baseline | string {
  try {
    return decodeBaseline(bytes);
  } catch (error) {
    if (isDriftglassError(error, 'CodecError')) return error.message;
    throw error;
  }
}

describe('baseline files', { timeout: 60_000 }, () => {
  test('decode to what was encoded', () => {
    const case_ = fc.tuple(arbitraryRows, fc.string({ unit: 'binary', maxLength: 8 }));
    fc.assert(
      fc.property(case_, ([rows, name]) => {
        const made = baselineOf(rows, name);
        const encoded = encodeBaseline(made);
        const decoded = decodeBaseline(encoded);
        expect(plain(decoded)).toEqual(plain(made));
        expect(Buffer.from(encodeBaseline(decoded)).equals(Buffer.from(encoded))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('are read from a view into a larger buffer', () => {
    const larger = new Uint8Array(buffer.byteLength + 7);
    larger.set(new Uint8Array(buffer), 3);
    expect(plain(decodeBaseline(larger.subarray(3, 3 + buffer.byteLength)))).toEqual(plain(baseline));
  });

  test.each<[string, (bytes: Uint8Array) => Uint8Array, RegExp]>([
    ['nothing', () => new Uint8Array(0), /truncated/],
    ['the first bytes only', (bytes) => bytes.slice(0, 11), /truncated, only 11 bytes/],
    ['half of it', (bytes) => bytes.slice(0, bytes.length >> 1), /truncated, \d+ of \d+ bytes/],
    ['a CSV file', () => new TextEncoder().encode('id,amount\n1,2\n3,4\n5,6\n7,8\n'), /foreign/],
    ['a file that was mangled as text', (bytes) => bytes.filter((byte) => byte !== 13), /foreign/],
    [
      'one flipped bit',
      (bytes) => bytes.with(bytes.length - 9, bytes[bytes.length - 9]! ^ 16),
      /corrupted, its checksum/,
    ],
    ['bytes added', (bytes) => Uint8Array.of(...bytes, 0), /corrupted, 1 bytes too many/],
    ['a later format', (bytes) => bytes.with(12, 2), /newer, of format 2; .* reads up to 1/],
    ['a profile', () => new Uint8Array(encodeProfile(baseline.profile)), /foreign, another kind/],
  ])('%s is a CodecError that says so', (_, change, message) => {
    expect(outcome(change(copy()))).toMatch(message);
  });

  test('mutated bytes give a CodecError, or the same baseline', () => {
    fc.assert(
      fc.property(arbitraryMutation(buffer.byteLength), (mutate) => {
        const result = outcome(mutate(copy()));
        if (typeof result === 'string') return;
        expect(Buffer.from(encodeBaseline(result)).equals(Buffer.from(buffer))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('mutated bytes with a right checksum give a CodecError or some baseline, and nothing else', () => {
    let read = 0;
    fc.assert(
      fc.property(arbitraryMutation(buffer.byteLength), (mutate) => {
        const bytes = mutate(copy());
        if (bytes.length < 24) return;
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        view.setUint32(20, bytes.length - 24, true);
        view.setUint32(8, crc32(bytes.subarray(12)), true);
        if (typeof outcome(bytes) !== 'string') read++;
      }),
      { numRuns: 2_000 },
    );
    // Some changes are of values that any baseline may have: otherwise nothing beyond the checksum was tried.
    expect(read).toBeGreaterThan(10);
  });

  test('lengths that promise more than follows are refused before memory is taken', () => {
    const bytes = copy();
    const view = new DataView(bytes.buffer);
    const payload = bytes.subarray(24);
    // The first length is that of the name.
    payload.set([0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], 0);
    view.setUint32(8, crc32(bytes.subarray(12)), true);
    expect(outcome(bytes)).toMatch(/corrupted at byte \d+: \d+ bytes expected/);
  });
});
