// SPDX-License-Identifier: Apache-2.0
/** What a saved reference of vectors takes, holds and gives. */
import { describe, expect, it } from 'vitest';
import type { EmbeddingFrame } from '../baseline/frame.js';
import { decodeBaseline } from '../profile/baseline-file.js';
import { ByteWriter } from '../profile/byte-writer.js';
import { writePart } from '../profile/part-codec.js';
import type { EmbeddingSettings } from '../verdict/settings.js';
import { vectorsFile } from './testing/embeddings.js';
import { featureOf, newEngine, opened } from './testing/engines.js';

const dimension = 768;
const reference = vectorsFile('reference.npy', { rows: 1_600, dimension, seed: 1 });
const moved = vectorsFile('moved.npy', { rows: 400, dimension, seed: 2, clusters: 3 });

async function baselineOf(embeddings: EmbeddingSettings): Promise<ArrayBuffer> {
  const engine = await newEngine();
  await engine.open('reference', [reference]);
  return engine.makeBaseline({ settings: { embeddings } });
}

function frameOf(buffer: ArrayBuffer): EmbeddingFrame {
  const { frame } = decodeBaseline(new Uint8Array(buffer)).frame.features[0]!;
  if (frame.kind !== 'embedding') throw new Error('no embedding');
  return frame;
}

describe('a baseline at 768 dimensions', () => {
  it('takes under 3 MB, and gives the verdict that the file gives', async () => {
    const buffer = await baselineOf({});
    expect(buffer.byteLength).toBeLessThan(3e6);
    expect(frameOf(buffer)).toMatchObject({ dimension, frequencies: 512 });
    expect(frameOf(buffer).sample.length).toBeGreaterThan(100 * dimension);
    const against = featureOf(await (await opened({ name: 'saved', buffer }, moved)).compare());
    const whole = featureOf(await (await opened(reference, moved)).compare());
    expect(against.verdict.rating).toBe('drift');
    expect(whole.verdict.rating).toBe('drift');
    expect(against.distances.combined!.value).toBeCloseTo(whole.distances.combined!.value, 6);
  });

  it('takes under 300 kB when it is to be small', async () => {
    const buffer = await baselineOf({ size: 'small' });
    expect(buffer.byteLength).toBeLessThan(3e5);
    const feature = featureOf(await (await opened({ name: 'saved', buffer }, moved)).compare());
    expect(feature.verdict.rating).toBe('drift');
  });

  it('keeps no row of anybody where none are to be kept', async () => {
    const [none, some] = [await baselineOf({ size: 'small', rows: 0 }), await baselineOf({ size: 'small' })];
    expect(frameOf(none).sample.length).toBe(0);
    const kept = frameOf(some).sample.length;
    expect(kept).toBeGreaterThan(0);
    // half precision, and hardly to be packed
    expect(some.byteLength - none.byteLength).toBeGreaterThan(1.5 * kept);
    const engine = await opened({ name: 'saved', buffer: none }, moved);
    expect(featureOf(await engine.compare()).verdict.rating).toBe('drift');
    const view = await engine.embedding('embedding');
    expect(view.map).toBeNull();
    expect(view.projections.length).toBeGreaterThan(0);
  });
});

describe('a profile at 384 dimensions', () => {
  it('has a part of about 7 kB, whatever the rows', async () => {
    for (const rows of [1_000, 4_000]) {
      const engine = await newEngine();
      await engine.open('reference', [vectorsFile('r.npy', { rows, dimension: 384, seed: 3 })]);
      const { profile } = decodeBaseline(new Uint8Array(await engine.makeBaseline()));
      const to = new ByteWriter();
      for (const part of profile.parts.values()) writePart(to, part);
      expect(to.bytes.length).toBeLessThan(7_400);
    }
  });
});
