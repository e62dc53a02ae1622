// SPDX-License-Identifier: Apache-2.0
/** `rows` lines of a number that moves by `shift` and a letter that does not; the same every time. */
export function csv(rows: number, shift: number): string {
  const lines = ['amount,letter'];
  for (let i = 0; i < rows; i++) {
    // A low-discrepancy walk through (0, 1): even, and without ties.
    const u = ((i + 0.5) * 0.6180339887498949) % 1;
    lines.push(`${(u * 4 + shift).toFixed(6)},${'abcd'[i % 4]}`);
  }
  return `${lines.join('\n')}\n`;
}
