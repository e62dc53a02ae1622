// SPDX-License-Identifier: Apache-2.0

/** The place from 0 to `last` that a key takes the cursor of a drawing to; undefined for keys that do not move it. */
export function placeAfter(key: string, place: number, last: number): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: place + 1,
    ArrowUp: place + 1,
    ArrowLeft: place - 1,
    ArrowDown: place - 1,
    Home: 0,
    End: last,
  };
  const next = moves[key];
  return next === undefined ? undefined : Math.max(0, Math.min(last, next));
}
