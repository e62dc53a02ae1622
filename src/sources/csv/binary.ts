// SPDX-License-Identifier: Apache-2.0
import { sourceError } from '../source-error.js';
import { isUtf32 } from './encoding.js';

/** First bytes of what people rename or drop by mistake. */
const SIGNATURES: readonly (readonly [name: string, bytes: string])[] = [
  ['a ZIP archive (an .xlsx workbook is one)', 'PK\x03\x04'],
  ['an old Excel or Office file', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['a PDF', '%PDF-'],
  ['a gzip file', '\x1f\x8b'],
  ['a Parquet file', 'PAR1'],
  ['an encrypted Parquet file', 'PARE'],
  ['an Arrow file', 'ARROW1'],
  ['a NumPy array', '\x93NUMPY'],
  ['a PNG image', '\x89PNG'],
  ['a JPEG image', '\xff\xd8\xff'],
  ['a GIF image', 'GIF8'],
  ['a SQLite database', 'SQLite format 3\0'],
  ['a program', '\x7fELF'],
  ['a Zstandard file', '\x28\xb5\x2f\xfd'],
  ['an XZ file', '\xfd7zXZ\0'],
  ['a 7-Zip archive', '7z\xbc\xaf\x27\x1c'],
  ['a bzip2 file', 'BZh9'],
  ['an HDF5 file', '\x89HDF\r\n'],
  ['an HTML page', '<!DOCTYPE'],
  ['an HTML page', '<!doctype'],
  ['an HTML page', '<html'],
  ['an XML file', '<?xml'],
];

/** Throws SourceError when the head of a file is that of another format, saying which. */
export function refuseForeign(name: string, head: Uint8Array): void {
  for (const [kind, signature] of SIGNATURES) {
    if (startsWith(head, signature)) throw sourceError(name, `is not delimited text: it begins like ${kind}`);
  }
  if (isUtf32(head)) throw sourceError(name, 'is UTF-32 text, which is not read; save it as UTF-8');
}

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

function startsWith(head: Uint8Array, signature: string): boolean {
  if (head.length < signature.length) return false;
  for (let i = 0; i < signature.length; i++) if (head[i] !== signature.charCodeAt(i)) return false;
  return true;
}
