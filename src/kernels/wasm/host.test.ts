// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test, vi } from 'vitest';
import { isDriftglassError } from '../../errors.js';
import { simdBinary } from './binary.js';
import { KernelHost } from './host.js';
import { Arena } from './memory.js';
import { decodeHex, kernelsOn } from './wasm.js';

const start = () => KernelHost.start(decodeHex(simdBinary));

describe('the arena', () => {
  test('blocks are aligned, do not overlap, and come back with the mark', () => {
    const arena = new Arena(new WebAssembly.Memory({ initial: 1 }), 1030);
    const mark = arena.mark();
    expect(mark).toBe(1040);
    expect(arena.take(1)).toBe(1040);
    expect(arena.take(17)).toBe(1056);
    expect(arena.take(0)).toBe(1088);
    arena.reset(mark);
    expect(arena.take(5)).toBe(1040);
  });

  test('grows by what is missing', () => {
    const arena = new Arena(new WebAssembly.Memory({ initial: 1 }), 16);
    const at = arena.take(200_000);
    new Uint8Array(arena.buffer, at, 200_000).fill(7);
    expect(arena.buffer.byteLength).toBe(4 * 65_536);
  });

  test('memory that cannot grow is a named error that says how much was asked', () => {
    const arena = new Arena(new WebAssembly.Memory({ initial: 1, maximum: 2 }), 16);
    const failure = caught(() => arena.take(3_000_000));
    expect(isDriftglassError(failure, 'EngineError')).toBe(true);
    expect(String(failure)).toMatch(/cannot grow to the 3 MB/);
    expect(String(caught(() => arena.take(2 ** 33)))).toMatch(/need 8193 MB .* ends at 4096 MB/);
    expect(arena.take(16)).toBe(16);
  });
});

describe('the kernels', () => {
  test('leave the memory at its mark, also when they throw', async () => {
    const host = await start();
    const kernels = kernelsOn(host, 'wasm');
    const before = host.call(({ arena }) => arena.mark());
    const column = Float32Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 100_003);
    kernels.moments(column, 0);
    kernels.histogram(column, kernels.prepareCuts(Float64Array.of(5, 50_000)));
    const sorted = kernels.sort(column).values;
    kernels.cdf(sorted, sorted);
    kernels.codes(Int32Array.of(1, 2), 3);
    expect(() => host.call(({ arena }) => arena.take(2 ** 33))).toThrow(/4096 MB/);
    expect(host.call(({ arena }) => arena.mark())).toBe(before);
    const size = host.byteLength;
    for (let i = 0; i < 200; i++) kernels.sort(column);
    expect(host.byteLength).toBe(size);
  });

  test('a long column passes through moments, histogram and codes in pieces', async () => {
    const host = await start();
    const kernels = kernelsOn(host, 'wasm');
    const rows = 3_000_000;
    expect(kernels.moments(new Float64Array(rows).fill(2), 0).sums).toEqual(
      [2, 4, 8, 16].map((x) => x * rows),
    );
    expect(kernels.codes(new Int32Array(rows), 1)).toEqual(Float64Array.of(rows, 0));
    const { counts } = kernels.histogram(new Float32Array(rows), kernels.prepareCuts(Float64Array.of(0)));
    expect(counts).toEqual(Float64Array.of(0, rows));
    expect(host.byteLength).toBeLessThanOrEqual(2 * 65_536);
  });

  test('memory that a large sort took is given back', async () => {
    const host = await start();
    const kernels = kernelsOn(host, 'wasm');
    const column = new Float64Array(10_000_000).fill(1);
    column[0] = 2;
    const { values } = kernels.sort(column);
    expect([values[0], values.at(-1)]).toEqual([1, 2]);
    expect(host.byteLength).toBeLessThan(2 ** 20);
    expect(kernels.sort(Float32Array.of(2, 1)).values).toEqual(Float32Array.of(1, 2));
  });

  test('results do not live in wasm memory', async () => {
    const kernels = kernelsOn(await start(), 'wasm');
    const { values } = kernels.sort(Float32Array.of(3, 1, 2));
    kernels.sort(Float32Array.of(9, 8, 7));
    expect(values).toEqual(Float32Array.of(1, 2, 3));
    expect(values.buffer.byteLength).toBe(12);
  });

  test('a host that may not instantiate again keeps its memory and goes on', async () => {
    const host = await start();
    const kernels = kernelsOn(host, 'wasm');
    const instance = vi.spyOn(WebAssembly, 'Instance').mockImplementation(function refuse() {
      throw new RangeError('too large for the main thread');
    });
    try {
      kernels.sort(new Float64Array(9_000_000));
      expect(host.byteLength).toBeGreaterThan(128 * 2 ** 20);
      expect(kernels.sort(Float32Array.of(2, 1)).values).toEqual(Float32Array.of(1, 2));
    } finally {
      instance.mockRestore();
    }
  });

  test('more cuts than the table can index fall back to the cpu twin', async () => {
    const kernels = kernelsOn(await start(), 'wasm');
    const cuts = Float64Array.from({ length: 70_000 }, (_, i) => i);
    const { counts, sums } = kernels.histogram(Float32Array.of(-1, 69_999.5, 3), kernels.prepareCuts(cuts));
    expect([counts[0], counts[4], counts[70_000], sums[70_000]]).toEqual([1, 1, 1, 69_999.5]);
  });
});

function caught(job: () => unknown): unknown {
  try {
    job();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
