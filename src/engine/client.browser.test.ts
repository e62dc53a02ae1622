// SPDX-License-Identifier: Apache-2.0
/** The engine behind real workers. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createAnalysis } from './client.js';
import type { Analysis, Progress } from './protocol.js';
import { tableCsv } from './testing/tables.js';

vi.setConfig({ testTimeout: 60_000 });

const plain = new File([tableCsv({ rows: 4000, seed: 1 })], 'plain.csv');
const moved = new File([tableCsv({ rows: 4000, seed: 3, shift: 0.6, start: '2024-03-01' })], 'moved.csv');

let analysis: Analysis;
afterEach(() => analysis.dispose());

async function opened(options: Parameters<typeof createAnalysis>[0] = {}): Promise<Analysis> {
  analysis = createAnalysis(options);
  await analysis.open('reference', [plain]);
  await analysis.open('current', [moved]);
  return analysis;
}

/** Workers made through this factory can be killed by the test. */
function tracked(): { made: Worker[]; worker: () => Worker } {
  const made: Worker[] = [];
  const worker = (): Worker => {
    const one = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
    made.push(one);
    return one;
  };
  return { made, worker };
}

describe('an analysis in workers', () => {
  it('compares two files with every core it was given', async () => {
    await opened({ workers: 3 });
    const seen: Progress[] = [];
    const report = await analysis.compare({ onProgress: (progress) => seen.push(progress) });
    expect(report.engine).toMatchObject({ place: 'worker', workers: 3, mode: 'exact' });
    expect(report.engine.kernels).toMatch(/^wasm/);
    expect(report.summary.drift).toEqual(['speed']);
    expect(seen.length).toBeGreaterThan(0);
  });

  it('gives the same numbers with one worker and with three', async () => {
    const one = await (await opened({ workers: 1 })).compare();
    analysis.dispose();
    const three = await (await opened({ workers: 3 })).compare();
    expect({ ...three, engine: null }).toEqual({ ...one, engine: null });
  });

  it('exports what it found', async () => {
    await opened({ standaloneScript: async () => 'void 0;' });
    await analysis.compare();
    const json = await analysis.exportAs('json');
    expect(JSON.parse(await json.text()).summary.drift).toEqual(['speed']);
    expect(await (await analysis.exportAs('html')).text()).toContain('<drift-report>');
    const baseline = await analysis.exportAs('baseline');
    await analysis.open('reference', [new File([baseline], 'plain.baseline')]);
    expect((await analysis.compare()).summary.drift).toEqual(['speed']);
  });

  it('is cancelled, and compares again', async () => {
    await opened();
    const cancel = new AbortController();
    const early = new AbortController();
    const never = analysis.compare({ signal: early.signal });
    early.abort();
    await expect(never).rejects.toMatchObject({ name: 'AbortError' });
    const running = analysis.compare({ signal: cancel.signal, onProgress: () => cancel.abort() });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect((await analysis.compare()).summary.drift).toEqual(['speed']);
  });

  it('tells errors by name and keeps what was loaded', async () => {
    await opened();
    await expect(analysis.open('current', [new File([], 'empty.csv')])).rejects.toMatchObject({
      name: 'SourceError',
      message: expect.stringContaining('empty.csv'),
    });
    expect((await analysis.compare()).summary.drift).toEqual(['speed']);
  });

  it('survives a worker that dies in the middle: the call fails, the files stay', async () => {
    const { made, worker } = tracked();
    await opened({ worker, workers: 1 });
    const running = analysis.compare();
    made[0].terminate();
    await expect(running).rejects.toMatchObject({ name: 'EngineError' });
    expect((await analysis.compare()).summary.drift).toEqual(['speed']);
    expect(made).toHaveLength(2);
  });

  it('gives up after a worker died too often', async () => {
    const { made, worker } = tracked();
    await opened({ worker, workers: 1 });
    for (let death = 0; death < 4; death++) {
      if (death > 0) await analysis.open('current', [moved]);
      const running = analysis.compare();
      made[death].terminate();
      await expect(running).rejects.toMatchObject({ name: 'EngineError' });
    }
    await expect(analysis.compare()).rejects.toThrow('too often');
  });

  it('goes on by its own ways when the app cannot make a worker', async () => {
    analysis = createAnalysis({
      worker: () => {
        throw new Error('forbidden');
      },
      workers: 1,
    });
    await analysis.open('reference', [plain]);
    await analysis.open('current', [moved]);
    expect((await analysis.compare()).summary.drift).toEqual(['speed']);
  });
});
