// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unpackBits } from './bits.js';
import { loadCodec } from './codecs.js';
import { DeltaDecoder } from './delta.js';
import { HybridDecoder } from './hybrid.js';
import { unpackSnappy } from './snappy.js';
import { ThriftReader } from './thrift.js';

/** Integers packed to `width` bits, least significant first, as the format says; slow and plain. */
function packBits(values: readonly bigint[], width: number): number[] {
  let all = 0n;
  values.forEach((value, i) => {
    all |= value << BigInt(i * width);
  });
  const bytes = Math.ceil((values.length * width) / 8);
  return Array.from({ length: bytes }, (_, i) => Number((all >> BigInt(8 * i)) & 255n));
}

function varint(value: bigint): number[] {
  const out: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) return [...out, Number(rest)];
    out.push(Number(rest & 127n) | 128);
  }
}

const zigzag = (value: bigint) => varint(BigInt.asUintN(64, (value << 1n) ^ (value >> 63n)));

test('property: packed bits of any width come back', () => {
  const widths = fc
    .integer({ min: 0, max: 32 })
    .chain((width) =>
      fc.tuple(
        fc.constant(width),
        fc.array(fc.bigInt({ min: 0n, max: 2n ** BigInt(width) - 1n }), { maxLength: 50 }),
      ),
    );
  fc.assert(
    fc.property(widths, ([width, values]) => {
      const bytes = Uint8Array.from([9, 9, 9, ...packBits(values, width)]);
      const out = new Float64Array(values.length);
      unpackBits(bytes, 3, width, out, 0, values.length);
      expect([...out]).toEqual(values.map(Number));
    }),
    { numRuns: 200, seed: 1 },
  );
});

describe('runs and packed groups', () => {
  const run = fc.record({
    kind: fc.constant('run' as const),
    length: fc.integer({ min: 1, max: 40 }),
    value: fc.integer({ min: 0, max: 6 }),
  });
  const packed = fc.record({
    kind: fc.constant('packed' as const),
    values: fc
      .array(fc.integer({ min: 0, max: 6 }), { minLength: 8, maxLength: 64 })
      .map((values) => values.slice(0, values.length - (values.length % 8))),
  });

  test('property: read in pieces of any size', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(run, packed), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
        (parts, steps) => {
          const bytes: number[] = [];
          const expected: number[] = [];
          for (const part of parts) {
            if (part.kind === 'run') {
              bytes.push(...varint(BigInt(part.length << 1)), part.value);
              expected.push(...Array<number>(part.length).fill(part.value));
            } else {
              bytes.push(
                ...varint(BigInt(((part.values.length / 8) << 1) | 1)),
                ...packBits(part.values.map(BigInt), 3),
              );
              expected.push(...part.values);
            }
          }
          const decoder = new HybridDecoder(Uint8Array.from(bytes), 0, bytes.length, 3);
          const out = new Int32Array(expected.length);
          for (let at = 0, k = 0; at < out.length; k++) {
            const step = Math.min(steps[k % steps.length], out.length - at);
            const skipped = k % 3 === 0 ? decoder.skipRunOf(5, step) : 0;
            out.fill(5, at, at + skipped);
            decoder.read(out, at + skipped, step - skipped);
            at += step;
          }
          expect([...out]).toEqual(expected);
          expect(() => decoder.read(new Int32Array(1), 0, 1)).toThrow('fewer values');
        },
      ),
      { numRuns: 200, seed: 2 },
    );
  });

  test('a value beyond the width, and runs without end, are refused', () => {
    const read = (bytes: number[]) =>
      new HybridDecoder(Uint8Array.from(bytes), 0, bytes.length, 3).read(new Int32Array(4), 0, 4);
    expect(() => read([8, 9])).toThrow('beyond its 3 bits');
    expect(() => read([255, 255, 255, 255, 255, 255])).toThrow('too long');
    expect(() => read([0, 0, 0])).toThrow('fewer values');
    expect(() => read([3])).toThrow('fewer values');
  });
});

describe('delta encoding', () => {
  /** The format's encoder with blocks of 128 in four parts. */
  function encode(values: readonly bigint[]): Uint8Array {
    const out = [
      ...varint(128n),
      ...varint(4n),
      ...varint(BigInt(values.length)),
      ...zigzag(values[0] ?? 0n),
    ];
    const deltas = values.slice(1).map((value, i) => BigInt.asIntN(64, value - values[i]));
    for (let at = 0; at < deltas.length; at += 128) {
      const block = deltas.slice(at, at + 128);
      const least = block.reduce((a, b) => (a < b ? a : b));
      const parts = [0, 32, 64, 96].map((from) =>
        block.slice(from, from + 32).map((delta) => BigInt.asUintN(64, delta - least)),
      );
      const widths = parts.map((part) =>
        part.reduce((most, delta) => Math.max(most, delta.toString(2).length * Number(delta > 0n)), 0),
      );
      out.push(...zigzag(least), ...widths);
      parts.forEach((part, k) => {
        if (part.length > 0)
          out.push(...packBits([...part, ...Array<bigint>(32 - part.length).fill(0n)], widths[k]));
      });
    }
    return Uint8Array.from(out);
  }

  const anyInteger = fc.oneof(
    fc.bigInt({ min: -1000n, max: 1000n }),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  );

  test('property: 64-bit integers, small and large, with the place of the end', () => {
    fc.assert(
      fc.property(fc.array(anyInteger, { minLength: 1, maxLength: 300 }), (values) => {
        const bytes = encode(values);
        const decoder = new DeltaDecoder(bytes, 0, 64, 1);
        expect(decoder.total).toBe(values.length);
        const out = new Float64Array(values.length);
        decoder.read(out, 0, Math.min(7, values.length));
        decoder.read(out, Math.min(7, values.length), values.length - Math.min(7, values.length));
        expect([...out]).toEqual(values.map(Number));
        expect(decoder.rounded).toBe(values.some((value) => !Number.isSafeInteger(Number(value))));
        expect(new DeltaDecoder(bytes, 0, 64, 1).skipToEnd()).toBe(bytes.length);
        expect(() => decoder.read(out, 0, 1)).toThrow('fewer values');
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  test('nanoseconds become milliseconds without losing any', () => {
    const values = [1_700_000_000_123_000_000n, -1_700_000_000_123_000_000n, 1_700_000_000_123_456_789n];
    const out = new Float64Array(3);
    new DeltaDecoder(encode(values), 0, 64, 1_000_000).read(out, 0, 3);
    expect([...out]).toEqual([1_700_000_000_123, -1_700_000_000_123, 1_700_000_000_123.4568]);
  });
});

describe('Snappy', () => {
  test('literals and copies, overlapping ones too', () => {
    // "abcd" literal, then a copy of 8 from 4 back, then a copy of 5 from 1 back
    const packed = Uint8Array.from([
      17,
      (4 - 1) << 2,
      97,
      98,
      99,
      100,
      ((8 - 4) << 2) | 1,
      4,
      ((5 - 1) << 2) | 2,
      1,
      0,
    ]);
    expect(new TextDecoder().decode(unpackSnappy(packed, 17))).toBe('abcdabcdabcdddddd');
  });

  test('what does not fit is refused', () => {
    expect(() => unpackSnappy(Uint8Array.from([4, 12, 97, 98]), 4)).toThrow('longer than its block');
    expect(() => unpackSnappy(Uint8Array.from([4, 1, 9]), 4)).toThrow('points outside');
    expect(() => unpackSnappy(Uint8Array.from([4, 0, 97]), 4)).toThrow('1 bytes, not 4');
  });

  test('a page that claims an absurd size is refused before memory is taken', async () => {
    for (const codec of ['SNAPPY', 'GZIP', 'ZSTD', 'LZ4_RAW', 'BROTLI'] as const) {
      const unpack = await loadCodec(codec);
      expect(() => unpack(new Uint8Array(20), 2 ** 31)).toThrow('states that it unpacks to 2147483648');
    }
    await expect(loadCodec('LZO')).rejects.toThrow('compressed with LZO');
  });
});

describe('Thrift', () => {
  test('lists that claim more than there is, and endless nesting, are refused', () => {
    // field 1, a list of 2^28 structs
    expect(() => new ThriftReader(Uint8Array.from([0x19, 0xfc, 0x80, 0x80, 0x80, 0x80, 1])).struct()).toThrow(
      'beyond its end',
    );
    const nested = Uint8Array.from({ length: 1000 }, () => 0x1c);
    expect(() => new ThriftReader(nested).struct()).toThrow('nested too deeply');
    const lists = Uint8Array.from([0x19, ...Array<number>(1000).fill(0x19)]);
    expect(() => new ThriftReader(lists).struct()).toThrow('nested too deeply');
  });
});
