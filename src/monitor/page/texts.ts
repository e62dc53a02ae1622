// SPDX-License-Identifier: Apache-2.0

/** Texts by their codes: each once, in the order in which they came. */
export class Texts {
  readonly dictionary: string[] = [];
  /** Characters of all of them. */
  chars = 0;
  readonly #codes = new Map<string, number>();

  get entries(): number {
    return this.dictionary.length;
  }

  codeOf(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const code = this.dictionary.push(text) - 1;
    this.#codes.set(text, code);
    this.chars += text.length;
    return code;
  }
}
