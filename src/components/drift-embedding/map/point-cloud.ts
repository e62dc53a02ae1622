// SPDX-License-Identifier: Apache-2.0
import { type Bounds, type Places, scaleOf } from './map-frame.js';
import { DIMMED } from './map-inks.js';

export interface Cloud {
  readonly places: Places;
  /** One ink a place. */
  readonly inks: Uint8Array;
  /** 1 where a place is chosen; the others step back, or are left out. */
  readonly chosen?: Uint8Array | undefined;
  readonly onlyChosen?: boolean;
  readonly bounds: Bounds;
  /** Of a dot, in px of the image. */
  readonly radius: number;
  /** Of one dot, 0…1; dots over each other grow opaque. */
  readonly alpha: number;
  /** Colour by ink. */
  readonly palette: Uint32Array;
}

const OPAQUE = 255;

/**
 * Draws dots into an image without a call per dot: 100,000 of them take a few milliseconds. Each px holds how much it is covered
 * and the ink of the last dot on it.
 */
export class PointCloud {
  #cover = new Uint8Array(0);
  #tint = new Uint8Array(0);

  draw(image: ImageData, cloud: Cloud): void {
    const size = image.width * image.height;
    if (this.#cover.length !== size) {
      this.#cover = new Uint8Array(size);
      this.#tint = new Uint8Array(size);
    } else {
      this.#cover.fill(0);
    }
    if (cloud.chosen === undefined) {
      this.#stampAll(image, cloud, -1);
    } else {
      // What is chosen lies on top.
      if (cloud.onlyChosen !== true) this.#stampAll(image, cloud, 0);
      this.#stampAll(image, cloud, 1);
    }
    const pixels = new Uint32Array(image.data.buffer);
    const { palette } = cloud;
    const cover = this.#cover;
    const tint = this.#tint;
    for (let i = 0; i < size; i++) {
      const covered = cover[i] as number;
      pixels[i] = covered === 0 ? 0 : ((palette[tint[i] as number] as number) | (covered << 24)) >>> 0;
    }
  }

  #stampAll(image: ImageData, cloud: Cloud, only: -1 | 0 | 1): void {
    const { places, inks, chosen, bounds, radius } = cloud;
    const { width, height } = image;
    const scale = scaleOf(bounds, image);
    const faint = only === 0;
    const dot = stamp(radius, faint ? cloud.alpha * 0.5 : only === 1 ? 1 : cloud.alpha, width);
    const { offsets, weights, reach } = dot;
    const cover = this.#cover;
    const tint = this.#tint;
    const { x, y } = places;
    for (let i = 0; i < x.length; i++) {
      if (only !== -1 && (chosen as Uint8Array)[i] !== only) continue;
      const px = Math.floor(((x[i] as number) - bounds.left) * scale.x);
      const py = Math.floor((bounds.top - (y[i] as number)) * scale.y);
      // Dots that would reach over the border are left out; NaN fails too.
      if (!(px >= reach && py >= reach && px < width - reach && py < height - reach)) continue;
      const middle = py * width + px;
      const ink = faint ? DIMMED : (inks[i] as number);
      for (let k = 0; k < offsets.length; k++) {
        const at = middle + (offsets[k] as number);
        const covered = (cover[at] as number) + (weights[k] as number);
        cover[at] = covered > OPAQUE ? OPAQUE : covered;
        tint[at] = ink;
      }
    }
  }
}

/** A disc with a soft border, as offsets into an image and what each px is covered. */
function stamp(
  radius: number,
  alpha: number,
  width: number,
): { offsets: Int32Array; weights: Uint8Array; reach: number } {
  const reach = Math.max(0, Math.ceil(radius - 0.5));
  const offsets: number[] = [];
  const weights: number[] = [];
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const covered = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(dx, dy)));
      if (covered < 0.08) continue;
      offsets.push(dy * width + dx);
      weights.push(Math.max(1, Math.round(covered * alpha * OPAQUE)));
    }
  }
  return { offsets: Int32Array.from(offsets), weights: Uint8Array.from(weights), reach };
}
