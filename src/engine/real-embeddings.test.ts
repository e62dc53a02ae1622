// SPDX-License-Identifier: Apache-2.0
/** Real embeddings of pictures: two halves of one set are alike, noisy pictures and digits are not. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FileSpec } from './protocol.js';
import { featureOf, opened } from './testing/engines.js';

const folder = new URL('../../../shared/data/fashion-embeddings/', import.meta.url);
const present = existsSync(folder);
if (!present) console.warn('skipped: the embeddings of fashion pictures are not here');

function file(name: string): FileSpec {
  const bytes = readFileSync(new URL(name, folder));
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  return { name, buffer };
}

describe.skipIf(!present)('embeddings of fashion pictures', () => {
  it.each([
    ['fashion_b.npy', false],
    ['fashion_noise20.npy', true],
    ['mnist_a.npy', true],
  ])('against %s', async (name, drifts) => {
    const kept = await (await opened(file('fashion_a.npy'), file(name))).compare();
    expect(kept.summary.drift).toEqual(drifts ? ['embedding'] : []);
    const { distances, verdict } = featureOf(kept);
    if (drifts) {
      expect(distances.classifier!.low).toBeGreaterThan(0.9);
      expect(verdict.adjustedPValue).toBeLessThan(1e-20);
    } else expect(distances.mmd!.pValue).toBeGreaterThan(0.01);
    const streamed = await (await opened(file('fashion_a.npy'), file(name))).compare({ memoryBudget: 1 });
    expect(streamed.engine.mode).toBe('certified');
    expect(streamed.summary.drift).toEqual(kept.summary.drift);
    const { combined } = featureOf(streamed).distances;
    expect(Math.abs(combined!.value - distances.combined!.value)).toBeLessThan(
      1e-3 + 0.02 * distances.combined!.value,
    );
  });
});
