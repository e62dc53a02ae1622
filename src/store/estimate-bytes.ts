// SPDX-License-Identifier: Apache-2.0
import type { StoredWindow } from './store.js';

/** Values looked at in one estimate; a state with more counts as what was seen, scaled by nothing. */
const MOST_VALUES = 2_000_000;

/** About as many bytes as a structured clone of the value takes: 8 a number, 1 or 2 a character, buffers as they are. */
export function estimateBytes(value: unknown): number {
  const seen = new Set<object>();
  const waiting: unknown[] = [value];
  let bytes = 0;
  for (let values = 0; waiting.length > 0 && values < MOST_VALUES; values++) {
    const next = waiting.pop();
    if (typeof next === 'string') bytes += 4 + next.length * (isLatin(next) ? 1 : 2);
    else if (typeof next !== 'object' || next === null) bytes += 8;
    else if (!seen.has(next)) {
      seen.add(next);
      bytes += 8;
      if (next instanceof ArrayBuffer) bytes += next.byteLength;
      else if (ArrayBuffer.isView(next)) bytes += next.byteLength;
      else if (next instanceof Map) for (const [key, item] of next) waiting.push(key, item);
      else if (next instanceof Set || Array.isArray(next)) for (const item of next) waiting.push(item);
      else for (const [key, item] of Object.entries(next)) waiting.push(key, item);
    }
  }
  return bytes;
}

/** Of a window, its record included. */
export function windowBytes(window: StoredWindow): number {
  return (
    window.profile.byteLength +
    window.outcomes.byteLength +
    2 * (window.id.length + window.spec.length + window.frameId.length) +
    64 +
    (window.verdict === null ? 0 : estimateBytes(window.verdict))
  );
}

function isLatin(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) return false;
  return true;
}
