// SPDX-License-Identifier: Apache-2.0
/** Versions of the model that are remembered. */
const MOST = 8;

/** Which versions of the model rows came of, the latest last. */
export class Versions {
  #seen: readonly string[] = [];
  #judged: string | null = null;

  /** Takes note of a version; gives the one before where the two take turns: windows of both would all end early. */
  note(version: string): string | null {
    const last = this.#seen.at(-1);
    if (version === last) return null;
    const isBack = this.#seen.includes(version);
    this.#seen = [...this.#seen.filter((known) => known !== version), version].slice(-MOST);
    return isBack ? last! : null;
  }

  /** Whether a judged window is of another version than the one judged before it. */
  isNewlyJudged(version: string): boolean {
    const before = this.#judged;
    this.#judged = version;
    return before !== null && before !== version;
  }
}
