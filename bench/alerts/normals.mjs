// SPDX-License-Identifier: Apache-2.0
// Uniform and normal numbers by the hundred million: sfc32 (Doty-Humphrey) and a ziggurat of 128 layers (Marsaglia & Tsang
// 2000), layer and place from different bits of a draw.

const LAYERS = 128;
const TAIL = 3.442619855899;
const AREA = 9.91256303526217e-3;
const UNIT = 2 ** 24;

const edges = new Float64Array(LAYERS + 1);
const inside = new Int32Array(LAYERS);
const heights = new Float64Array(LAYERS + 1);
const density = (x) => Math.exp(-0.5 * x * x);
edges[0] = AREA / density(TAIL);
edges[1] = TAIL;
for (let i = 2; i < LAYERS; i++)
  edges[i] = Math.sqrt(-2 * Math.log(AREA / edges[i - 1] + density(edges[i - 1])));
for (let i = 0; i < LAYERS; i++) {
  inside[i] = Math.floor((edges[i + 1] / edges[i]) * UNIT);
  heights[i] = density(edges[i]);
}
heights[LAYERS] = 1;
const scales = edges.map((edge) => edge / UNIT);

export class Draws {
  #a = 0x9e3779b9;
  #b = 0x243f6a88;
  #c;
  #d = 1;

  constructor(seed) {
    this.#c = seed | 0;
    for (let i = 0; i < 15; i++) this.bits();
  }

  bits() {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0;
    return t;
  }

  /** In [0, 1). */
  uniform() {
    return (this.bits() >>> 0) / 4294967296;
  }

  normal() {
    for (;;) {
      const bits = this.bits();
      const layer = bits & 127;
      // 25 bits with the sign
      const place = bits >> 7;
      const x = place * scales[layer];
      if (Math.abs(place) < inside[layer]) return x;
      if (layer === 0) {
        const far = this.#beyond();
        return place < 0 ? -far : far;
      }
      const height = heights[layer] + this.uniform() * (heights[layer + 1] - heights[layer]);
      if (height < density(x)) return x;
    }
  }

  fill(values) {
    for (let i = 0; i < values.length; i++) values[i] = this.normal();
    return values;
  }

  #beyond() {
    for (;;) {
      const x = -Math.log(1 - this.uniform()) / TAIL;
      const y = -Math.log(1 - this.uniform());
      if (2 * y > x * x) return TAIL + x;
    }
  }
}
