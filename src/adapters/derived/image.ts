// SPDX-License-Identifier: Apache-2.0
/** What a picture comes to in five numbers: enough to see light, focus, cameras and crops change. */
import type { GlobalType } from '../../engine/global-type.js';
import type { ColumnFunction } from '../columns.js';
import { rowsOf, widthOf } from '../read-tensor.js';

/** `CanvasImageSource`. */
type Drawable = Parameters<GlobalType<'CanvasRenderingContext2D'>['drawImage']>[0];

export interface ImageFeatures {
  /** Mean luma, 0 to 1. */
  readonly mean: number;
  /** Standard deviation of luma. */
  readonly contrast: number;
  /** Variance of the Laplacian of luma, inner pixels; 0 where there are none. Blurred pictures have little. */
  readonly sharpness: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Pixels in rows, channels together: 1 (grey), 3 (RGB) or 4 (RGBA, alpha is ignored). An `ImageData` is one. */
export interface Pixels {
  readonly data: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  /** Default: data.length / (width · height). */
  readonly channels?: number;
}

export interface ImageOptions {
  /** Values that are black and white. Default [0, 255] for bytes, else [0, 1]. */
  readonly range?: readonly [number, number];
  /** Pixels that are looked at, on an even grid where a picture has more. Default 65,536. */
  readonly pixels?: number;
}

/** Weights of red, green and blue in luma (ITU-R BT.601). */
const LUMA = [0.299, 0.587, 0.114] as const;
const PIXELS = 65_536;
/** What is drawn on the way to pixels is at most so long on a side. */
const SIDE = 512;

/** Features of pixels. */
export function imageFeatures(image: Pixels, options: ImageOptions = {}): ImageFeatures {
  return featuresAt(image.data, 0, image, options);
}

/**
 * Features of whatever can be drawn: ImageBitmap, canvas, video frame, image element. What is longer than 512 pixels on a
 * side is drawn smaller first, so compare only sharpness of pictures that came the same way. Needs OffscreenCanvas; throws
 * what drawing throws (a picture from elsewhere that may not be read).
 */
export function drawnImageFeatures(image: Drawable, options: ImageOptions = {}): ImageFeatures {
  const { width, height } = sizeOf(image);
  const scale = Math.min(1, SIDE / Math.max(width, height, 1));
  const w = Math.max(1, Math.round(width * scale));
  const h = Math.max(1, Math.round(height * scale));
  const context = new OffscreenCanvas(w, h).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('pictures cannot be drawn here: there is no 2d context');
  context.drawImage(image, 0, 0, w, h);
  return { ...imageFeatures(context.getImageData(0, 0, w, h), options), width, height };
}

/** For `inputs` of an adapter: a tensor of shape [n, height, width, channels] or [n, height, width], a row a picture. */
export function imageColumns(options: ImageOptions & { readonly prefix?: string } = {}): ColumnFunction {
  return ({ shape, values }) => {
    const [, height = 1, width = 1, channels = 1] = shape;
    const size = { height, width, channels };
    const step = widthOf(shape);
    const rows = Array.from({ length: rowsOf(shape) }, (_, i) =>
      featuresAt(values as ArrayLike<number>, i * step, size, options),
    );
    const { prefix = '' } = options;
    const column = (key: keyof ImageFeatures): [string, Float64Array] => [
      prefix + key,
      Float64Array.from(rows, (row) => row[key]),
    ];
    return {
      columns: Object.fromEntries(
        (['mean', 'contrast', 'sharpness', 'width', 'height'] as const).map(column),
      ),
    };
  };
}

function featuresAt(
  data: ArrayLike<number>,
  offset: number,
  { width, height, channels }: Omit<Pixels, 'data'>,
  { range, pixels = PIXELS }: ImageOptions,
): ImageFeatures {
  const perPixel = channels ?? Math.max(1, Math.floor(data.length / Math.max(1, width * height)));
  const isBytes = data instanceof Uint8Array || data instanceof Uint8ClampedArray;
  const [black, white] = range ?? (isBytes ? [0, 255] : [0, 1]);
  const luma = (x: number, y: number): number => {
    const at = offset + (y * width + x) * perPixel;
    const grey =
      perPixel < 3 ? data[at]! : LUMA[0] * data[at]! + LUMA[1] * data[at + 1]! + LUMA[2] * data[at + 2]!;
    return (grey - black) / (white - black);
  };
  const step = Math.max(1, Math.ceil(Math.sqrt((width * height) / Math.max(1, pixels))));
  const all = new Spread();
  const edges = new Spread();
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const here = luma(x, y);
      all.add(here);
      if (x > 0 && y > 0 && x < width - 1 && y < height - 1)
        edges.add(luma(x - 1, y) + luma(x + 1, y) + luma(x, y - 1) + luma(x, y + 1) - 4 * here);
    }
  }
  return { mean: all.mean, contrast: Math.sqrt(all.variance), sharpness: edges.variance, width, height };
}

/** Mean and variance of what is added (Welford's way); 0 of nothing. */
class Spread {
  mean = 0;
  #n = 0;
  #squares = 0;

  add(value: number): void {
    this.#n++;
    const before = value - this.mean;
    this.mean += before / this.#n;
    this.#squares += before * (value - this.mean);
  }

  get variance(): number {
    return this.#n === 0 ? 0 : this.#squares / this.#n;
  }
}

function sizeOf(image: Drawable): { width: number; height: number } {
  const sized = image as unknown as Record<string, unknown>;
  const first = (...names: string[]): number => {
    for (const name of names) if (typeof sized[name] === 'number' && sized[name] > 0) return sized[name];
    return 0;
  };
  return {
    width: first('naturalWidth', 'videoWidth', 'displayWidth', 'width'),
    height: first('naturalHeight', 'videoHeight', 'displayHeight', 'height'),
  };
}
