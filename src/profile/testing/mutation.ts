// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';

const joined = (...pieces: Uint8Array[]) => new Uint8Array(Buffer.concat(pieces));

/** Bytes changed, cut out, doubled or cut off at random places. */
export function arbitraryMutation(length: number): fc.Arbitrary<(bytes: Uint8Array) => Uint8Array> {
  const place = fc.oneof(fc.integer({ min: 0, max: length - 1 }), fc.integer({ min: 0, max: 200 }));
  const change = fc.oneof(
    fc.tuple(place, fc.integer({ min: 0, max: 255 })).map(([at, byte]) => (bytes: Uint8Array) => {
      if (at < bytes.length) bytes[at] = byte;
      return bytes;
    }),
    fc.tuple(place, fc.integer({ min: 1, max: 9 })).map(([at, count]) => (bytes: Uint8Array) => {
      return joined(bytes.subarray(0, at), bytes.subarray(at + count));
    }),
    place.map(
      (at) => (bytes: Uint8Array) => joined(bytes.subarray(0, at), bytes.subarray(Math.max(0, at - 8))),
    ),
    place.map((at) => (bytes: Uint8Array) => bytes.slice(0, at)),
  );
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) => (bytes) => changes.reduce((each, apply) => apply(each), bytes));
}
