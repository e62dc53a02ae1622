// SPDX-License-Identifier: Apache-2.0
// Rows as a test sees them: views of them, made when first asked for and kept, and columns sorted.
import { kernels } from './engine.mjs';
import { VIEWS } from './reductions.mjs';

export class Sample {
  #make;
  #views = new Map();
  #sorted = new Map();

  /** `make(view)` gives that view of all rows, row-major. */
  constructor(rows, make) {
    this.rows = rows;
    this.#make = make;
  }

  static ofImages(images, reduce) {
    return new Sample(images.length / VIEWS.raw, (view) => reduce(view, images));
  }

  view(name) {
    if (!this.#views.has(name)) this.#views.set(name, this.#make(name));
    return this.#views.get(name);
  }

  /** The first `count` rows of a view. */
  first(name, count) {
    return this.view(name).subarray(0, count * VIEWS[name]);
  }

  /** Each dimension of the first `count` rows of a view, ascending. */
  sorted(name, count) {
    const key = `${name}/${count}`;
    if (!this.#sorted.has(key)) {
      const data = this.view(name);
      const dims = VIEWS[name];
      const columns = Array.from({ length: dims }, (_, dim) => {
        const column = new Float32Array(count);
        for (let i = 0; i < count; i++) column[i] = data[i * dims + dim];
        return kernels.sort(column).values;
      });
      this.#sorted.set(key, columns);
    }
    return this.#sorted.get(key);
  }

  /** The rows at `order`, with the views that this sample has. */
  pick(order) {
    return new Sample(order.length, (view) => {
      const data = this.view(view);
      const dims = VIEWS[view];
      const result = new Float32Array(order.length * dims);
      for (let i = 0; i < order.length; i++) {
        result.set(data.subarray(order[i] * dims, (order[i] + 1) * dims), i * dims);
      }
      return result;
    });
  }
}
