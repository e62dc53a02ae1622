// SPDX-License-Identifier: Apache-2.0
import { StringCodes } from '../string-codes.js';
import {
  type ByteValues,
  DeltaByteArrays,
  DeltaLengthByteArrays,
  FixedByteArrays,
  PlainByteArrays,
} from './byte-values.js';
import { HybridDecoder } from './hybrid.js';
import type { Leaf } from './leaves.js';
import {
  BitBooleans,
  ByteNumbers,
  DeltaNumbers,
  IndexedNumbers,
  type NumberValues,
  PlainNumbers,
} from './number-values.js';
import { IndexedStrings, StoredStrings, type StringValues, textDecoder } from './string-values.js';

/** Numbers of the page encodings, as the format counts them. */
const PLAIN = 0;
const PLAIN_DICTIONARY = 2;
const RLE = 3;
const DELTA_BINARY_PACKED = 5;
const DELTA_LENGTH_BYTE_ARRAY = 6;
const DELTA_BYTE_ARRAY = 7;
const RLE_DICTIONARY = 8;
const BYTE_STREAM_SPLIT = 9;

/** The dictionary page of a chunk, decoded. */
export interface PageDictionary {
  readonly numbers: Float64Array;
  /** True when one of `numbers` was an integer beyond 2^53 and is rounded. */
  readonly rounded: boolean;
  readonly strings: readonly string[];
  /** Code in `strings` by index in the page: pages may hold a string twice, a dictionary may not. */
  readonly codeOf: Int32Array;
}

const TRUTH = new Float64Array([0, 1]);

function isDictionaryEncoding(encoding: number): boolean {
  return encoding === PLAIN_DICTIONARY || encoding === RLE_DICTIONARY;
}

/** Decodes a dictionary page of `count` entries; they are all PLAIN. */
export function decodeDictionary(bytes: Uint8Array, count: number, leaf: Leaf): PageDictionary {
  // every entry but a zero-length one takes a byte, and booleans have no dictionary
  if (count < 0 || count > bytes.length || leaf.physical === 'BOOLEAN') {
    throw new Error(`a dictionary of ${count} entries in ${bytes.length} bytes`);
  }
  if (leaf.type !== 'string') {
    const numbers = new Float64Array(count);
    const values = numberValues(bytes, 0, bytes.length, PLAIN, leaf, undefined, count);
    values.read(numbers, 0, count);
    return { numbers, rounded: values.rounded === true, strings: [], codeOf: new Int32Array(0) };
  }
  const codes = new StringCodes(textDecoder(leaf.encoding));
  const codeOf = new Int32Array(count);
  new StoredStrings(byteValues(bytes, 0, PLAIN, leaf, count)).read(codeOf, 0, count, codes);
  return { numbers: new Float64Array(0), rounded: false, strings: codes.dictionary, codeOf };
}

/** Decoder of the `present` numbers that a page holds from `from` on. */
export function numberValues(
  bytes: Uint8Array,
  from: number,
  end: number,
  encoding: number,
  leaf: Leaf,
  dictionary: PageDictionary | undefined,
  present: number,
): NumberValues {
  const byteStrings = leaf.physical === 'BYTE_ARRAY' || leaf.physical === 'FIXED_LEN_BYTE_ARRAY';
  if (isDictionaryEncoding(encoding)) {
    if (!dictionary) throw new Error('a page refers to a dictionary that is not there');
    return new IndexedNumbers(indices(bytes, from, end), dictionary.numbers, dictionary.rounded);
  }
  if (byteStrings) return new ByteNumbers(byteValues(bytes, from, encoding, leaf, present), leaf.encoding);
  if (leaf.physical === 'BOOLEAN') {
    if (encoding === PLAIN) return new BitBooleans(bytes, from);
    if (encoding === RLE) {
      const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(from, true);
      return new IndexedNumbers(
        new HybridDecoder(bytes, from + 4, Math.min(end, from + 4 + length), 1),
        TRUTH,
      );
    }
  }
  if (encoding === PLAIN) return new PlainNumbers(bytes, from, leaf.encoding);
  if (encoding === DELTA_BINARY_PACKED) return new DeltaNumbers(bytes, from, leaf.encoding);
  if (encoding === BYTE_STREAM_SPLIT) {
    return new PlainNumbers(joinStreams(bytes, from, byteWidth(leaf), present), 0, leaf.encoding);
  }
  throw new Error(`page encoding ${encoding} is not supported`);
}

/** Decoder of the strings that a page holds from `from` on. */
export function stringValues(
  bytes: Uint8Array,
  from: number,
  end: number,
  encoding: number,
  leaf: Leaf,
  dictionary: PageDictionary | undefined,
  present: number,
): StringValues {
  if (isDictionaryEncoding(encoding)) {
    if (!dictionary) throw new Error('a page refers to a dictionary that is not there');
    return new IndexedStrings(indices(bytes, from, end), dictionary.codeOf);
  }
  return new StoredStrings(byteValues(bytes, from, encoding, leaf, present));
}

function byteValues(
  bytes: Uint8Array,
  from: number,
  encoding: number,
  leaf: Leaf,
  present: number,
): ByteValues {
  const fixed = leaf.physical === 'FIXED_LEN_BYTE_ARRAY';
  if (encoding === PLAIN)
    return fixed ? new FixedByteArrays(bytes, from, leaf.typeLength) : new PlainByteArrays(bytes, from);
  if (encoding === DELTA_LENGTH_BYTE_ARRAY) return new DeltaLengthByteArrays(bytes, from);
  if (encoding === DELTA_BYTE_ARRAY) return new DeltaByteArrays(bytes, from);
  if (encoding === BYTE_STREAM_SPLIT && fixed) {
    return new FixedByteArrays(joinStreams(bytes, from, leaf.typeLength, present), 0, leaf.typeLength);
  }
  throw new Error(`page encoding ${encoding} is not supported`);
}

function indices(bytes: Uint8Array, from: number, end: number): HybridDecoder {
  if (from >= end) return new HybridDecoder(bytes, end, end, 0);
  return new HybridDecoder(bytes, from + 1, end, bytes[from]);
}

function byteWidth(leaf: Leaf): number {
  if (leaf.physical === 'INT32' || leaf.physical === 'FLOAT') return 4;
  if (leaf.physical === 'INT64' || leaf.physical === 'DOUBLE') return 8;
  throw new Error(`${leaf.physical} values in split streams`);
}

/** BYTE_STREAM_SPLIT keeps the k-th bytes of all values together; this puts each value's bytes side by side again. */
function joinStreams(bytes: Uint8Array, from: number, width: number, values: number): Uint8Array {
  if (from + values * width > bytes.length) throw new Error('a page holds fewer values than it states');
  const joined = new Uint8Array(values * width);
  for (let k = 0; k < width; k++) {
    const stream = from + k * values;
    for (let i = 0; i < values; i++) joined[i * width + k] = bytes[stream + i];
  }
  return joined;
}
