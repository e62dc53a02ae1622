// SPDX-License-Identifier: Apache-2.0
import { sourceError } from '../source-error.js';

/** Throws SourceError when `text`, decoded to UTF-8, is full of control characters. */
export function refuseControls(name: string, text: Uint8Array): void {
  let controls = 0;
  const length = Math.min(text.length, 65_536);
  for (let i = 0; i < length; i++) {
    const byte = text[i];
    // Tab to carriage return, the start of heading that Hive writes between cells, the file, group, record and unit separators, and the end-of-file mark of DOS are found in texts.
    if (byte !== 1 && byte < 32 && (byte < 9 || (byte > 13 && byte < 26))) controls++;
  }
  if (controls > 2 && controls > length * 0.01) {
    throw sourceError(name, 'is not text: it holds control characters throughout');
  }
}
