// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { readVectorColumn } from '../../columns/testing/vectors.js';
import { bytesFromBuffer } from '../bytes.js';
import { npyBytes } from '../fixtures/make-npy.js';
import type { Bytes } from '../source.js';
import { openNpy } from './npy.js';

const at = (row: number, k: number) => ((row * 31 + k * 7) % 50) - 20;

const TYPES: readonly (readonly [string, number])[] = [
  ['<f2', 2],
  ['<f4', 4],
  ['>f4', 4],
  ['<f8', 8],
  ['>f8', 8],
  ['|i1', 1],
  ['<i2', 2],
  ['<i8', 8],
];

describe.each(TYPES)('%s', (descr) => {
  test.each([false, true])('Fortran order %s: every number at its row and place', async (fortran) => {
    const [rows, width] = [37, 9];
    const source = await openNpy(
      bytesFromBuffer(npyBytes({ descr, shape: [rows, width], fortran, at }), 'e.npy'),
    );
    expect(source.schema).toMatchObject([{ name: 'embedding', type: 'vector', dimension: width }]);
    expect(source.rows).toBe(rows);
    const { values } = await readVectorColumn(source.read(), 'embedding');
    expect([...values]).toEqual(
      Array.from({ length: rows * width }, (_, i) => at(Math.floor(i / width), i % width)),
    );
    expect(source.notes.join().includes('whole numbers')).toBe(!descr.includes('f'));
  });
});

/** Bytes that count what is asked of them. */
function metered(bytes: Bytes): Bytes & { most: number; reads: number } {
  const meter = {
    ...bytes,
    most: 0,
    reads: 0,
    slice: (start: number, end: number) => {
      meter.most = Math.max(meter.most, end - start);
      meter.reads++;
      return bytes.slice(start, end);
    },
  };
  return meter;
}

describe.each([
  [false, '<f4', 9000],
  [true, '|i1', 24_000],
] as const)('a large array, Fortran order %s', (fortran, descr, rows) => {
  const width = 768;
  const number = (row: number, k: number) => (row % 50) + (k % 31);
  const file = npyBytes({ descr, shape: [rows, width], fortran, at: number });

  test('comes in batches of 4 MiB out of two parts, never read whole', async () => {
    const bytes = metered(bytesFromBuffer(file, 'e.npy'));
    const source = await openNpy(bytes);
    expect(source.parts).toBe(2);
    const progress: number[] = [];
    let row = 0;
    for await (const batch of source.read({ onProgress: ({ rows: done }) => progress.push(done) })) {
      const column = batch.vectors!.get('embedding')!;
      expect(column.values.byteLength).toBeLessThanOrEqual(4 * 2 ** 20);
      for (const i of [0, batch.rows - 1]) {
        expect(column.values[i * width]).toBe(number(row + i, 0));
        expect(column.values[i * width + width - 1]).toBe(number(row + i, width - 1));
      }
      row += batch.rows;
    }
    expect(row).toBe(rows);
    expect(progress.at(-1)).toBe(rows);
    expect(progress.length).toBeGreaterThan(5);
    expect(bytes.most).toBeLessThanOrEqual(4 * 2 ** 20);
  });

  test('comes in larger batches where they are asked for, up to a part of 16 MiB', async () => {
    const source = await openNpy(bytesFromBuffer(file, 'e.npy'));
    const lengths: number[] = [];
    for await (const batch of source.read({ parts: [0, 1], batchRows: 65_536 })) lengths.push(batch.rows);
    expect(Math.max(...lengths)).toBeGreaterThan(5_000);
    expect(Math.max(...lengths) * width * 4).toBeLessThanOrEqual(16 * 2 ** 20);
  });

  test('parts read alone make up the whole', async () => {
    const source = await openNpy(bytesFromBuffer(file, 'e.npy'));
    const whole = await readVectorColumn(source.read(), 'embedding');
    const first = await readVectorColumn(source.read({ parts: [0, 1] }), 'embedding');
    const second = await readVectorColumn(source.read({ parts: [1, 2] }), 'embedding');
    expect(first.values.length + second.values.length).toBe(whole.values.length);
    expect(second.values.every((value, i) => value === whole.values[first.values.length + i])).toBe(true);
  });
});

describe('what is a vector', () => {
  const open = (shape: number[], descr = '<f4', vectors?: 'group' | 'columns') =>
    openNpy(bytesFromBuffer(npyBytes({ descr, shape, at }), 'e.npy'), vectors && { vectors });
  const word = async (...args: Parameters<typeof open>) => {
    const { schema } = await open(...args);
    return schema.map(({ name, type, dimension }) => `${name} ${type}${dimension ?? ''}`).join();
  };

  test('eight columns and more, or as asked', async () => {
    expect(await word([5, 8])).toBe('embedding vector8');
    expect(await word([5, 3])).toBe('c0 number,c1 number,c2 number');
    expect(await word([5, 3], '<f4', 'group')).toBe('embedding vector3');
    expect(await word([5, 8], '<f4', 'columns')).toMatch(/^c0 number,.*c7 number$/);
    expect(await word([5])).toBe('c0 number');
    expect(await word([5, 1], '<f4', 'group')).toBe('c0 number');
    expect(await word([5, 9], '|b1')).toMatch(/^c0 boolean/);
    expect(await word([5, 9], '<M8[s]')).toMatch(/^c0 time/);
  });

  test('10,000 numbers a row are read', async () => {
    const source = await open([3, 10_000]);
    const { values } = await readVectorColumn(source.read(), 'embedding');
    expect(values[29_999]).toBe(at(2, 9999));
  });

  test('no row at all', async () => {
    const source = await open([0, 768]);
    expect(source.rows).toBe(0);
    for await (const batch of source.read()) expect(batch.rows).toBe(0);
  });

  test.each<[number[], string]>([
    [[2, 16_385], 'vectors of 16385 numbers (at most 16384 can be read)'],
    [[4, 5, 3], 'shape (4, 5, 3)'],
    [[4, 0], 'an array without columns'],
  ])('%j is refused by name', async (shape, words) => {
    await expect(open(shape)).rejects.toMatchObject({
      name: 'SourceError',
      message: expect.stringContaining(words),
    });
    await expect(open(shape)).rejects.toThrow('e.npy');
  });

  test('a truncated file and a pickle are refused by name', async () => {
    const whole = npyBytes({ descr: '<f4', shape: [5, 9], at });
    await expect(openNpy(bytesFromBuffer(whole.slice(0, -3), 'e.npy'))).rejects.toThrow('e.npy: truncated');
    const pickled = npyBytes({ descr: '|O', shape: [5, 9], at: () => 0 });
    await expect(openNpy(bytesFromBuffer(pickled, 'e.npy'))).rejects.toThrow('pickle');
  });

  test('only what is asked for is read', async () => {
    const bytes = metered(bytesFromBuffer(npyBytes({ descr: '<f4', shape: [5, 9], at }), 'e.npy'));
    const source = await openNpy(bytes);
    const before = bytes.reads;
    for await (const batch of source.read({ columns: [] })) expect(batch.vectors).toBeUndefined();
    expect(bytes.reads).toBe(before);
  });
});
