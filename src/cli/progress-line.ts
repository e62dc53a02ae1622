// SPDX-License-Identifier: Apache-2.0
import type { WriteStream } from 'node:tty';
import type { Progress } from '../engine/protocol.js';

/** One line on stderr, rewritten in place; nothing at all when stderr is not a terminal. */
export class ProgressLine {
  readonly #out: NodeJS.WriteStream | WriteStream;
  #shown = false;

  constructor(out: NodeJS.WriteStream | WriteStream) {
    this.#out = out;
  }

  show({ phase, rows, bytes, totalBytes, seconds }: Progress): void {
    if (!this.#out.isTTY) return;
    const share = totalBytes > 0 ? ` ${Math.min(100, Math.round((100 * bytes) / totalBytes))} %` : '';
    const speed = seconds > 0.2 ? `, ${(bytes / 1e6 / seconds).toFixed(0)} MB/s` : '';
    this.#out.write(`\r\u001b[K${phase}${share}, ${rows.toLocaleString('en')} rows${speed}`);
    this.#shown = true;
  }

  clear(): void {
    if (this.#shown) this.#out.write('\r\u001b[K');
    this.#shown = false;
  }
}
