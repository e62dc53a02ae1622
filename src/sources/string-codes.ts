// SPDX-License-Identifier: Apache-2.0
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
/** One character a byte: a cheap key for bytes, whatever they mean. */
const byteText = new TextDecoder('latin1');

export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  return utf8.decode(bytes.subarray(start, end));
}

export function decodeHex(bytes: Uint8Array, start: number, end: number): string {
  let hex = '';
  for (let i = start; i < end; i++) hex += bytes[i].toString(16).padStart(2, '0');
  return hex;
}

/** One character a byte; pieces of the result are keys for `StringCodes`. */
export function decodeBytes(bytes: Uint8Array): string {
  return byteText.decode(bytes);
}

/** Turns stored bytes into the text that they mean. */
export type DecodeText = (bytes: Uint8Array, start: number, end: number) => string;

/**
 * Distinct strings with their codes. Strings are looked up by their bytes (as text of one character a byte), so that a
 * repeated value is decoded once.
 */
export class StringCodes {
  readonly dictionary: string[];
  readonly #byBytes = new Map<string, number>();
  readonly #byText = new Map<string, number>();
  readonly #decode: DecodeText;

  constructor(decode: DecodeText, dictionary: readonly string[] = []) {
    this.#decode = decode;
    this.dictionary = dictionary.slice();
    for (let code = 0; code < dictionary.length; code++) this.#byText.set(dictionary[code], code);
  }

  /** Code of the value in `bytes` from `start` to `end`, whose bytes read `key`; a new value is added. */
  code(key: string, bytes: Uint8Array, start: number, end: number): number {
    const known = this.#byBytes.get(key);
    if (known !== undefined) return known;
    const text = this.#decode(bytes, start, end);
    let code = this.#byText.get(text);
    if (code === undefined) {
      code = this.dictionary.push(text) - 1;
      this.#byText.set(text, code);
    }
    this.#byBytes.set(key, code);
    return code;
  }
}
