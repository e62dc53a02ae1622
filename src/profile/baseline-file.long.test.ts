// SPDX-License-Identifier: Apache-2.0
/** The fuzzing of baseline-file.test.ts for longer, and over baselines of other shapes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDriftglassError } from '../errors.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { crc32 } from '../sources/crc32.js';
import { decodeBaseline, encodeBaseline } from './baseline-file.js';
import { arbitraryRows, batchOf, frameOf } from './testing/arbitrary-data.js';
import { arbitraryMutation } from './testing/mutation.js';
import { WindowedProfiler } from './windowed.js';

test('damaged baselines with a right checksum are read or refused, and nothing else', {
  timeout: 600_000,
}, () => {
  const damaged = arbitraryRows
    .map((rows) => {
      const frame = frameOf(rows);
      const profiler = new WindowedProfiler(frame, cpuKernels);
      profiler.add(batchOf(rows));
      const windows = [...profiler.windows].map(([start, profile]) => ({ start, profile }));
      return encodeBaseline({ name: 'r', createdBy: 'test', frame, profile: profiler.total(), windows });
    })
    .chain((buffer) =>
      fc.tuple(
        fc.constant(buffer),
        fc.array(arbitraryMutation(buffer.byteLength), { minLength: 50, maxLength: 50 }),
      ),
    );
  let tried = 0;
  fc.assert(
    fc.property(damaged, ([buffer, mutations]) => {
      for (const mutate of mutations) {
        const bytes = mutate(new Uint8Array(buffer.slice(0)));
        if (bytes.length < 24) continue;
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        view.setUint32(20, bytes.length - 24, true);
        view.setUint32(8, crc32(bytes.subarray(12)), true);
        tried++;
        try {
          decodeBaseline(bytes);
        } catch (error) {
          if (!isDriftglassError(error, 'CodecError')) throw error;
        }
      }
    }),
    { numRuns: 1_000 },
  );
  expect(tried).toBeGreaterThan(30_000);
});
