// SPDX-License-Identifier: Apache-2.0
const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const MAX_ELEMENT = 64 * 2 ** 20;

/**
 * Finds the elements of one JSON array in a stream of bytes. What is not JSON at all is found by the parser afterwards;
 * here only strings and brackets count.
 */
export class ArrayElements {
  #carry: Uint8Array = new Uint8Array(0);
  /** Scanned bytes of the carry; state holds behind them. */
  #scanned = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #first = true;
  readonly #utf8 = new TextDecoder();
  /** True once the array has ended. */
  done = false;

  /** Text of the elements that end within `chunk`, with the commas between them. */
  push(chunk: Uint8Array): string {
    const bytes = this.#carry.length === 0 ? chunk : join(this.#carry, chunk);
    let from = 0;
    let at = this.#scanned;
    if (this.#first) {
      at = bytes.indexOf(91) + 1;
      if (at === 0) throw new Error('the JSON array has no beginning');
      from = at;
      this.#first = false;
    }
    let lastEnd = from;
    for (; at < bytes.length && !this.done; at++) {
      const byte = bytes[at];
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
      } else if (byte === QUOTE) this.#inString = true;
      else if (byte === COMMA) {
        if (this.#depth === 0) lastEnd = at;
      } else if (byte === 91 || byte === 123) this.#depth++;
      else if (byte === 93 || byte === 125) {
        if (this.#depth === 0) {
          this.done = true;
          lastEnd = at;
        } else this.#depth--;
      }
    }
    const text = this.#utf8.decode(bytes.subarray(from, lastEnd));
    // a comma between two elements stands at the end of one text: the next one begins behind it
    const next = lastEnd > from && bytes[lastEnd] === COMMA ? lastEnd + 1 : lastEnd;
    this.#carry = bytes.slice(next);
    this.#scanned = at - next;
    if (this.#carry.length > MAX_ELEMENT)
      throw new Error(`an element of the JSON array is longer than ${MAX_ELEMENT / 2 ** 20} MB`);
    return text;
  }
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
