// SPDX-License-Identifier: Apache-2.0
import type { HybridDecoder } from './hybrid.js';

/** How many of the next `count` definition levels are `max`, which stands for a value. Errors for a level beyond it. */
export function countPresent(levels: HybridDecoder, max: number, count: number, scratch: Uint8Array): number {
  let present = 0;
  for (let at = 0; at < count; ) {
    const run = levels.skipRunOf(max, count - at);
    present += run;
    at += run;
    if (run > 0) continue;
    const step = Math.min(scratch.length, count - at);
    levels.read(scratch, 0, step);
    present += presentAmong(scratch, max, step);
    at += step;
  }
  return present;
}

/** How many of the first `count` of `levels` are `max`. Errors for a level beyond it. */
export function presentAmong(levels: Uint8Array, max: number, count: number): number {
  let present = 0;
  for (let i = 0; i < count; i++) {
    if (levels[i] === max) present++;
    else if (levels[i] > max) throw new Error(`definition level ${levels[i]} of ${max}`);
  }
  return present;
}
