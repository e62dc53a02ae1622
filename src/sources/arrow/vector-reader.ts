// SPDX-License-Identifier: Apache-2.0
import { RAGGED, type VectorColumn } from '../../columns/column.js';
import { blankMarked } from '../../columns/vector.js';
import { type ListLengths, SAMPLED_LISTS } from '../list-lengths.js';
import type { ArrowBody } from './body.js';
import type { ArrowList } from './layout.js';
import type { BatchLayout } from './messages.js';
import { readIntegers, readNumbers, valueWidth } from './numbers.js';
import { isSet, nullsIn, validityBits } from './validity.js';

/** Elements that are read beyond what the rows should hold before rows of another length are stepped over instead. */
const SLACK = 65_536;

/** Reads rows of one column of lists of one record batch as vectors. */
export class VectorReader {
  readonly #list: ArrowList;
  readonly #layout: BatchLayout;
  readonly #body: ArrowBody;
  readonly #dimension: number;

  constructor(list: ArrowList, layout: BatchLayout, body: ArrowBody, dimension: number) {
    this.#list = list;
    this.#layout = layout;
    this.#body = body;
    this.#dimension = dimension;
    for (const { node } of [...list.parents, list]) {
      const length = layout.nodes[node]?.length;
      if (length !== layout.rows) throw new Error(`it has ${length ?? 'no'} values for ${layout.rows} rows`);
    }
    if (!layout.nodes[list.item.node]) throw new Error('it has no values for its lists');
  }

  /** Rows `from` to `to`. */
  async read(from: number, to: number): Promise<VectorColumn> {
    const dimension = this.#dimension;
    const status = await this.#nulls(from, to);
    if (this.#list.size !== undefined) {
      const whole = await this.#elements(from * dimension, to * dimension, status !== null);
      if (status) blankMarked(whole, dimension, status);
      return { type: 'vector', dimension, values: whole, status };
    }
    const values = new Float32Array((to - from) * dimension);
    const ends = await this.#offsets(from, to);
    const marked = markRagged(ends, dimension, status);
    await this.#gather(ends, marked, values);
    if (marked) blankMarked(values, dimension, marked);
    return { type: 'vector', dimension, values, status: marked };
  }

  /** Lengths of the first lists. */
  async sample(lengths: ListLengths): Promise<void> {
    const rows = Math.min(this.#layout.rows, SAMPLED_LISTS);
    if (rows === 0) return;
    const status = await this.#nulls(0, rows);
    const ends = await this.#offsets(0, rows);
    for (let i = 0; i < rows; i++) if (!status?.[i]) lengths.add(ends[i + 1] - ends[i]);
  }

  /** Copies the lists of the right length: all in one read, or run by run where others of great length lie between. */
  async #gather(ends: Float64Array, marked: Uint8Array | null, values: Float32Array): Promise<void> {
    const dimension = this.#dimension;
    const rows = ends.length - 1;
    const isTight = ends[rows] - ends[0] <= 2 * values.length + SLACK;
    for (let row = 0; row < rows; ) {
      if (marked?.[row]) {
        row++;
        continue;
      }
      let end = row + 1;
      while (end < rows && (isTight || !marked?.[end])) end++;
      const first = ends[row];
      const read = await this.#elements(first, ends[end], false);
      for (; row < end; row++) {
        if (marked?.[row]) continue;
        const start = ends[row] - first;
        values.set(read.subarray(start, start + dimension), row * dimension);
      }
    }
  }

  /** Elements as f32, NaN where one is null: a view of the file's bytes where it can be, fresh when `writable`. */
  async #elements(from: number, to: number, writable: boolean): Promise<Float32Array> {
    const { item } = this.#list;
    if (!(from >= 0) || !(to <= this.#layout.nodes[item.node].length))
      throw new Error(`its lists hold elements ${from} to ${to} of ${this.#layout.nodes[item.node].length}`);
    const type = item.field.values;
    const width = valueWidth(type)!;
    const bytes = await this.#body.range(item.buffer + 1, from * width, to * width);
    const { values, shared } = readNumbers(bytes, to - from, type);
    const bits = await validityBits(item, { layout: this.#layout, body: this.#body, from, to });
    const isView = shared && values instanceof Float32Array;
    const floats =
      values instanceof Float32Array && !(isView && (writable || bits)) ? values : new Float32Array(values);
    if (bits) for (let i = 0; i < floats.length; i++) if (!isSet(bits, from, i)) floats[i] = Number.NaN;
    return floats;
  }

  #nulls(from: number, to: number): Promise<Uint8Array | null> {
    const places = [...this.#list.parents, this.#list];
    return nullsIn(places, { layout: this.#layout, body: this.#body, from, to });
  }

  async #offsets(from: number, to: number): Promise<Float64Array> {
    const bits = this.#list.wide ? 64 : 32;
    const ends = new Float64Array(to - from + 1);
    const raw = await this.#body.range(this.#list.buffer + 1, (from * bits) / 8, ((to + 1) * bits) / 8);
    readIntegers(new DataView(raw.buffer, raw.byteOffset, raw.byteLength), ends, bits, true);
    for (let i = 1; i < ends.length; i++)
      if (!(ends[i] >= ends[i - 1])) throw new Error('its list offsets go backwards');
    return ends;
  }
}

/** The status with rows of another length marked RAGGED. */
function markRagged(ends: Float64Array, dimension: number, status: Uint8Array | null): Uint8Array | null {
  let marked = status;
  for (let i = 0; i + 1 < ends.length; i++) {
    if (marked?.[i] || ends[i + 1] - ends[i] === dimension) continue;
    marked ??= new Uint8Array(ends.length - 1);
    marked[i] = RAGGED;
  }
  return marked;
}
