// SPDX-License-Identifier: Apache-2.0
import {
  type Column,
  NULL,
  NULL_CODE,
  PRESENT,
  RAGGED,
  UNPARSABLE,
  type VectorColumn,
} from '../../columns/column.js';
import type { Value } from '../monitor.js';
import { copyStrided, copyVector, grown, isTyped, isVector, type Numbers, scalarOf } from './copy-numbers.js';
import { Texts } from './texts.js';

/** `empty`: nothing but nulls so far. A column keeps the type of its first value for good. */
type BufferType = 'empty' | 'number' | 'boolean' | 'time' | 'string' | 'vector';

/** A vector beyond this length is no feature: its column is not kept. As MAX_DIMENSION of columns/vector.ts. */
const MAX_DIMENSION = 16_384;
/** Rows that a column keeps room for. */
const KEPT_ROWS = 8_192;
/** Elements in typed arrays of these are exact in f32. */
const NARROW: readonly unknown[] = [
  Float32Array,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
];

/**
 * One column that grows row by row: typed arrays, and a dictionary for strings. Rows that are never written are null. Rows
 * up to `length` have been written; a row beyond it may be written at once, what lies between becomes null.
 */
export class ColumnBuffer {
  readonly name: string;
  type: BufferType = 'empty';
  /** Of vectors, else 1. */
  dimension = 1;
  length = 0;
  /** Call that wrote it last: to find names that occur twice. */
  stamp = 0;
  /** f32 where every source was, and for booleans and vectors; codes for strings. */
  #values: Numbers = NOTHING;
  #status: Uint8Array<ArrayBuffer> | null = null;
  #wide = false;
  #texts = new Texts();

  constructor(name: string) {
    this.name = name;
  }

  get rowBytes(): number {
    return this.dimension * (this.#wide ? 8 : 4);
  }

  get entries(): number {
    return this.#texts.entries;
  }

  /** Characters held by the dictionary. */
  get chars(): number {
    return this.#texts.chars;
  }

  /** `count` values from `offset` on, `stride` apart. */
  writeNumbers(source: ArrayLike<number>, offset: number, stride: number, at: number, count: number): void {
    const typed = isTyped(source);
    if (typed && this.type === 'empty') this.#become('number', 1, at + count);
    if (!typed || this.type !== 'number') {
      this.#writeLoose(source, offset, stride, at, count);
      return;
    }
    if (!this.#wide && !NARROW.includes(source.constructor)) this.#widen();
    this.ensure(at + count);
    this.pad(at);
    const values = this.#values;
    if (stride === 1 && offset === 0 && source.length === count) values.set(source, at);
    else copyStrided(source as Float32Array, offset, stride, values, at, count);
    this.#status?.fill(PRESENT, at, at + count);
    if (at + count > this.length) this.length = at + count;
  }

  /** Rows of vectors one after the other, `dimension` numbers each. */
  writeVectors(source: ArrayLike<number>, dimension: number, from: number, at: number, count: number): void {
    if (this.type === 'empty') this.#become('vector', dimension, at + count);
    if (this.type !== 'vector' || this.dimension !== dimension) {
      for (let i = 0; i < count; i++) this.#mark(at + i, this.type === 'vector' ? RAGGED : UNPARSABLE);
      return;
    }
    this.ensure(at + count);
    this.pad(at);
    copyVector(source, from * dimension, count * dimension, this.#values, at * dimension);
    this.#status?.fill(PRESENT, at, at + count);
    if (at + count > this.length) this.length = at + count;
  }

  /** Whatever an app may have put there. */
  write(value: Value | bigint, at: number): void {
    if (value === null || value === undefined) this.#mark(at, NULL);
    else if (this.type === 'empty' && !this.#learn(value, at)) this.#mark(at, UNPARSABLE);
    else if (this.type === 'string') this.#writeString(value, at);
    else if (this.type === 'vector') this.#writeVector(value, at);
    else this.#writeScalar(value, at);
  }

  /** Makes rows up to `rows` null where they have not been written. */
  pad(rows: number): void {
    while (this.length < rows) this.#mark(this.length, NULL);
  }

  /** Forgets rows from `rows` on. */
  truncate(rows: number): void {
    if (this.length > rows) this.length = rows;
  }

  /** Room for `rows`. */
  ensure(rows: number): void {
    if (this.type === 'empty' || this.#values.length >= rows * this.dimension) return;
    const capacity = Math.max(rows, 2 * (this.#values.length / this.dimension), 16);
    this.#values = grown(this.#values, capacity * this.dimension);
    if (this.#status !== null) this.#status = grown(this.#status, capacity);
  }

  /**
   * The first `rows` rows as a column, and begins anew. Values are copied and the array is used again: memory that is fresh takes
   * several times as long to write to, and rows are written within the app's own calls, taken in tasks of ours.
   */
  take(rows: number): Column | VectorColumn {
    this.pad(rows);
    const { type, dimension } = this;
    this.length = 0;
    if (type === 'empty')
      return {
        type: 'number',
        values: new Float32Array(rows).fill(Number.NaN),
        status: new Uint8Array(rows).fill(NULL),
      };
    const values = this.#takeValues(rows * dimension);
    const status = this.#status?.subarray(0, rows) ?? null;
    this.#status = null;
    if (type === 'string') {
      const { dictionary } = this.#texts;
      this.#texts = new Texts();
      return { type, codes: values as Int32Array, dictionary };
    }
    if (type === 'vector') return { type, dimension, values: values as Float32Array, status };
    return { type, values: values as Float32Array | Float64Array, status };
  }

  /** Drops dictionary entries that no row of the first `rows` uses any more. */
  compact(rows: number): void {
    const { dictionary } = this.#texts;
    this.#texts = new Texts();
    for (let i = 0; i < rows; i++) {
      const code = this.#values[i];
      if (code !== NULL_CODE) this.#values[i] = this.#texts.codeOf(dictionary[code]);
    }
  }

  #takeValues(count: number): Numbers {
    const values = this.#values;
    // What a burst has left behind shrinks again, by half each time.
    if (2 * count < values.length && values.length > KEPT_ROWS * this.dimension)
      this.#values = new (values.constructor as Float64ArrayConstructor)(values.length >>> 1);
    return values.slice(0, count);
  }

  /** An array that may hold anything. The first value of a column goes the long way and settles its type. */
  #writeLoose(source: ArrayLike<unknown>, offset: number, stride: number, at: number, count: number): void {
    let i = 0;
    for (; i < count && !(this.type === 'number' && this.#wide); i++)
      this.write(source[offset + i * stride] as Value, at + i);
    if (i === count) return;
    this.ensure(at + count);
    this.pad(at);
    const values = this.#values;
    const status = this.#status;
    if (at + count > this.length) this.length = at + count;
    for (let from = offset + i * stride; i < count; i++, from += stride) {
      const value = source[from];
      if (typeof value === 'number') {
        values[at + i] = value;
        if (status !== null) status[at + i] = PRESENT;
      } else this.write(value as Value, at + i);
    }
  }

  #writeScalar(value: Value | bigint, at: number): void {
    const number = this.type === 'time' && value instanceof Date ? value.getTime() : scalarOf(value);
    const isWrong =
      number === undefined ||
      (Number.isNaN(number) && value instanceof Date) ||
      (this.type === 'boolean' && number !== 0 && number !== 1);
    if (isWrong) {
      this.#mark(at, UNPARSABLE);
      return;
    }
    if (this.type === 'number' && !this.#wide) this.#widen();
    if (at >= this.length) this.#reach(at);
    this.#values[at] = number;
    if (this.#status !== null) this.#status[at] = PRESENT;
  }

  /** Numbers and booleans among strings are written out; a column of strings has no way to say that one is unparsable. */
  #writeString(value: Value | bigint, at: number): void {
    const isText = typeof value === 'string';
    if (!isText && scalarOf(value) === undefined) {
      this.#mark(at, UNPARSABLE);
      return;
    }
    if (at >= this.length) this.#reach(at);
    this.#values[at] = this.#texts.codeOf(isText ? value : String(value));
  }

  #writeVector(value: Value | bigint, at: number): void {
    if (!isVector(value) || value.length !== this.dimension) {
      this.#mark(at, isVector(value) ? RAGGED : UNPARSABLE);
      return;
    }
    if (at >= this.length) this.#reach(at);
    copyVector(value, 0, this.dimension, this.#values, at * this.dimension);
    if (this.#status !== null) this.#status[at] = PRESENT;
  }

  #mark(at: number, status: number): void {
    if (this.type === 'empty') {
      if (status === NULL) {
        if (at >= this.length) this.length = at + 1;
        return;
      }
      this.#become('number', 1, at + 1);
    }
    if (at >= this.length) {
      this.ensure(at + 1);
      if (at > this.length) this.pad(at);
      this.length = at + 1;
    }
    if (this.type === 'string') {
      this.#values[at] = NULL_CODE;
      return;
    }
    this.#status ??= new Uint8Array(this.#values.length / this.dimension);
    this.#status[at] = status;
    this.#values.fill(Number.NaN, at * this.dimension, (at + 1) * this.dimension);
  }

  #reach(at: number): void {
    this.ensure(at + 1);
    if (at > this.length) this.pad(at);
    this.length = at + 1;
  }

  /** The type of a first value; false where it is none that can be kept. */
  #learn(value: Value | bigint, at: number): boolean {
    if (typeof value === 'number' || typeof value === 'bigint') this.#become('number', 1, at + 1);
    else if (typeof value === 'boolean') this.#become('boolean', 1, at + 1);
    else if (typeof value === 'string') this.#become('string', 1, at + 1);
    else if (value instanceof Date) this.#become('time', 1, at + 1);
    else if (isVector(value) && value.length > 0 && value.length <= MAX_DIMENSION)
      this.#become('vector', value.length, at + 1);
    else return false;
    return true;
  }

  #become(type: BufferType, dimension: number, rows: number): void {
    const { length } = this;
    this.type = type;
    this.dimension = dimension;
    this.#wide = type === 'time';
    const size = Math.max(rows, 16) * dimension;
    this.#values =
      type === 'string'
        ? new Int32Array(size)
        : type === 'time'
          ? new Float64Array(size)
          : new Float32Array(size);
    this.length = 0;
    this.pad(length);
  }

  #widen(): void {
    this.#wide = true;
    this.#values = Float64Array.from(this.#values);
  }
}

const NOTHING = new Float32Array(0);
