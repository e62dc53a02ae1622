// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { bytesFromBlob, bytesFromBuffer, bytesFromChunks } from './bytes.js';
import { bytesFromPath } from './bytes-node.js';
import { corpusPresent, DATA, FORMATS, filesUnder, listValues, readAll } from './fixtures/corpus.js';
import { detectFormat } from './format.js';
import { unpackGzip } from './gunzip.js';
import { openSource } from './open.js';
import type { Bytes } from './source.js';

const text = (content: string, name: string) => bytesFromBuffer(new TextEncoder().encode(content), name);
const latin1 = (content: string, name: string) =>
  bytesFromBuffer(
    Uint8Array.from(content, (c) => c.charCodeAt(0)),
    name,
  );

describe('bytes', () => {
  test('every kind gives the same ranges', async () => {
    const whole = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
    const folder = mkdtempSync(join(tmpdir(), 'driftglass-'));
    writeFileSync(join(folder, 'f.bin'), whole);
    try {
      const kinds: Bytes[] = [
        bytesFromBuffer(whole.buffer, 'f.bin'),
        bytesFromBlob(new Blob([whole]), 'f.bin'),
        bytesFromChunks([whole.subarray(0, 300), whole.subarray(300, 301), whole.subarray(301)], 'f.bin'),
        await bytesFromPath(join(folder, 'f.bin')),
      ];
      for (const bytes of kinds) {
        expect(bytes.size).toBe(1000);
        expect(bytes.name).toBe('f.bin');
        for (const [from, to] of [
          [0, 0],
          [0, 1000],
          [299, 302],
          [300, 301],
          [990, 2000],
          [1000, 1001],
        ]) {
          expect([...(await bytes.slice(from, to))]).toEqual([...whole.subarray(from, to)]);
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a blob is read whole once, and a few of them are kept', async () => {
    const reads: string[] = [];
    class Watched extends Blob {
      override arrayBuffer(): Promise<ArrayBuffer> {
        reads.push('whole');
        return super.arrayBuffer();
      }
      override slice(from?: number, to?: number): Blob {
        reads.push('range');
        return super.slice(from, to);
      }
    }
    const size = 200_000;
    const files = Array.from({ length: 6 }, (_, i) =>
      bytesFromBlob(new Watched([new Uint8Array(size).fill(i)]), 'f.bin'),
    );
    for (const [i, file] of files.entries()) {
      expect([...(await file.slice(10, 14))]).toEqual([i, i, i, i]);
      expect((await file.slice(0, 100_000)).every((byte) => byte === i)).toBe(true);
      expect((await file.slice(100_000, size)).length).toBe(100_000);
      expect(await file.slice(5, 6)).toEqual(Uint8Array.of(i));
    }
    expect(reads).toEqual(files.flatMap(() => ['range', 'whole']));
    // The first has made room for later ones, and is read again.
    expect((await files[0]!.slice(0, size))[size - 1]).toBe(0);
    expect(reads.slice(12)).toEqual(['whole']);
  });

  test('a path that is no file is a SourceError', async () => {
    await expect(bytesFromPath('/nowhere/x.csv')).rejects.toMatchObject({
      name: 'SourceError',
      message: '/nowhere/x.csv: no such file',
    });
    await expect(bytesFromPath(tmpdir())).rejects.toMatchObject({
      name: 'SourceError',
      message: expect.stringContaining('not a regular file'),
    });
  });
});

describe('formats', () => {
  test.each([
    ['PAR1....', 'x.csv', 'parquet'],
    ['ARROW1\0\0', 'x', 'arrow'],
    ['\xff\xff\xff\xff\x10', 'x', 'arrow'],
    ['\x93NUMPY\x01\0', 'x.csv', 'npy'],
    ['\x1f\x8b\x08', 'x.csv', 'gzip'],
    ['a,b\n1,2\n', 'x.csv', 'csv'],
    ['a,b\n1,2\n', 'noname', 'csv'],
    ['{"a":1}\n{"a":2}\n', 'x.csv', 'ndjson'],
    ['{"a":1}\n{"a":2}\n', 'x.json', 'ndjson'],
    ['{"a":\n[1]}', 'x.txt', 'json'],
    ['\xef\xbb\xbf[{"a":1}]', 'x', 'json'],
    ['[section],x\n1,2', 'x.csv', 'csv'],
    ['\xff\xfea\0,\0b\0', 'x.csv', 'csv'],
  ])('%j named %s is %s', async (content, name, format) => {
    expect(await detectFormat(latin1(content, name))).toBe(format);
  });

  test.each([
    ['', 'x.csv', 'the file is empty (0 bytes)'],
    ['%PDF-1.7', 'x.csv', 'looks like a PDF document'],
    ['SQLite format 3\0', 'x.csv', 'looks like a SQLite database: export it as CSV'],
    ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'x.xls', 'looks like an Excel workbook'],
    ['FEA1', 'x.feather', 'version 1'],
    ['\x89PNG\r\n', 'x.csv', 'PNG image'],
    ['<!DOCTYPE html><html>', 'x.csv', 'looks like a web page'],
    ['<?xml version="1.0"?>', 'x.csv', 'looks like an XML document'],
    ['a,b\n', 'x.parquet', 'is named .parquet, but its first bytes are not those of such a file'],
    ['a,b\n', 'x.json', 'is named as JSON, but begins with "a,b\\n"'],
    ['\x01\x02\x03\x04\x05\x06\x07\x08', 'x.csv', 'binary data of no known format'],
  ])('%j named %s is refused', async (content, name, reason) => {
    const error = await detectFormat(latin1(content, name)).catch((caught: Error) => caught);
    expect(error).toMatchObject({ name: 'SourceError', message: expect.stringContaining(`${name}: `) });
    expect((error as Error).message).toContain(reason);
  });

  test('archives are told apart by what is in them', async () => {
    const zip = (files: Record<string, string>) =>
      zipSync(
        Object.fromEntries(
          Object.entries(files).map(([name, content]) => [name, new TextEncoder().encode(content)]),
        ),
      );
    const reason = (files: Record<string, string>, name: string) =>
      detectFormat(bytesFromBuffer(zip(files), name)).catch((error: Error) => error.message);
    expect(await reason({ '[Content_Types].xml': '', 'xl/workbook.xml': '' }, 'x.csv')).toBe(
      'x.csv: looks like an Excel workbook: export it as CSV or Parquet',
    );
    expect(await reason({ 'a.csv': 'a,b' }, 'x.csv')).toContain('looks like a zip archive');
    expect(await reason({ 'a.npy': '' }, 'x')).toBe('npz');
  });
});

describe('gzip', () => {
  test('is unpacked whatever is inside, in one member or several', async () => {
    const one = gzipSync(new TextEncoder().encode('{"a":1}\n'));
    const two = gzipSync(new TextEncoder().encode('{"a":2}\n'));
    const both = new Uint8Array([...one, ...two]);
    const source = await openSource([bytesFromBuffer(both, 'x.ndjson.gz')]);
    expect(source.name).toBe('x.ndjson.gz');
    expect(source.format).toBe('ndjson');
    expect(listValues((await readAll(source)).columns.get('a')!)).toEqual([1, 2]);
  });

  test("members beyond the platform's unpacker keep their content", async () => {
    const parts = [0, 1, 2].map((k) =>
      gzipSync(Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * (k + 7)) % 251)),
    );
    const whole = new Uint8Array(await new Blob(parts).arrayBuffer());
    const unpacked = await unpackGzip(bytesFromBuffer(whole, 'm.gz'));
    expect(unpacked.size).toBe(9_000_000);
    const sample = await unpacked.slice(5_999_998, 6_000_003);
    expect([...sample]).toEqual(
      [2_999_998, 2_999_999].map((i) => (i * 8) % 251).concat([0, 1, 2].map((i) => (i * 9) % 251)),
    );
  });

  test('more than the limit is refused before it fills the memory', async () => {
    const bomb = gzipSync(new Uint8Array(4_000_000));
    await expect(unpackGzip(bytesFromBuffer(bomb, 'b.csv.gz'), undefined, 2 ** 20)).rejects.toMatchObject({
      name: 'SourceError',
      message: 'b.csv.gz: unpacks to more than 1 MB: unpack it and give the file itself',
    });
  });

  test('damaged and truncated data is refused', async () => {
    const packed = gzipSync(new TextEncoder().encode('a,b\n1,2\n'.repeat(1000)));
    const damaged = packed.slice();
    damaged[40] ^= 0xff;
    for (const bytes of [packed.subarray(0, packed.length - 12), damaged]) {
      await expect(unpackGzip(bytesFromBuffer(bytes, 'd.gz'))).rejects.toMatchObject({ name: 'SourceError' });
    }
  });
});

describe('several files', () => {
  test('are joined by column names, with nulls and a note where one lacks a column', async () => {
    const source = await openSource([
      text('[{"a":1,"s":"x"}]', 'one.json'),
      text('[{"s":"y","b":true}]', 'two.json'),
    ]);
    expect(source.name).toBe('one.json and 1 more');
    expect(source.parts).toBe(2);
    const { rows, columns } = await readAll(source);
    expect(rows).toBe(2);
    expect(Object.fromEntries([...columns].map(([name, column]) => [name, listValues(column)]))).toEqual({
      a: [1, null],
      s: ['x', 'y'],
      b: [null, 1],
    });
    expect(source.notes).toContain('column a: not in two.json, null there');
    expect(source.notes).toContain('column b: not in one.json, null there');
  });

  test("delimited files keep the first one's types and show its dialect", async () => {
    const source = await openSource([text('a;b\n1;x\n2;y\n', 'one.csv'), text('a;b\n3;z\nx;w\n', 'two.csv')]);
    expect(source).toMatchObject({ format: 'csv', dialect: { delimiter: ';' } });
    const { columns } = await readAll(source);
    expect(columns.get('a')).toEqual({
      type: 'number',
      values: new Float64Array([1, 2, 3, NaN]),
      status: new Uint8Array([0, 0, 0, 2]),
    });
    expect(listValues(columns.get('b')!)).toEqual(['x', 'y', 'z', 'w']);
  });

  test('a part of the whole reads only its file, and progress adds up', async () => {
    const source = await openSource([
      text('{"a":1}\n{"a":2}\n', 'one.ndjson'),
      text('{"a":3}\n', 'two.ndjson'),
    ]);
    const values: number[] = [];
    let last = { bytes: 0, rows: 0 };
    const onProgress = (progress: { bytes: number; rows: number }) => {
      last = progress;
    };
    for await (const batch of source.read({ parts: [1, 2], onProgress })) {
      values.push(...(listValues(batch.columns.get('a')!) as number[]));
    }
    expect(values).toEqual([3]);
    for await (const _ of source.read({ onProgress }));
    expect(last).toEqual({ bytes: source.byteLength, rows: 3 });
  });

  test('types that contradict each other are a SchemaError', async () => {
    const npy = (descr: string, data: number[]) => {
      const header = `${`{'descr': '${descr}', 'fortran_order': False, 'shape': (1,), }`.padEnd(117)}\n`;
      return latin1(
        `\x93NUMPY\x01\0${String.fromCharCode(header.length, 0)}${header}${String.fromCharCode(...data)}`,
        `${descr}.npy`,
      );
    };
    await expect(openSource([npy('|u1', [7]), npy('<U1', [65, 0, 0, 0])])).rejects.toMatchObject({
      name: 'SchemaError',
      message: expect.stringContaining('column c0 is number in |u1.npy, but string in <U1.npy'),
    });
  });

  test('no file is an error', async () => {
    await expect(openSource([])).rejects.toMatchObject({ name: 'SourceError' });
  });
});

test('an aborted signal stops a read with an AbortError', async () => {
  const source = await openSource([text('{"a":1}\n'.repeat(10), 'a.ndjson')]);
  const controller = new AbortController();
  controller.abort();
  await expect(
    source.read({ signal: controller.signal })[Symbol.asyncIterator]().next(),
  ).rejects.toMatchObject({ name: 'AbortError' });
});

describe.skipIf(!corpusPresent())('real data', () => {
  const files = corpusPresent()
    ? filesUnder(FORMATS).filter((file) => !/\.(json|gz|md|txt|py|yaml|bin)$/i.test(file))
    : [];

  test.each(files)('%s loads or is refused by name', async (file) => {
    const bytes = await bytesFromPath(join(FORMATS, file));
    try {
      const source = await openSource([bytes]);
      const { rows } = await readAll(source);
      if (source.rows !== undefined) expect(rows).toBe(source.rows);
    } catch (error) {
      expect(error).toMatchObject({ name: 'SourceError', message: expect.stringContaining(bytes.name) });
    }
  });

  test.each([
    ['employment/employment_MA_reference.pq', 68_785, 21],
    ['employment/employment_MA_analysis.pq', 208_892, 20],
    ['adult/adults.parquet', 48_842, 15],
    ['bike-sharing/hour.csv', 17_379, 17],
    ['bike-sharing/day.csv', 731, 16],
  ])('%s has %i rows and %i columns', async (file, rows, columns) => {
    const source = await openSource([await bytesFromPath(join(DATA, file))]);
    const read = await readAll(source);
    expect([read.rows, read.columns.size]).toEqual([rows, columns]);
  });
});
