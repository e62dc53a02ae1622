// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { drawnImageFeatures, imageFeatures } from './image.js';

/** Grey, with a white square in the middle. */
function picture(width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#808080';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#fff';
  context.fillRect(width / 4, height / 4, width / 2, height / 2);
  return canvas;
}

test('of a canvas and of a bitmap: as of its pixels', async () => {
  const canvas = picture(64, 32);
  const pixels = canvas.getContext('2d')!.getImageData(0, 0, 64, 32);
  const expected = imageFeatures(pixels);
  expect(expected.mean).toBeCloseTo(0.25 + 0.75 * (128 / 255), 6);
  expect(expected.sharpness).toBeGreaterThan(0);
  expect(drawnImageFeatures(canvas)).toEqual(expected);
  expect(drawnImageFeatures(await createImageBitmap(canvas))).toEqual(expected);
});

test('of a large one: drawn smaller, but with its own size', () => {
  const { width, height, mean } = drawnImageFeatures(picture(2000, 1000));
  expect([width, height]).toEqual([2000, 1000]);
  expect(mean).toBeCloseTo(0.25 + 0.75 * (128 / 255), 2);
});
