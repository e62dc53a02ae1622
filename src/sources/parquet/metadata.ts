// SPDX-License-Identifier: Apache-2.0
import type { Bytes } from '../source.js';
import { sourceError } from '../source-error.js';
import {
  bytesField,
  numberField,
  requiredNumber,
  structField,
  structList,
  ThriftReader,
  type ThriftStruct,
} from './thrift.js';

export type PhysicalType =
  | 'BOOLEAN'
  | 'INT32'
  | 'INT64'
  | 'INT96'
  | 'FLOAT'
  | 'DOUBLE'
  | 'BYTE_ARRAY'
  | 'FIXED_LEN_BYTE_ARRAY';

/** Names by the numbers of the format; the order is the format's. */
const PHYSICAL: readonly PhysicalType[] = [
  'BOOLEAN',
  'INT32',
  'INT64',
  'INT96',
  'FLOAT',
  'DOUBLE',
  'BYTE_ARRAY',
  'FIXED_LEN_BYTE_ARRAY',
];
const CODECS = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'LZO', 'BROTLI', 'LZ4', 'ZSTD', 'LZ4_RAW'] as const;
export type Codec = (typeof CODECS)[number];

/** One node of the schema: a group when `children` is not empty, else a leaf. */
export interface SchemaNode {
  readonly name: string;
  readonly type: PhysicalType | undefined;
  readonly typeLength: number;
  readonly repetition: 'required' | 'optional' | 'repeated';
  /** Number of the converted (old) type, −1 when there is none. */
  readonly converted: number;
  /** Field id of the logical type's union, 0 when there is none, with its struct. */
  readonly logical: number;
  readonly logicalFields: ThriftStruct | undefined;
  readonly scale: number;
  readonly precision: number;
  readonly children: readonly SchemaNode[];
}

export interface ColumnChunk {
  readonly codec: Codec | number;
  readonly type: PhysicalType | undefined;
  readonly values: number;
  readonly start: number;
  readonly end: number;
  readonly encrypted: boolean;
  readonly external: boolean;
}

export interface RowGroup {
  readonly rows: number;
  readonly columns: readonly ColumnChunk[];
}

export interface ParquetMetadata {
  readonly root: SchemaNode;
  /** Rows of all row groups. */
  readonly rows: number;
  /** Rows as the footer says; a few writers get it wrong. */
  readonly statedRows: number;
  readonly rowGroups: readonly RowGroup[];
  readonly createdBy: string;
}

/** A footer larger than this is refused: real ones stay under a few megabytes. */
const MAX_FOOTER = 256 * 2 ** 20;
/** Bytes by which old writers state a column chunk too short. */
const MISSING_HEADER = 100;
const MAX_SCHEMA_DEPTH = 64;
const text = new TextDecoder();

/** Reads and checks the footer. Errors: SourceError for a file that is no Parquet, truncated, encrypted or damaged. */
export async function readMetadata(bytes: Bytes): Promise<ParquetMetadata> {
  if (bytes.size < 12) throw sourceError(bytes.name, `too short for a Parquet file (${bytes.size} bytes)`);
  const tail = await bytes.slice(bytes.size - 8, bytes.size);
  const magic = text.decode(tail.subarray(4));
  if (magic === 'PARE')
    throw sourceError(bytes.name, 'the Parquet footer is encrypted: decrypt the file first');
  if (magic !== 'PAR1')
    throw sourceError(bytes.name, 'the Parquet file is truncated: it does not end with PAR1');
  const length = new DataView(tail.buffer, tail.byteOffset).getUint32(0, true);
  if (length > bytes.size - 12 || length > MAX_FOOTER) {
    throw sourceError(bytes.name, `the Parquet footer states ${length} bytes in a file of ${bytes.size}`);
  }
  const footer = await bytes.slice(bytes.size - 8 - length, bytes.size - 8);
  return parseFooter(new ThriftReader(footer).struct(), bytes.size);
}

function parseFooter(footer: ThriftStruct, fileSize: number): ParquetMetadata {
  const elements = structList(footer, 2);
  if (elements.length === 0) throw new Error('the footer has no schema');
  const cursor = { at: 0 };
  const root = schemaNode(elements, cursor, 0);
  if (cursor.at !== elements.length) throw new Error('the schema has elements outside its tree');
  const rowGroups = structList(footer, 4).map((group) => rowGroup(group, fileSize));
  const rows = requiredNumber(footer, 3, 'row count');
  const counted = rowGroups.reduce((sum, group) => sum + group.rows, 0);
  const createdBy = bytesField(footer, 6);
  return {
    root,
    rows: counted,
    statedRows: rows,
    rowGroups,
    createdBy: createdBy ? text.decode(createdBy) : '',
  };
}

function schemaNode(elements: readonly ThriftStruct[], cursor: { at: number }, depth: number): SchemaNode {
  if (depth > MAX_SCHEMA_DEPTH) throw new Error(`the schema is nested deeper than ${MAX_SCHEMA_DEPTH}`);
  const element = elements[cursor.at++];
  if (element === undefined) throw new Error('the schema ends too early');
  const count = numberField(element, 5) ?? 0;
  if (count < 0 || count > elements.length - cursor.at)
    throw new Error('the schema states more children than it has');
  const children: SchemaNode[] = [];
  for (let i = 0; i < count; i++) children.push(schemaNode(elements, cursor, depth + 1));
  const logicalUnion = structField(element, 10);
  const logical = logicalUnion?.keys().next().value ?? 0;
  const name = bytesField(element, 4);
  return {
    name: name ? text.decode(name) : '',
    type: PHYSICAL[numberField(element, 1) ?? -1],
    typeLength: numberField(element, 2) ?? 0,
    repetition: (['required', 'optional', 'repeated'] as const)[numberField(element, 3) ?? 0] ?? 'optional',
    converted: numberField(element, 6) ?? -1,
    logical,
    logicalFields: logicalUnion && logical ? structField(logicalUnion, logical) : undefined,
    scale: numberField(element, 7) ?? 0,
    precision: numberField(element, 8) ?? 0,
    children,
  };
}

function rowGroup(group: ThriftStruct, fileSize: number): RowGroup {
  const rows = requiredNumber(group, 3, 'row count of a row group');
  if (rows < 0 || !Number.isSafeInteger(rows)) throw new Error(`a row group states ${rows} rows`);
  return { rows, columns: structList(group, 1).map((column) => columnChunk(column, fileSize)) };
}

function columnChunk(column: ThriftStruct, fileSize: number): ColumnChunk {
  const meta = structField(column, 3);
  const encrypted = column.has(8) || column.has(9);
  const external = column.has(1);
  if (meta === undefined) {
    if (!encrypted) throw new Error('a column chunk has no metadata');
    return { codec: 'UNCOMPRESSED', type: undefined, values: 0, start: 0, end: 0, encrypted, external };
  }
  const data = requiredNumber(meta, 9, 'data page offset');
  const dictionary = numberField(meta, 11);
  // some writers leave 0 for "no dictionary"; the first 4 bytes of a file are its magic, so no page starts there
  const start = dictionary !== undefined && dictionary > 0 && dictionary < data ? dictionary : data;
  const stated = start + requiredNumber(meta, 7, 'compressed size');
  if (!external && !encrypted && (start < 0 || stated > fileSize || stated < start)) {
    throw new Error(`a column chunk lies outside the file (bytes ${start} to ${stated} of ${fileSize})`);
  }
  // old writers left the dictionary's header out of the size; reading stops when all values are there, not at the end
  const end = Math.min(fileSize, stated + MISSING_HEADER);
  const codec = numberField(meta, 4) ?? 0;
  const values = requiredNumber(meta, 5, 'value count');
  return {
    codec: CODECS[codec] ?? codec,
    type: PHYSICAL[numberField(meta, 1) ?? -1],
    values,
    start,
    end,
    encrypted,
    external,
  };
}
