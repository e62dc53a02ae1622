// SPDX-License-Identifier: Apache-2.0
import { type Column, NULL, NULL_CODE } from '../../columns/column.js';
import { type DecodeText, decodeBytes, decodeHex, decodeUtf8, StringCodes } from '../string-codes.js';
import type { ArrowBody } from './body.js';
import type { ArrowLeaf } from './layout.js';
import type { BatchLayout } from './messages.js';
import { readIndices, readIntegers, readNumbers, valueWidth } from './numbers.js';
import { columnType, type ValueType } from './schema.js';
import { isSet, nullsIn } from './validity.js';

/** A decoded dictionary: strings with their codes, or numbers, by index. */
export interface ArrowDictionary {
  readonly size: number;
  readonly strings: readonly string[];
  /** Code by index: a dictionary of the file may hold a value twice or a null. */
  readonly codeOf: Int32Array;
  readonly numbers: Float32Array | Float64Array;
  readonly nullAt: Uint8Array | null;
  /** True when one of `numbers` was an integer beyond 2^53 and is rounded. */
  readonly rounded: boolean;
}

/** Rows of text, and what their codes go into. */
interface TextRows {
  readonly from: number;
  readonly to: number;
  readonly status: Uint8Array | null;
  readonly codes: Int32Array;
  readonly strings: StringCodes;
}

/** Reads rows of one leaf of one record batch. */
export class LeafReader {
  readonly #leaf: ArrowLeaf;
  readonly #layout: BatchLayout;
  readonly #body: ArrowBody;
  readonly #dictionary: ArrowDictionary | undefined;
  rounded = false;

  constructor(
    leaf: ArrowLeaf,
    layout: BatchLayout,
    body: ArrowBody,
    dictionary: ArrowDictionary | undefined,
  ) {
    this.#leaf = leaf;
    this.#layout = layout;
    this.#body = body;
    this.#dictionary = dictionary;
    for (const { node } of [...leaf.parents, leaf]) {
      const length = layout.nodes[node]?.length;
      if (length !== layout.rows) throw new Error(`it has ${length ?? 'no'} values for ${layout.rows} rows`);
    }
  }

  /** Rows `from` to `to` as a column. */
  async read(from: number, to: number): Promise<Column> {
    const status = await this.#status(from, to);
    const { field } = this.#leaf;
    if (field.dictionary) return this.#indexed(from, to, status);
    const { values } = field;
    const type = columnType(field)!.type;
    if (type === 'string') return this.#strings(values, from, to, status);
    if (values.kind === 'null') {
      return {
        type,
        values: new Float64Array(to - from).fill(Number.NaN),
        status: new Uint8Array(to - from).fill(NULL),
      };
    }
    if (values.kind === 'bool') return numberColumn(type, await this.#bits(from, to), status);
    const width = valueWidth(values)!;
    const bytes = await this.#body.range(this.#leaf.buffer + 1, from * width, to * width);
    const read = readNumbers(bytes, to - from, values);
    if (read.rounded) this.rounded = true;
    return numberColumn(type, read.shared && status ? read.values.slice() : read.values, status);
  }

  /** A column of type null has no bits: it is null by its type. */
  #status(from: number, to: number): Promise<Uint8Array | null> {
    const { parents, field } = this.#leaf;
    const isNull = field.values.kind === 'null' && !field.dictionary;
    const places = isNull ? parents : [...parents, this.#leaf];
    return nullsIn(places, { layout: this.#layout, body: this.#body, from, to });
  }

  async #bits(from: number, to: number): Promise<Float64Array> {
    const bits = await this.#body.range(this.#leaf.buffer + 1, from >> 3, (to + 7) >> 3);
    const out = new Float64Array(to - from);
    for (let i = 0; i < out.length; i++) out[i] = isSet(bits, from, i) ? 1 : 0;
    return out;
  }

  async #indexed(from: number, to: number, status: Uint8Array | null): Promise<Column> {
    const dictionary = this.#dictionary;
    const { bits, signed } = this.#leaf.field.dictionary!.index;
    const count = to - from;
    const bytes = await this.#body.range(this.#leaf.buffer + 1, (from * bits) / 8, (to * bits) / 8);
    const indices = readIndices(bytes, count, bits, signed);
    const size = dictionary?.size ?? 0;
    for (let i = 0; i < count; i++) {
      if (!(indices[i] >= 0 && indices[i] < size) && !status?.[i])
        throw new Error(`it refers to dictionary entry ${indices[i]} of ${size}`);
    }
    const type = columnType(this.#leaf.field)!.type;
    if (type === 'string') {
      const codes = new Int32Array(count);
      const codeOf = dictionary?.codeOf ?? codes;
      if (status) for (let i = 0; i < count; i++) codes[i] = status[i] ? NULL_CODE : codeOf[indices[i]];
      else for (let i = 0; i < count; i++) codes[i] = codeOf[indices[i]];
      return { type, codes, dictionary: dictionary?.strings ?? [] };
    }
    if (dictionary?.rounded) this.rounded = true;
    const values = new Float64Array(count);
    let nulls = status;
    for (let i = 0; i < count; i++) {
      if (status?.[i]) continue;
      values[i] = dictionary!.numbers[indices[i]];
      if (dictionary!.nullAt?.[indices[i]]) {
        nulls ??= new Uint8Array(count);
        nulls[i] = NULL;
      }
    }
    return numberColumn(type, values, nulls);
  }

  async #strings(values: ValueType, from: number, to: number, status: Uint8Array | null): Promise<Column> {
    const codes = new Int32Array(to - from);
    const decode: DecodeText = values.kind === 'fixed' ? decodeHex : decodeUtf8;
    const strings = new StringCodes(decode);
    const rows = { from, to, status, codes, strings };
    if (values.kind === 'text') await this.#texts(rows, values.wide);
    else if (values.kind === 'view') await this.#views(rows);
    else await this.#fixed(rows, valueWidth(values)!);
    return { type: 'string', codes, dictionary: strings.dictionary };
  }

  async #texts({ from, to, status, codes, strings }: TextRows, wide: boolean): Promise<void> {
    if (from === to) return;
    const width = wide ? 8 : 4;
    const raw = await this.#body.range(this.#leaf.buffer + 1, from * width, (to + 1) * width);
    const ends = new Float64Array(to - from + 1);
    readIntegers(new DataView(raw.buffer, raw.byteOffset, raw.byteLength), ends, wide ? 64 : 32, true);
    const first = ends[0];
    for (let i = 1; i < ends.length; i++)
      if (!(ends[i] >= ends[i - 1])) throw new Error('its text offsets go backwards');
    if (first < 0) throw new Error('its text offsets are negative');
    const bytes = await this.#body.range(this.#leaf.buffer + 2, first, ends[to - from]);
    const text = decodeBytes(bytes);
    for (let i = 0; i < codes.length; i++) {
      const start = ends[i] - first;
      const end = ends[i + 1] - first;
      codes[i] = status?.[i] ? NULL_CODE : strings.code(text.slice(start, end), bytes, start, end);
    }
  }

  async #fixed({ from, to, status, codes, strings }: TextRows, width: number): Promise<void> {
    const bytes = await this.#body.range(this.#leaf.buffer + 1, from * width, to * width);
    const text = decodeBytes(bytes);
    for (let i = 0; i < codes.length; i++) {
      const start = i * width;
      codes[i] = status?.[i]
        ? NULL_CODE
        : strings.code(text.slice(start, start + width), bytes, start, start + width);
    }
  }

  /** Views hold up to 12 bytes in place, else the number of a data buffer and an offset into it. */
  async #views({ from, to, status, codes, strings }: TextRows): Promise<void> {
    const views = await this.#body.range(this.#leaf.buffer + 1, from * 16, to * 16);
    const view = new DataView(views.buffer, views.byteOffset, views.byteLength);
    for (let i = 0; i < codes.length; i++) {
      if (status?.[i]) {
        codes[i] = NULL_CODE;
        continue;
      }
      const length = view.getInt32(16 * i, true);
      if (length < 0) throw new Error('it holds a text of negative length');
      let bytes = views;
      let start = 16 * i + 4;
      if (length > 12) {
        const index = view.getInt32(16 * i + 8, true);
        const offset = view.getInt32(16 * i + 12, true);
        if (index < 0 || index >= this.#leaf.variadic || offset < 0)
          throw new Error('it refers to a text buffer that is not there');
        bytes = await this.#body.range(this.#leaf.buffer + 2 + index, offset, offset + length);
        start = 0;
      }
      const end = start + length;
      codes[i] = strings.code(decodeBytes(bytes.subarray(start, end)), bytes, start, end);
    }
  }
}

/** A number column that holds NaN where `status` marks a row. `values` is written to. */
function numberColumn(
  type: Column['type'],
  values: Float32Array | Float64Array,
  status: Uint8Array | null,
): Column {
  if (type === 'string') throw new Error('numbers in a string column');
  if (status) for (let i = 0; i < status.length; i++) if (status[i]) values[i] = Number.NaN;
  return { type, values, status };
}
