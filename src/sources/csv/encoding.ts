// SPDX-License-Identifier: Apache-2.0
import type { CsvEncoding } from './dialect.js';
import { windows1252ToUtf8 } from './windows-1252.js';

/** An encoding and how many bytes of byte order mark stand before the text. */
export interface EncodingGuess {
  readonly encoding: CsvEncoding;
  readonly markLength: number;
}

/** The byte order mark at the head of a file, if there is one of those that can be read. */
export function byteOrderMark(head: Uint8Array): EncodingGuess | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', markLength: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', markLength: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', markLength: 2 };
  return undefined;
}

/** UTF-32 shows itself by its mark, which begins like that of UTF-16. */
export function isUtf32(head: Uint8Array): boolean {
  const little = head[0] === 0xff && head[1] === 0xfe && head[2] === 0 && head[3] === 0;
  return (
    head.length >= 4 && (little || (head[0] === 0 && head[1] === 0 && head[2] === 0xfe && head[3] === 0xff))
  );
}

/**
 * The encoding of text without a mark, from bytes at its head: UTF-16 when zeros fill the even or the odd places, UTF-8 when
 * it is valid as such, else latin-1.
 */
export function guessEncoding(head: Uint8Array): CsvEncoding {
  const zeros = [0, 0];
  const length = Math.min(head.length, 4096) & ~1;
  for (let i = 0; i < length; i++) if (head[i] === 0) zeros[i & 1]++;
  if (zeros[1] * 2 > length * 0.6 && zeros[0] * 2 < length * 0.05) return 'utf-16le';
  if (zeros[0] * 2 > length * 0.6 && zeros[1] * 2 < length * 0.05) return 'utf-16be';
  return isUtf8(head) ? 'utf-8' : 'latin1';
}

/** Whether bytes cut out of a file can be UTF-8: a character cut at either end is forgiven. */
export function isUtf8(bytes: Uint8Array): boolean {
  let start = 0;
  while (start < 3 && (bytes[start] & 0xc0) === 0x80) start++;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start), { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Bytes of one character of the encoding that is cut between characters safely at multiples of it. */
export function unitBytes(encoding: CsvEncoding): number {
  return encoding === 'utf-16le' || encoding === 'utf-16be' ? 2 : 1;
}

/** Turns chunks of a file into UTF-8, keeping characters that a chunk cut in two. */
export class Transcoder {
  readonly #encoding: CsvEncoding;
  readonly #decoder: TextDecoder | undefined;
  readonly #encoder = new TextEncoder();

  constructor(encoding: CsvEncoding) {
    this.#encoding = encoding;
    if (unitBytes(encoding) === 2) this.#decoder = new TextDecoder(encoding, { ignoreBOM: true });
  }

  /** UTF-8 bytes for the next chunk; the chunk itself when it is UTF-8 already. */
  decode(chunk: Uint8Array, isLast: boolean): Uint8Array {
    if (this.#encoding === 'latin1') return windows1252ToUtf8(chunk);
    if (this.#decoder === undefined) return chunk;
    return this.#encoder.encode(this.#decoder.decode(chunk, { stream: !isLast }));
  }
}

/** How many bytes of the file the first `length` bytes of its transcoded text came from. */
export function rawLength(utf8: Uint8Array, length: number, encoding: CsvEncoding): number {
  if (encoding === 'utf-8') return length;
  // A character outside the BMP is two units of UTF-16; windows-1252 has none.
  let units = 0;
  for (let i = 0; i < length; i++) if ((utf8[i] & 0xc0) !== 0x80) units += utf8[i] >= 0xf0 ? 2 : 1;
  return units * unitBytes(encoding);
}
