// SPDX-License-Identifier: Apache-2.0
/** The command on files of vectors, as a person runs it. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { npyOf, type VectorsOptions, vectorRows } from '../engine/testing/embeddings.js';
import { reportSchema } from '../report/schema.js';
import { npyBytes } from '../sources/fixtures/make-npy.js';
import { runIn } from './testing/built-command.js';

const dimension = 16;
let folder: string;

// Each run is a process that starts threads: on a busy machine that takes seconds.
vi.setConfig({ testTimeout: 120_000 });

function write(name: string, values: Float32Array, d = dimension): Promise<void> {
  const file = npyOf(name, values, d);
  if (!('buffer' in file)) throw new Error('no bytes');
  return writeFile(join(folder, name), new Uint8Array(file.buffer));
}

function rowsOf(options: Partial<VectorsOptions> & { seed: number }): Float32Array {
  return vectorRows({ rows: 800, dimension, ...options });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftglass-vectors-'));
  await write('plain.npy', rowsOf({ seed: 1 }));
  await write('same.npy', rowsOf({ seed: 2 }));
  await write('moved.npy', rowsOf({ seed: 3, shift: 1 }));
  await write('shorter.npy', rowsOf({ seed: 4, dimension: 10 }), 10);
  await write('nan.npy', rowsOf({ seed: 5 }).fill(Number.NaN));
  await write('zeros.npy', rowsOf({ seed: 5 }).fill(0));
  await write('one.npy', rowsOf({ seed: 6, rows: 1 }));
  const whole = npyBytes({
    descr: '<i2',
    shape: [800, dimension],
    at: (row, k) => ((row * 31 + k * 17) % 13) - 6,
  });
  await writeFile(join(folder, 'whole.npy'), whole);
  await writeFile(join(folder, 'pickle.npy'), npyBytes({ descr: '|O', shape: [9, dimension], at: () => 0 }));
  await writeFile(join(folder, 'table.csv'), `x,y\n${'1,2\n3,4\n'.repeat(100)}`);
  await writeFile(join(folder, 'kinds.json'), JSON.stringify({ columns: { x: { kind: 'embedding' } } }));
  await writeFile(
    join(folder, 'numbers.json'),
    JSON.stringify({ columns: { embedding: { kind: 'number' } } }),
  );
});

afterAll(() => rm(folder, { recursive: true }));

const driftglass = (...args: string[]) => runIn(folder, args);

const small = ['--embedding-size', 'small'];

describe('driftglass compare with vectors', () => {
  it('prints every distance as JSON that its schema describes, and fails on drift', async () => {
    const { code, stdout } = await driftglass(
      'compare',
      'plain.npy',
      'moved.npy',
      ...small,
      '--json',
      '--fail-on',
      'drift',
    );
    expect(code).toBe(1);
    const report = JSON.parse(stdout);
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(reportSchema);
    validate(report);
    expect(validate.errors ?? []).toEqual([]);
    const { kind, distances, verdict } = report.features[0];
    expect(kind).toBe('embedding');
    expect(verdict).toMatchObject({ metric: 'combined', rating: 'drift' });
    for (const name of ['mmd', 'fourierMmd', 'fourierMmdWhitened', 'principalMoments', 'combined']) {
      expect(distances[name].value, name).toBeGreaterThan(0);
      expect(distances[name].pValue, name).toBeLessThan(1e-6);
      expect(distances[name].pMethod, name).toMatch(/\w/);
      expect(distances[name].convention, name).toMatch(/\w/);
    }
    for (const name of ['slicedWasserstein', 'frechet', 'cosine', 'classifier'])
      expect(distances[name].value, name).toBeGreaterThan(0);
    const { mmd, classifier } = distances;
    expect(mmd).toMatchObject({ bandwidth: expect.any(Number), biased: expect.any(Number) });
    expect(classifier.low).toBeLessThanOrEqual(classifier.auc);
  });

  it('prints a table, writes HTML without a vector in it, and is quiet where nothing moved', async () => {
    const { code, stdout, stderr } = await driftglass(
      'compare',
      'plain.npy',
      'same.npy',
      ...small,
      '--html',
      'r.html',
      '--fail-on',
      'drift',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/embedding/);
    expect(stdout).not.toMatch(/NaN|undefined|Infinity/);
    expect((await readFile(join(folder, 'r.html'), 'utf8')).length).toBeLessThan(500_000);
  });

  it('makes a baseline that stands in for the file, without rows where none are to be kept', async () => {
    expect((await driftglass('baseline', 'plain.npy', '-o', 'some.baseline', ...small)).code).toBe(0);
    expect(
      (await driftglass('baseline', 'plain.npy', '-o', 'none.baseline', ...small, '--no-rows')).code,
    ).toBe(0);
    const bytes = async (name: string) => (await stat(join(folder, name))).size;
    expect(await bytes('none.baseline')).toBeLessThan((await bytes('some.baseline')) - 256 * dimension);
    for (const [current, code] of [
      ['moved.npy', 1],
      ['same.npy', 0],
    ] as const) {
      const run = await driftglass('compare', '--baseline', 'none.baseline', current, '--fail-on', 'drift');
      expect(run.code).toBe(code);
    }
  });
});

describe('vectors that can hardly be compared', () => {
  const compared: [string, string[], number, RegExp][] = [
    ['of another length', ['plain.npy', 'shorter.npy'], 1, /no vector of 16 numbers rose from 0 % to 100 %/],
    ['all NaN', ['plain.npy', 'nan.npy'], 1, /NaN or an infinity rose/],
    ['all NaN in the reference', ['nan.npy', 'plain.npy'], 0, /no row of the reference side can be measured/],
    ['all zeros', ['plain.npy', 'zeros.npy'], 1, /Find out upstream why rows of embedding are all zeros/],
    ['one row', ['plain.npy', 'one.npy'], 0, /too few rows/],
    ['of whole numbers', ['whole.npy', 'whole.npy'], 0, /whole numbers/],
  ];
  it.each(compared)('%s: a table in words', async (_, files, exit, words) => {
    const { code, stdout, stderr } = await driftglass('compare', ...files, ...small, '--fail-on', 'drift');
    expect({ code, stderr }).toEqual({ code: exit, stderr: '' });
    expect(stdout).toMatch(words);
    expect(stdout).not.toMatch(/\bNaN(?! or|: expected)|undefined|\[object/);
  });

  const refused: [string, string[], RegExp][] = [
    ['a pickle', ['plain.npy', 'pickle.npy'], /pickle\.npy: .*pickle/],
    [
      'vectors as a number',
      ['plain.npy', 'same.npy', '--settings', 'numbers.json'],
      /"embedding" holds vectors of 16 numbers/,
    ],
    ['numbers as vectors', ['table.csv', 'table.csv', '--settings', 'kinds.json'], /"x" holds number values/],
    [
      'a group that is not there',
      ['table.csv', 'table.csv', '--group', 'q'],
      /no group of number columns begins with "q"/,
    ],
    [
      'a size that is none',
      ['plain.npy', 'same.npy', '--embedding-size', 'tiny'],
      /full or small, not "tiny"/,
    ],
  ];
  it.each(refused)('%s: 2 and one line', async (_, args, message) => {
    const { code, stdout, stderr } = await driftglass('compare', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
