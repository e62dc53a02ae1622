// SPDX-License-Identifier: Apache-2.0
// The random image transformations of the paper (Keras's ImageDataGenerator: bilinear, the nearest pixel beyond the border).
import { PIXELS, SIDE } from './data.mjs';

const LAST = SIDE - 1;
const CENTRE = LAST / 2;

/**
 * Writes `from` (784 values at `offset`), turned, moved, sheared, zoomed and flipped at random within `limits`, over itself.
 * `limits`: rotation and shear in degrees, shift as a share of the side, zoom as 1 ± zoom (each axis its own), flips as booleans.
 */
export function warpInPlace(images, offset, limits, random) {
  const between = (reach) => (2 * random() - 1) * reach;
  const angle = (between(limits.rotation) * Math.PI) / 180;
  const down = between(limits.shift) * SIDE;
  const right = between(limits.shift) * SIDE;
  const shear = (between(limits.shear) * Math.PI) / 180;
  const zoomDown = 1 + between(limits.zoom);
  const zoomRight = 1 + between(limits.zoom);
  const flipsSides = limits.flipsSides && random() < 0.5;
  const flipsTop = limits.flipsTop && random() < 0.5;

  // Output (row, column) to input: rotation · translation · shear · zoom, about the centre.
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const [a, b] = [c * zoomDown, (-c * Math.sin(shear) - s * Math.cos(shear)) * zoomRight];
  const [d, e] = [s * zoomDown, (-s * Math.sin(shear) + c * Math.cos(shear)) * zoomRight];
  const row0 = CENTRE + c * down - s * right;
  const column0 = CENTRE + s * down + c * right;

  const from = images.slice(offset, offset + PIXELS);
  for (let i = 0; i < SIDE; i++) {
    for (let j = 0; j < SIDE; j++) {
      const [y, x] = [(flipsTop ? LAST - i : i) - CENTRE, (flipsSides ? LAST - j : j) - CENTRE];
      images[offset + i * SIDE + j] = bilinear(from, row0 + a * y + b * x, column0 + d * y + e * x);
    }
  }
}

function bilinear(image, row, column) {
  const y = Math.min(LAST, Math.max(0, row));
  const x = Math.min(LAST, Math.max(0, column));
  const [top, left] = [Math.min(LAST - 1, y | 0), Math.min(LAST - 1, x | 0)];
  const [v, u] = [y - top, x - left];
  const at = top * SIDE + left;
  return (
    (1 - v) * ((1 - u) * image[at] + u * image[at + 1]) +
    v * ((1 - u) * image[at + SIDE] + u * image[at + SIDE + 1])
  );
}
