// SPDX-License-Identifier: Apache-2.0
/** Embeddings that delimited text holds, as number columns or as texts with a list in each cell: offered, then compared. */
import { describe, expect, it } from 'vitest';
import { featureOf, newEngine, opened } from './testing/engines.js';
import { textFile, uniform } from './testing/tables.js';

const settings = { embeddings: { size: 'small' } } as const;

describe('number columns that are grouped', () => {
  function grouped(name: string, seed: number, dimension = 9) {
    const random = uniform(seed);
    const header = [...Array.from({ length: dimension }, (_, k) => `e${k}`), 'price'].join();
    const lines = Array.from({ length: 400 }, () =>
      Array.from({ length: dimension + 1 }, () => random().toFixed(4)).join(),
    );
    return textFile(name, `${header}\n${lines.join('\n')}\n`);
  }

  it('on the reference are grouped on the current side too', async () => {
    for (const memoryBudget of [2 ** 28, 1]) {
      const engine = await newEngine();
      await engine.open('reference', [grouped('a.csv', 1)], { groups: ['e'] });
      await engine.open('current', [grouped('b.csv', 2)]);
      const report = await engine.compare({ settings, memoryBudget });
      expect(report.columns).toEqual({ missing: [], added: [], changed: [] });
      expect(featureOf(report, 'e')).toMatchObject({ kind: 'embedding', current: { dimension: 9 } });
      expect(report.summary.drift).toEqual([]);
    }
  });

  it('of another number are told apart by type, and the other columns go on', async () => {
    const engine = await opened(grouped('a.csv', 1), grouped('b.csv', 2, 11), { options: { groups: ['e'] } });
    const report = await engine.compare({ settings });
    expect(report.columns).toMatchObject({ missing: [], added: [] });
    expect(report.checks.find(({ check, passed }) => check === 'type' && !passed)).toMatchObject({
      feature: 'e',
      expected: 'vectors of 9 numbers',
      observed: 'vectors of 11 numbers',
    });
    expect(report.summary.drift).toEqual(['e']);
    expect(featureOf(report, 'price').verdict.rating).not.toBe('notRated');
  });

  it('that are not there are refused by name', async () => {
    const engine = await newEngine();
    await expect(engine.open('reference', [grouped('a.csv', 1)], { groups: ['f'] })).rejects.toThrow(
      'a.csv: no group of number columns begins with "f" (there is e0 … e8)',
    );
  });
});

describe('texts that hold lists', () => {
  function listed(name: string, seed: number, { odd = 0, shift = 0 } = {}) {
    const random = uniform(seed);
    const lines = Array.from({ length: 400 }, (_, row) => {
      const list = Array.from({ length: 9 }, () => (random() + shift).toFixed(4)).join(', ');
      return `${random().toFixed(3)},"${row < odd ? 'broken' : `[${list}]`}"`;
    });
    return textFile(name, `price,emb\n${lines.join('\n')}\n`);
  }

  it('are offered, and taken on both sides when the reference takes them', async () => {
    for (const memoryBudget of [2 ** 28, 1]) {
      const engine = await newEngine();
      const offered = await engine.open('reference', [listed('a.csv', 1)]);
      expect(offered.groups).toEqual([{ prefix: 'emb', from: 'emb', to: 'emb', dimension: 9 }]);
      expect(offered.preview[0]![1]).toMatch(/^\[0\.\d+, /);
      const taken = await engine.open('reference', [listed('a.csv', 1)], { groups: ['emb'] });
      expect(taken.groups).toEqual([]);
      expect(taken.schema[1]).toMatchObject({ name: 'emb', type: 'vector', dimension: 9 });
      await engine.open('current', [listed('b.csv', 2)]);
      const report = await engine.compare({ settings, memoryBudget });
      expect(report.columns).toEqual({ missing: [], added: [], changed: [] });
      expect(featureOf(report, 'emb')).toMatchObject({
        kind: 'embedding',
        current: { dimension: 9, rows: 400 },
      });
      expect(report.summary.drift).toEqual([]);
    }
  });

  it('show drift, and rows that hold no list are counted', async () => {
    const engine = await opened(listed('a.csv', 1), listed('b.csv', 2, { odd: 40, shift: 0.5 }), {
      options: { groups: ['emb'] },
    });
    const report = await engine.compare({ settings });
    expect(featureOf(report, 'emb').verdict.rating).toBe('drift');
    expect(featureOf(report, 'emb').current).toMatchObject({ unparsable: 40, missing: 0 });
    expect(report.notes.join()).toContain('column emb: not a list of numbers: 40 rows, the first in row 1');
  });

  it('are cut in the preview where they are long', async () => {
    const engine = await newEngine();
    const list = `[${new Array(500).fill('0.25').join(', ')}]`;
    const { groups, preview } = await engine.open('reference', [
      textFile('a.csv', `id,emb\n1,"${list}"\n2,"${list}"\n`),
    ]);
    expect(groups[0]).toMatchObject({ dimension: 500 });
    expect(preview[0]![1]).toHaveLength(200);
  });

  it('serve against a baseline', async () => {
    const engine = await opened(listed('a.csv', 1), listed('b.csv', 2), { options: { groups: ['emb'] } });
    await engine.compare({ settings });
    const { data } = await engine.exportAs('baseline');
    await engine.open('reference', [{ name: 'a.baseline', buffer: data as ArrayBuffer }]);
    await engine.open('current', [listed('c.csv', 3)]);
    const report = await engine.compare({ settings });
    expect(featureOf(report, 'emb')).toMatchObject({ kind: 'embedding', current: { dimension: 9 } });
    expect(report.summary.drift).toEqual([]);
  });
});
