// SPDX-License-Identifier: Apache-2.0
import { mix32 } from '../../baseline/hash.js';

/** 64 bits of an id's text, in two signed halves. Stored, so a change needs a new version of what labels keep. */
export interface IdHash {
  upper: number;
  lower: number;
}

/**
 * Two hashes in one pass over the UTF-16 code units, multiplying by different odd constants. With a million ids kept, two
 * of them are taken for one with a chance of 3 in 10⁸.
 */
export function hashId(text: string, into: IdHash): void {
  let a = 0x2f0b4a87;
  let b = 0x5bd1e995;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    a = (a << 13) | (a >>> 19);
    b = Math.imul(b ^ unit, 0x85ebca6b);
    b = (b << 15) | (b >>> 17);
  }
  into.upper = mix32(a ^ text.length) | 0;
  into.lower = mix32(b ^ text.length) | 0;
}
