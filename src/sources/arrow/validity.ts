// SPDX-License-Identifier: Apache-2.0
import { NULL } from '../../columns/column.js';
import type { ArrowBody } from './body.js';
import type { Place } from './layout.js';
import type { BatchLayout } from './messages.js';

/** Validity bits of rows `from` to `to`, the first at bit `from` % 8; undefined when every row is present. */
export async function validityBits(
  { node, buffer }: Place,
  { layout, body, from, to }: { layout: BatchLayout; body: ArrowBody; from: number; to: number },
): Promise<Uint8Array | undefined> {
  if (layout.nodes[node].nulls === 0 || body.storedLength(buffer) === 0) return undefined;
  return body.range(buffer, Math.floor(from / 8), Math.ceil(to / 8));
}

/** Whether a bit is set, counted from bit `from` % 8. */
export function isSet(bits: Uint8Array, from: number, i: number): boolean {
  const at = (from % 8) + i;
  return ((bits[at >> 3] >> (at & 7)) & 1) === 1;
}

/** NULL where one of the places (a value, and the structs around it) is null; `null` when every row is present. */
export async function nullsIn(
  places: readonly Place[],
  rows: { layout: BatchLayout; body: ArrowBody; from: number; to: number },
): Promise<Uint8Array | null> {
  const { from, to } = rows;
  let status: Uint8Array | null = null;
  for (const place of places) {
    const bits = await validityBits(place, rows);
    if (!bits) continue;
    for (let i = 0; i < to - from; i++) {
      if (isSet(bits, from, i)) continue;
      status ??= new Uint8Array(to - from);
      status[i] = NULL;
    }
  }
  return status;
}
