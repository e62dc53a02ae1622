// SPDX-License-Identifier: Apache-2.0
/** Embeddings from files to verdict, in Node. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../report/schema.js';
import type { Engine } from './engine.js';
import { vectorsFile } from './testing/embeddings.js';
import { featureOf, newEngine, opened } from './testing/engines.js';

const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(reportSchema);

async function expectValidJson(engine: Engine): Promise<void> {
  const { data } = await engine.exportAs('json');
  validate(JSON.parse(data as string));
  expect(validate.errors ?? []).toEqual([]);
}

/** Fewer frequencies, so that a comparison takes tenths of a second. */
const settings = { embeddings: { size: 'small' } } as const;
const size = { rows: 1_500, dimension: 24 } as const;
const plain = vectorsFile('plain.npy', { ...size, seed: 1 });
const same = vectorsFile('same.npy', { ...size, seed: 2 });
const shifted = vectorsFile('shifted.npy', { ...size, seed: 3, shift: 1 });
const lost = vectorsFile('lost.npy', { ...size, seed: 4, clusters: 3 });

describe('two files of vectors', () => {
  it('are stable where nothing moved, drift where the mean or a cluster did', async () => {
    const quiet = await opened(plain, same);
    expect((await quiet.compare({ settings })).summary.drift).toEqual([]);
    await expectValidJson(quiet);
    for (const file of [shifted, lost]) {
      const engine = await opened(plain, file);
      const report = await engine.compare({ settings });
      expect(report.summary).toMatchObject({ rating: 'drift', drift: ['embedding'] });
      const { distances, verdict } = featureOf(report);
      expect(verdict.metric).toBe('combined');
      expect(verdict.adjustedPValue).toBeLessThan(1e-6);
      expect(distances.classifier!.value).toBeGreaterThan(0.55);
      expect(distances.mmd!.value).toBeGreaterThan(0);
      await expectValidJson(engine);
    }
  });

  it('give the same report from several helpers as from one', async () => {
    const alone = await (await opened(plain, shifted)).compare({ settings });
    const shared = await (await opened(plain, shifted, { helpers: 2 })).compare({ settings });
    expect({ ...shared, engine: null }).toEqual({ ...alone, engine: null });
  });

  it('give the same combined distance beyond the memory budget, whatever the number of helpers', async () => {
    const exact = featureOf(await (await opened(plain, shifted)).compare({ settings }));
    const report = await (await opened(plain, shifted)).compare({ settings, memoryBudget: 1 });
    expect(report.engine.mode).toBe('certified');
    const certified = featureOf(report);
    expect(certified.distances.combined!.value).toBeCloseTo(exact.distances.combined!.value, 3);
    expect(certified.verdict.rating).toBe('drift');
    const shared = await (await opened(plain, shifted, { helpers: 2 })).compare({
      settings,
      memoryBudget: 1,
    });
    expect({ ...shared, engine: null }).toEqual({ ...report, engine: null });
  });
});

describe('a baseline of vectors', () => {
  it('gives the verdict of the file', async () => {
    const maker = await newEngine();
    await maker.open('reference', [plain]);
    const buffer = await maker.makeBaseline({ settings });
    for (const file of [same, shifted]) {
      const engine = await opened({ name: 'plain.baseline', buffer }, file);
      const against = featureOf(await engine.compare({ settings }));
      const whole = featureOf(await (await opened(plain, file)).compare({ settings }));
      expect(against.verdict.rating).toBe(whole.verdict.rating);
      expect(against.distances.combined!.value).toBeCloseTo(whole.distances.combined!.value, 6);
      await expectValidJson(engine);
    }
  });
});
