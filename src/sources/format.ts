// SPDX-License-Identifier: Apache-2.0
import type { Bytes, Format } from './source.js';
import { sourceError } from './source-error.js';

/** What a file is: a format that can be read, or gzip around one. */
export type Container = Format | 'gzip';

/** Bytes looked at; enough for every magic number and for a fair sample of text. */
const HEAD = 4096;

/** A line with a vector of numbers is longer than the head; the longest that can be read fits in here. */
const LINE = 2 ** 20;

/** Formats told by their first bytes (Latin-1 text), in order. */
const MAGIC: readonly (readonly [string, Container])[] = [
  ['PAR1', 'parquet'],
  ['PARE', 'parquet'],
  ['ARROW1', 'arrow'],
  ['\xff\xff\xff\xff', 'arrow'],
  ['\x93NUMPY', 'npy'],
  ['\x1f\x8b', 'gzip'],
];

const EXPORT_CSV = 'export it as CSV or Parquet';
/** What cannot be read, told by its first bytes, with the way out. */
const REFUSED: readonly (readonly [string, string])[] = [
  ['FEA1', 'looks like a Feather file of version 1: write it again as Feather 2 (any pyarrow since 0.17)'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', `looks like an Excel workbook (.xls): ${EXPORT_CSV}`],
  ['%PDF', 'looks like a PDF document: a table of data is needed'],
  ['SQLite format 3\0', `looks like a SQLite database: ${EXPORT_CSV} the table`],
  ['ORC', 'looks like an ORC file: convert it to Parquet'],
  ['Obj\x01', 'looks like an Avro file: convert it to Parquet'],
  ['\x89HDF\r\n\x1a\n', 'looks like an HDF5 file: convert it to Parquet'],
  ['\x28\xb5\x2f\xfd', 'is compressed with Zstandard: unpack it first'],
  ['BZh', 'is compressed with bzip2: unpack it first'],
  ['\xfd7zXZ\0', 'is compressed with xz: unpack it first'],
  ['7z\xbc\xaf\x27\x1c', 'looks like a 7-Zip archive: unpack it first'],
  ['Rar!', 'looks like a RAR archive: unpack it first'],
  ['\x89PNG', 'looks like a PNG image: a table of data is needed'],
  ['\xff\xd8\xff', 'looks like a JPEG image: a table of data is needed'],
  ['GIF8', 'looks like a GIF image: a table of data is needed'],
  ['\x7fELF', 'looks like a program: a table of data is needed'],
  ['MZ\x90', 'looks like a program: a table of data is needed'],
  ['MATLAB 5.0', 'looks like a MATLAB file: export it as CSV'],
  ['<stata_dta>', `looks like a Stata file: ${EXPORT_CSV}`],
  ['$FL2', `looks like an SPSS file: ${EXPORT_CSV}`],
  ['RDX', `looks like an R data file: ${EXPORT_CSV}`],
  ['{\\rtf', 'looks like an RTF document: export the table as CSV'],
];

const BY_EXTENSION: Readonly<Record<string, Format>> = {
  csv: 'csv',
  tsv: 'csv',
  tab: 'csv',
  psv: 'csv',
  txt: 'csv',
  dat: 'csv',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  json: 'json',
  geojson: 'json',
  parquet: 'parquet',
  pq: 'parquet',
  arrow: 'arrow',
  arrows: 'arrow',
  feather: 'arrow',
  ipc: 'arrow',
  npy: 'npy',
  npz: 'npz',
};

/**
 * The format of `bytes`, by its first bytes, then by its name. Errors: SourceError for an empty file and for what is
 * known not to be a table, saying what it looks like and what to do.
 */
export async function detectFormat(bytes: Bytes): Promise<Container> {
  if (bytes.size === 0) throw sourceError(bytes.name, 'the file is empty (0 bytes)');
  const head = await bytes.slice(0, Math.min(bytes.size, HEAD));
  const text = latin1(head);
  for (const [magic, format] of MAGIC) if (text.startsWith(magic)) return format;
  for (const [magic, reason] of REFUSED) if (text.startsWith(magic)) throw sourceError(bytes.name, reason);
  if (text.startsWith('PK')) return zipContent(bytes, text);
  if (text.slice(8, 12) === 'DUCK')
    throw sourceError(bytes.name, `looks like a DuckDB database: ${EXPORT_CSV} the table`);
  const extension = /\.([a-z0-9]+)$/i.exec(bytes.name)?.[1].toLowerCase() ?? '';
  const named = BY_EXTENSION[extension];
  // streams of old Arrow writers begin with a length and no marker: only the name can tell
  if (named === 'arrow' && looksBinary(head)) return 'arrow';
  if (named === 'parquet' || named === 'arrow' || named === 'npy' || named === 'npz') {
    throw sourceError(bytes.name, `is named .${extension}, but its first bytes are not those of such a file`);
  }
  if (looksBinary(head)) throw sourceError(bytes.name, 'holds binary data of no known format');
  const isLongLine = bytes.size > HEAD && !text.includes('\n') && /^\s*\[\s*[-\d]/.test(text);
  const start = isLongLine ? latin1(await bytes.slice(0, Math.min(bytes.size, LINE))) : text;
  return textFormat(bytes.name, start, named);
}

function textFormat(name: string, text: string, named: Format | undefined): Format {
  const start = text.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (/^<(!doctype html|html|head|body)/i.test(start)) {
    throw sourceError(
      name,
      'looks like a web page, not a table: was the link to the file saved instead of the file?',
    );
  }
  if (/^<\?xml/i.test(start))
    throw sourceError(name, 'looks like an XML document: export the table as CSV or JSON');
  if (/^\{\s*["}]/.test(start)) {
    if (named === 'ndjson' || named === 'json')
      return named === 'json' && firstLineIsWhole(start) ? 'ndjson' : named;
    return firstLineIsWhole(start) ? 'ndjson' : 'json';
  }
  if (/^\[\s*[[{\]"\-0-9tfn]/.test(start) && named !== 'csv') {
    // lists line by line, a vector each; a damaged first line is told as such where the name says lines
    const isLine = named === 'ndjson' && /^\[\s*[-\d]/.test(start);
    return isLine || firstLineIsWhole(start) ? 'ndjson' : 'json';
  }
  if (named === 'json' || named === 'ndjson') {
    throw sourceError(name, `is named as JSON, but begins with ${JSON.stringify(start.slice(0, 20))}`);
  }
  return 'csv';
}

/** True when the first line is one whole JSON value and another one follows. */
function firstLineIsWhole(start: string): boolean {
  const end = start.indexOf('\n');
  if (end < 0 || start.slice(end).trim() === '') return false;
  try {
    JSON.parse(start.slice(0, end));
    return true;
  } catch {
    return false;
  }
}

/** Control characters that no text file has. UTF-16 has NULs, and so have some sorry CSV files: they do not count. */
function looksBinary(head: Uint8Array): boolean {
  let odd = 0;
  for (const byte of head) if ((byte > 0 && byte < 9) || (byte > 13 && byte < 32 && byte !== 27)) odd++;
  return odd > 2 && odd > head.length * 0.02;
}

async function zipContent(bytes: Bytes, text: string): Promise<Container> {
  // the first entry's name stands behind a header of 30 bytes
  const name = text.slice(30, 30 + text.charCodeAt(26) + 256 * text.charCodeAt(27));
  if (name.endsWith('.npy') || bytes.name.toLowerCase().endsWith('.npz')) return 'npz';
  const tail = latin1(await bytes.slice(Math.max(0, bytes.size - 65_536), bytes.size));
  const has = (part: string) => text.includes(part) || tail.includes(part);
  if (has('xl/workbook') || has('xl/worksheets'))
    throw sourceError(bytes.name, `looks like an Excel workbook: ${EXPORT_CSV}`);
  if (has('opendocument.spreadsheet'))
    throw sourceError(bytes.name, `looks like a LibreOffice spreadsheet: ${EXPORT_CSV}`);
  if (has('word/document'))
    throw sourceError(bytes.name, 'looks like a Word document: a table of data is needed');
  if (has('.npy')) return 'npz';
  throw sourceError(bytes.name, 'looks like a zip archive: unpack it and give the file inside');
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return text;
}
