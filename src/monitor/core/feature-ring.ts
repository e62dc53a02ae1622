// SPDX-License-Identifier: Apache-2.0
import type { Rating } from '../../verdict/verdict.js';

const RATINGS: readonly Rating[] = ['drift', 'watch', 'unknown', 'stable', 'notRated'];

/** A value and a rating of each feature in the latest windows. Two arrays of their full size from the start: it never grows. */
export class FeatureRing {
  readonly #most: number;
  readonly #features: number;
  /** By feature, then by window. */
  readonly #values: Float64Array;
  readonly #ratings: Uint8Array;
  /** Place of the oldest window. */
  #first = 0;
  #windows = 0;

  /** `most`: windows that are kept. */
  constructor(most: number, features: number) {
    this.#most = most;
    this.#features = features;
    this.#values = new Float64Array(most * features);
    this.#ratings = new Uint8Array(most * features);
  }

  /** A window's values and ratings, by feature; the oldest makes room for it. */
  push(values: ArrayLike<number>, ratings: readonly Rating[]): void {
    const at = (this.#first + this.#windows) % this.#most;
    for (let feature = 0; feature < this.#features; feature++) {
      this.#values[feature * this.#most + at] = values[feature];
      this.#ratings[feature * this.#most + at] = RATINGS.indexOf(ratings[feature]);
    }
    if (this.#windows < this.#most) this.#windows++;
    else this.#first = (this.#first + 1) % this.#most;
  }

  /** Of one feature, oldest first. */
  valuesOf(feature: number): number[] {
    return Array.from({ length: this.#windows }, (_, i) => this.#values[this.#placeOf(feature, i)]);
  }

  /** Of one feature, oldest first. */
  ratingsOf(feature: number): Rating[] {
    return Array.from({ length: this.#windows }, (_, i) => RATINGS[this.#ratings[this.#placeOf(feature, i)]]);
  }

  #placeOf(feature: number, window: number): number {
    return feature * this.#most + ((this.#first + window) % this.#most);
  }
}
