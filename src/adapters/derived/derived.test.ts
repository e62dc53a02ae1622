// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { audioFeatures } from './audio.js';
import fixture from './fixtures/derived.json' with { type: 'json' };
import { imageColumns, imageFeatures } from './image.js';
import { textColumns, textFeatures } from './text.js';

describe('pictures, beside numpy and scipy', () => {
  test.each(fixture.images)('$name', ({ data, kind, width, height, channels, ...expected }) => {
    const values = kind === 'bytes' ? Uint8ClampedArray.from(data) : Float64Array.from(data);
    const features = imageFeatures({ data: values, width, height });
    expect(features).toMatchObject({ width, height });
    expect(features.mean).toBeCloseTo(expected.mean, 12);
    expect(features.contrast).toBeCloseTo(expected.contrast, 12);
    expect(features.sharpness).toBeCloseTo(expected.sharpness, 12);
    const scaled = Float64Array.from(data, (value) => 3 + 2 * (kind === 'bytes' ? value / 255 : value));
    const again = imageFeatures({ data: scaled, width, height, channels }, { range: [3, 5] });
    expect(again.sharpness).toBeCloseTo(expected.sharpness, 12);
    expect(again.mean).toBeCloseTo(expected.mean, 12);
  });

  test('a large one is looked at on a grid', () => {
    let reads = 0;
    const data = new Proxy([], {
      get(_, key) {
        if (key === 'length') return 4e6;
        reads++;
        return Number(key) % 2;
      },
    }) as unknown as number[];
    const { mean, sharpness } = imageFeatures({ data, width: 2000, height: 2000 }, { pixels: 10_000 });
    expect(reads).toBeLessThan(5 * 11_000);
    // Columns of 0 and 1 in turn; the grid sees every twentieth, all 0, and their neighbours 1.
    expect(mean).toBe(0);
    expect(sharpness).toBe(0);
  });

  test('of a tensor: a row each', () => {
    const [a, b] = fixture.images.filter(({ name }) => name.includes('inner pixel'));
    const columns = imageColumns({ prefix: 'photo ' });
    const tensor = { name: '0', shape: [2, 3, 3], values: Float32Array.from([...b!.data, ...b!.data]) };
    const { columns: given } = columns(tensor, [tensor]) as { columns: Record<string, Float64Array> };
    expect(given['photo mean']![1]).toBeCloseTo(b!.mean, 6);
    expect(Array.from(given['photo width']!)).toEqual([3, 3]);
    expect(a!.sharpness).toBe(0);
  });

  test('of no pixel', () => {
    expect(imageFeatures({ data: [], width: 0, height: 0 })).toEqual({
      mean: 0,
      contrast: 0,
      sharpness: 0,
      width: 0,
      height: 0,
    });
  });
});

describe('texts', () => {
  const vocabulary = new Set(['the', 'cat', 'sat', 'naïve', 'हिन्दी']);
  test.each([
    ['The cat sat.', 12, 3, 0],
    ['the dog  sat\n', 13, 3, 1 / 3],
    ['', 0, 0, null],
    [' … ', 3, 1, null],
    ['NAÏVE हिन्दी 😀 x2', 18, 4, 1 / 3],
  ] as const)('%j', (text, length, words, unknown) => {
    expect(textFeatures(text, { vocabulary })).toEqual({ length, words, unknown });
    expect(textFeatures(text)).toEqual({ length, words, unknown: null });
  });

  test('as columns, and cut where they are long', () => {
    const texts = ['the cat', 'a '.repeat(1000)];
    expect(textColumns(texts, { prefix: 'q ', most: 100, vocabulary })).toEqual({
      columns: { 'q length': [7, 2000], 'q words': [2, 50], 'q unknown': [0, 1] },
    });
    expect(Object.keys(textColumns(texts).columns)).toEqual(['length', 'words']);
  });
});

describe('sounds, beside numpy', () => {
  test.each(fixture.sounds)('$name', ({ samples, rms, peak, zeroCrossingRate }) => {
    const features = audioFeatures(samples);
    expect(features.rms).toBeCloseTo(rms, 12);
    expect(features.peak).toBe(peak);
    expect(features.zeroCrossingRate).toBeCloseTo(zeroCrossingRate, 12);
  });

  test('of several channels, and of none', () => {
    const channels = [Float32Array.of(0.5, -0.5, 0.5), Float32Array.of(0, -0, 0)];
    const buffer = { numberOfChannels: 2, getChannelData: (i: number) => channels[i]! };
    expect(audioFeatures(buffer)).toEqual({ rms: Math.sqrt(0.75 / 6), peak: 0.5, zeroCrossingRate: 0.5 });
    expect(audioFeatures([])).toEqual({ rms: 0, peak: 0, zeroCrossingRate: 0 });
  });
});
