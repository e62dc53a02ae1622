// SPDX-License-Identifier: Apache-2.0

/** Words of a text: runs of anything but white space. */
export function countWords(text: string): number {
  let words = 0;
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const space = code <= 32 || code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200b);
    if (!space && !inside) words++;
    inside = !space;
  }
  return words;
}
