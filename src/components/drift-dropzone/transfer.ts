// SPDX-License-Identifier: Apache-2.0
/** Files out of a drop or a clipboard. */

/** Text shorter than this is a slip of the hand, not a table. */
const LEAST_TEXT = 8;

export function droppedFiles(data: DataTransfer | null): File[] {
  return data === null ? [] : [...data.files];
}

/** Pasted files, or pasted text as a file: JSON by its first letter, else a delimited table (sniffed by the reader). */
export function pastedFiles(data: DataTransfer | null): File[] {
  if (data === null) return [];
  if (data.files.length > 0) return [...data.files];
  const text = data.getData('text/plain');
  if (text.trim().length < LEAST_TEXT || !text.trim().includes('\n')) return [];
  const json = /^\s*[[{]/.test(text);
  return [
    new File([text], json ? 'pasted.json' : 'pasted.csv', { type: json ? 'application/json' : 'text/csv' }),
  ];
}
