// SPDX-License-Identifier: Apache-2.0
/** Seeded rows and plans. */

export function rowsOf({ randomStream }, n, d, seed = 1) {
  const { normal } = randomStream(seed);
  return Float32Array.from({ length: n * d }, normal);
}

/** Directions of length about one, eight of them drawn in 32 bins. */
export function planOf({ randomStream }, { d, count, k }) {
  const { normal } = randomStream(7);
  const cuts = Float32Array.from({ length: 31 }, (_, i) => (i - 15) / 5 + 0.0123);
  return {
    dimension: d,
    fourier: { dimension: d, count, seed: 5, bandwidth: Math.sqrt(2 * d) },
    center: Float32Array.from({ length: d }, () => 0.1 * normal()),
    directions: Float32Array.from({ length: k * d }, () => normal() / Math.sqrt(d)),
    drawn: Array.from({ length: Math.min(8, k) }, () => cuts),
    normCuts: cuts.map((cut) => Math.sqrt(d) * (1 + cut / 6)),
  };
}
