// SPDX-License-Identifier: Apache-2.0
// Embeddings as visitors bring them: eight clusters, spread i^−½ along axis i. A visitor has a place of their own in every
// direction, and half of their rows in a cluster of their own.
import { embeddingParts } from './engine.mjs';
import { Draws } from './normals.mjs';

const CLUSTERS = 8;

export class VectorWorld {
  #draws;
  #left = 0;
  #own;
  #home = 0;

  constructor({ seed, dimension = 64, frequencies = 256, icc = 0, visit = () => 1 }) {
    Object.assign(this, { seed, dimension, frequencies, icc, visit });
    this.features = [{ name: 'vector' }];
    this.#draws = new Draws(seed);
    this.random = () => this.#draws.uniform();
    const fixed = new Draws(77);
    this.spectrum = Float64Array.from({ length: dimension }, (_, i) => (i + 1) ** -0.5);
    this.centers = Array.from({ length: CLUSTERS + 1 }, () =>
      this.spectrum.map((s) => 0.8 * s * fixed.normal()),
    );
  }

  /** `shift`: (feature) => (row, random) => { by: along the first axis, faint: along the last, scale, fresh: share of a new cluster }. */
  rows(count, shift) {
    const { dimension: d, icc, spectrum, centers, random } = this;
    const draws = this.#draws;
    const own = Math.sqrt(icc);
    const rest = Math.sqrt(1 - icc);
    const change = shift?.(this.features[0]);
    const rows = new Float32Array(count * d);
    for (let row = 0; row < count; row++) {
      if (icc > 0 && this.#left-- <= 0) {
        this.#left = this.visit(random) - 1;
        this.#own = draws.fill(new Float64Array(d));
        this.#home = Math.floor(CLUSTERS * random());
      }
      const { by = 0, faint = 0, scale = 1, fresh = 0 } = change?.(row, random) ?? {};
      const home = icc > 0 && random() < 0.5 ? this.#home : Math.floor(CLUSTERS * random());
      const center = centers[fresh > 0 && random() < fresh ? CLUSTERS : home];
      for (let j = 0; j < d; j++) {
        const z = icc > 0 ? own * this.#own[j] + rest * draws.normal() : draws.normal();
        const moved = j === 0 ? by : j === d - 1 ? faint : 0;
        rows[row * d + j] = (center[j] + spectrum[j] * z) * scale + moved * spectrum[j];
      }
    }
    return rows;
  }

  /** A frame fitted on `m` rows, and how windows are measured. */
  async reference(m) {
    return embeddingParts(this.rows(m), this);
  }
}
