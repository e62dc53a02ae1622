// SPDX-License-Identifier: Apache-2.0
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { chooseKernels } from '../kernels/choose.js';
import type { Kernels } from '../kernels/kernels.js';
import type { FeatureReport, Report } from '../report/report.js';
import { reportSchema } from '../report/schema.js';
import { bytesFromBuffer } from '../sources/bytes.js';
import type { Bytes } from '../sources/source.js';
import { Engine } from './engine.js';
import { LocalHelper } from './helper.js';
import type { FileSpec, Progress, Split } from './protocol.js';
import { tableFile, textFile } from './testing/tables.js';

let kernels: Kernels;
let reads = 0;
const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(reportSchema);

beforeAll(async () => {
  kernels = (await chooseKernels()).kernels;
});

function openBytes(file: FileSpec): Bytes {
  if (!('buffer' in file)) throw new Error('tests give buffers');
  const bytes = bytesFromBuffer(file.buffer, file.name);
  return {
    ...bytes,
    slice: (start, end) => {
      reads++;
      return bytes.slice(start, end);
    },
  };
}

function newEngine(): Engine {
  return new Engine({ kernels, openBytes, place: 'node', worthSharing: 0 });
}

async function opened(reference: FileSpec, current: FileSpec): Promise<Engine> {
  const engine = newEngine();
  await engine.open('reference', [reference]);
  await engine.open('current', [current]);
  return engine;
}

function feature(report: Report, name: string): FeatureReport {
  const found = report.features.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no feature ${name}`);
  return found;
}

async function expectValidJson(engine: Engine): Promise<void> {
  const { data } = await engine.exportAs('json');
  const valid = validate(JSON.parse(data as string));
  expect(validate.errors ?? []).toEqual([]);
  expect(valid).toBe(true);
}

const plain = tableFile('plain.csv', { rows: 4000, seed: 1 });
const same = tableFile('same.csv', { rows: 4000, seed: 2, start: '2024-03-01' });
const shifted = tableFile('shifted.csv', {
  rows: 4000,
  seed: 3,
  shift: 0.5,
  unseen: 0.08,
  missing: 0.1,
  start: '2024-03-01',
});

describe('two files', () => {
  it('finds what moved and leaves the rest alone', async () => {
    const engine = await opened(plain, shifted);
    const report = await engine.compare();
    expect(report.engine.mode).toBe('exact');
    expect(report.reference).toEqual({ name: 'plain.csv', rows: 4000 });
    expect(report.summary.rating).toBe('drift');
    expect([...report.summary.drift].sort()).toEqual(['city', 'speed']);
    expect(feature(report, 'load').verdict.rating).not.toBe('drift');
    expect(feature(report, 'speed').distances.kolmogorovSmirnov?.value).toBeGreaterThan(0.15);
    expect(report.headline.title).toContain('speed');
    await expectValidJson(engine);
  });

  it('says nothing drifted when nothing did', async () => {
    const engine = await opened(plain, same);
    const report = await engine.compare();
    expect(report.summary.drift).toEqual([]);
    expect(report.checks.filter((check) => !check.passed && check.severity === 'drift')).toEqual([]);
    await expectValidJson(engine);
  });

  it('names the columns that are missing and added; a missing one is drift', async () => {
    const engine = await opened(
      textFile('a.csv', 'x,y\n1,2\n3,4\n5,6\n'),
      textFile('b.csv', 'x,z\n1,2\n3,4\n5,6\n'),
    );
    const report = await engine.compare();
    expect(report.columns.missing).toEqual(['y']);
    expect(report.columns.added).toEqual(['z']);
    expect(report.summary.rating).toBe('drift');
    await expectValidJson(engine);
  });

  it('gives the same report from several helpers as from one', async () => {
    const alone = await (await opened(plain, shifted)).compare();
    const engine = await opened(plain, shifted);
    engine.addHelper(new LocalHelper(kernels, openBytes));
    engine.addHelper(new LocalHelper(kernels, openBytes));
    const shared = await engine.compare();
    expect({ ...shared, engine: null }).toEqual({ ...alone, engine: null });
  });
});

describe('beyond the memory budget', () => {
  it('certifies what the exact way finds', async () => {
    const exact = await (await opened(plain, shifted)).compare();
    const engine = await opened(plain, shifted);
    const certified = await engine.compare({ memoryBudget: 1 });
    expect(certified.engine.mode).toBe('certified');
    expect(certified.reference.rows).toBe(4000);
    for (const name of ['kolmogorovSmirnov', 'kuiper', 'wasserstein', 'energy'] as const) {
      const truth = feature(exact, 'speed').distances[name]?.value as number;
      const distance = feature(certified, 'speed').distances[name];
      expect(distance?.exact).toBe(false);
      expect(distance?.lower).toBeLessThanOrEqual(truth + 1e-12);
      expect(distance?.upper).toBeGreaterThanOrEqual(truth - 1e-12);
    }
    expect(certified.summary.drift).toEqual(exact.summary.drift);
    expect(feature(certified, 'city').distances.totalVariation?.value).toBeCloseTo(
      feature(exact, 'city').distances.totalVariation?.value as number,
      9,
    );
    await expectValidJson(engine);
  });
});

describe('one file', () => {
  it('is split in time', async () => {
    const engine = newEngine();
    await engine.open('current', [plain]);
    const report = await engine.compare({ split: { column: 'when', at: '2024-01-31' } });
    expect(report.reference).toEqual({ name: 'when before 2024-01-31', rows: 2000 });
    expect(report.current.rows).toBe(2000);
    expect(report.windows.length).toBeGreaterThan(4);
    await expectValidJson(engine);
  });

  it('is split by a value', async () => {
    const engine = newEngine();
    await engine.open('current', [plain]);
    const report = await engine.compare({ split: { column: 'city', value: 'Oslo' } });
    expect(report.reference.rows + report.current.rows).toBe(4000);
    expect(report.summary.drift).toContain('city');
  });

  it('needs a split that means something', async () => {
    const engine = newEngine();
    await engine.open('current', [plain]);
    await expect(engine.compare()).rejects.toMatchObject({ name: 'SettingsError' });
    await expect(engine.compare({ split: { column: 'nowhere', at: 0 } })).rejects.toThrow('nowhere');
    await expect(engine.compare({ split: { column: 'when', at: '1990-01-01' } })).rejects.toThrow('no rows');
  });
});

describe('one file', () => {
  it('is looked at for places to split it, which leaves no trace', async () => {
    const engine = newEngine();
    expect(await engine.splitOffers()).toEqual([]);
    await engine.open('current', [plain]);
    const split = { column: 'when', at: '2024-01-15' };
    const before = (await engine.compare({ split })).notes;
    const [first] = await engine.splitOffers();
    expect(first).toMatchObject({ column: 'when', at: expect.stringMatching(/^2024-/) });
    const { reference, current } = await engine.compare({ split: first as Split });
    expect([reference.rows, current.rows]).toEqual([2_000, 2_000]);
    expect((await engine.compare({ split })).notes).toEqual(before);
  });
});

describe('settings', () => {
  it('change the rating without reading again', async () => {
    const engine = await opened(plain, shifted);
    await engine.compare();
    reads = 0;
    const lenient = await engine.rerate({ tolerances: { kolmogorovSmirnov: 0.9, missing: 0.9, tail: 0.9 } });
    expect(feature(lenient, 'speed').verdict.rating).not.toBe('drift');
    const strict = await engine.rerate({ level: 0.001 });
    expect(strict.level).toBe(0.001);
    expect(feature(strict, 'speed').verdict.rating).toBe('drift');
    const asCategory = await engine.rerate({
      columns: { ok: { kind: 'category' }, load: { role: 'prediction' } },
    });
    expect(asCategory.features[0].name).toBe('load');
    expect(reads).toBe(0);
  });

  it('that change a kind read again when rows were not kept', async () => {
    const engine = await opened(plain, shifted);
    await engine.compare({ memoryBudget: 1 });
    reads = 0;
    const report = await engine.rerate({ columns: { load: { kind: 'category' } } });
    expect(feature(report, 'load').kind).toBe('category');
    expect(reads).toBeGreaterThan(0);
  });
});

describe('a saved baseline', () => {
  it('stands in for the reference', async () => {
    const maker = newEngine();
    await maker.open('reference', [plain]);
    const buffer = await maker.makeBaseline();
    const engine = newEngine();
    const info = await engine.open('reference', [{ name: 'plain.baseline', buffer }]);
    expect(info.format).toBe('baseline');
    await engine.open('current', [shifted]);
    const report = await engine.compare();
    const whole = await (await opened(plain, shifted)).compare();
    expect(report.baselineId).toBe(whole.baselineId);
    expect([...report.summary.drift].sort()).toEqual([...whole.summary.drift].sort());
    await expectValidJson(engine);
  });

  it('is refused when damaged, and as the current side', async () => {
    const maker = newEngine();
    await maker.open('reference', [plain]);
    const buffer = await maker.makeBaseline();
    const damaged = buffer.slice(0);
    new Uint8Array(damaged)[200] ^= 1;
    const engine = newEngine();
    await expect(engine.open('reference', [{ name: 'bad', buffer: damaged }])).rejects.toMatchObject({
      name: 'CodecError',
    });
    await expect(engine.open('current', [{ name: 'good', buffer }])).rejects.toThrow('only be the reference');
  });
});

describe('what goes wrong', () => {
  it('leaves what was loaded in place', async () => {
    const engine = await opened(plain, shifted);
    const before = await engine.compare();
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0);
    await expect(engine.open('current', [{ name: 'photo.csv', buffer: png.buffer }])).rejects.toMatchObject({
      name: 'SourceError',
      message: expect.stringContaining('photo.csv'),
    });
    expect((await engine.compare()).summary).toEqual(before.summary);
  });

  it('is cancelled between parts', async () => {
    const engine = await opened(plain, shifted);
    const cancel = new AbortController();
    cancel.abort();
    await expect(engine.compare({ signal: cancel.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('reports progress in order', async () => {
    const engine = await opened(plain, shifted);
    const seen: Progress[] = [];
    await engine.compare({ onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ phase }) => phase)).toContain('reading');
    expect(
      seen.every(({ rows }, i) => i === 0 || rows >= seen[i - 1].rows || seen[i].phase !== seen[i - 1].phase),
    ).toBe(true);
  });
});
