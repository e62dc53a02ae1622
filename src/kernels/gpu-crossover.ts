// SPDX-License-Identifier: Apache-2.0
/** From what size on rows are worth a graphics card. Apart from the kernels, so that asking loads none. */

/**
 * Multiplications that WebAssembly does for so many rows: all of the directions' product, and what amounts to a seventh of
 * the frequencies', which it transforms.
 */
export function vectorWork(
  rows: number,
  { dimension, frequencies, directions }: { dimension: number; frequencies: number; directions: number },
): number {
  return rows * dimension * (directions + frequencies / 7);
}

/**
 * From here on a graphics card is worth its start: a second of WebAssembly on one thread, 40,000 rows at 768 dimensions
 * with 512 frequencies and 768 directions. WebAssembly's side is measured, the card's is reckoned (docs/kernels.md).
 */
export const WEBGPU_WORK = 2.5e10;
