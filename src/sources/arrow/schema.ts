// SPDX-License-Identifier: Apache-2.0
import type { ScalarType } from '../../columns/column.js';
import { dimensionTrouble } from '../list-lengths.js';
import type { FlatTable } from './flatbuffer.js';

/** Numbers of the type union, as the format counts them. */
export const TYPE = {
  null: 1,
  int: 2,
  float: 3,
  binary: 4,
  utf8: 5,
  bool: 6,
  decimal: 7,
  date: 8,
  time: 9,
  timestamp: 10,
  interval: 11,
  list: 12,
  struct: 13,
  union: 14,
  fixedBinary: 15,
  fixedList: 16,
  map: 17,
  duration: 18,
  largeBinary: 19,
  largeUtf8: 20,
  largeList: 21,
  runEndEncoded: 22,
  binaryView: 23,
  utf8View: 24,
  listView: 25,
  largeListView: 26,
} as const;

/** One field of the schema with its buffers' layout. */
export interface ArrowField {
  readonly name: string;
  readonly typeId: number;
  /** What the values of this field (or of its dictionary) are. */
  readonly values: ValueType;
  readonly children: readonly ArrowField[];
  /** For a dictionary-encoded field: the id, and the integers that hold the codes. */
  readonly dictionary: { readonly id: number; readonly index: IntegerType } | undefined;
  /** Only unions: dense ones have offsets. */
  readonly dense: boolean;
}

interface IntegerType {
  readonly bits: number;
  readonly signed: boolean;
}

/** How fixed-width or text values become a column; `unreadable` says why they cannot. */
export type ValueType =
  | (IntegerType & { readonly kind: 'int' })
  | { readonly kind: 'float'; readonly bits: number }
  | { readonly kind: 'bool' | 'null' }
  | { readonly kind: 'decimal'; readonly bits: number; readonly precision: number; readonly scale: number }
  /** Integers in units that `perMillisecond` converts: dates, times, timestamps, durations. */
  | {
      readonly kind: 'clock';
      readonly bits: number;
      readonly perMillisecond: number;
      readonly time: boolean;
      readonly word: string;
    }
  | { readonly kind: 'text'; readonly wide: boolean; readonly word: string }
  | { readonly kind: 'view'; readonly word: string }
  | { readonly kind: 'fixed'; readonly width: number }
  | { readonly kind: 'struct' }
  /** Lists: `size` elements each where the type says so, else between offsets of 32 bits or (wide) 64. */
  | { readonly kind: 'list'; readonly size: number | undefined; readonly wide: boolean }
  | { readonly kind: 'unreadable'; readonly why: string };

const MAX_FIELDS = 200_000;
const MAX_DEPTH = 64;

/** Fields of a schema table. Errors for big-endian data and for schemas nested or wide beyond reason. */
export function readSchema(schema: FlatTable): ArrowField[] {
  if (schema.int16(0) !== 0) throw new Error('the Arrow data is big-endian, which is not supported');
  const budget = { fields: MAX_FIELDS };
  return schema.tables(1).map((field) => readField(field, 0, budget));
}

function readField(field: FlatTable, depth: number, budget: { fields: number }): ArrowField {
  // offsets may point several parents to one child, so the count is bounded and not only the depth
  if (depth > MAX_DEPTH || --budget.fields < 0)
    throw new Error('the Arrow schema is nested too deeply or too large');
  const typeId = field.uint8(2);
  const type = field.table(3);
  const encoding = field.table(4);
  const index = encoding?.table(1);
  return {
    name: field.string(0),
    typeId,
    values: valueType(typeId, type),
    children: field.tables(5).map((child) => readField(child, depth + 1, budget)),
    dictionary: encoding && {
      id: encoding.int64(0),
      index: { bits: index?.int32(0) ?? 32, signed: index ? index.uint8(1) !== 0 : true },
    },
    dense: typeId === TYPE.union && type?.int16(0) === 1,
  };
}

const UNITS = [
  { word: 's', perMillisecond: 0.001 },
  { word: 'ms', perMillisecond: 1 },
  { word: 'us', perMillisecond: 1000 },
  { word: 'ns', perMillisecond: 1_000_000 },
] as const;

function valueType(typeId: number, type: FlatTable | undefined): ValueType {
  const unit = (fallback: number) => {
    const found = UNITS[type?.int16(0, fallback) ?? fallback];
    if (!found) throw new Error('the Arrow schema holds an unknown time unit');
    return found;
  };
  switch (typeId) {
    case TYPE.null:
      return { kind: 'null' };
    case TYPE.int:
      return { kind: 'int', bits: integerBits(type?.int32(0) ?? 0), signed: type?.uint8(1) === 1 };
    case TYPE.float:
      return { kind: 'float', bits: [16, 32, 64][type?.int16(0) ?? 0] ?? 64 };
    case TYPE.bool:
      return { kind: 'bool' };
    case TYPE.decimal:
      return decimal(type);
    case TYPE.date:
      return type?.int16(0, 1) === 0
        ? { kind: 'clock', bits: 32, perMillisecond: 1 / 86_400_000, time: true, word: 'date' }
        : { kind: 'clock', bits: 64, perMillisecond: 1, time: true, word: 'date' };
    case TYPE.time:
      return {
        kind: 'clock',
        ...unit(1),
        bits: type?.int32(1, 32) === 64 ? 64 : 32,
        time: false,
        word: 'time of day (ms)',
      };
    case TYPE.timestamp:
      return { kind: 'clock', ...unit(0), bits: 64, time: true, word: `timestamp(${unit(0).word})` };
    case TYPE.duration:
      return { kind: 'clock', ...unit(1), bits: 64, time: false, word: 'duration (ms)' };
    case TYPE.utf8:
    case TYPE.largeUtf8:
      return { kind: 'text', wide: typeId === TYPE.largeUtf8, word: 'string' };
    case TYPE.binary:
    case TYPE.largeBinary:
      return { kind: 'text', wide: typeId === TYPE.largeBinary, word: 'bytes' };
    case TYPE.utf8View:
    case TYPE.binaryView:
      return { kind: 'view', word: typeId === TYPE.utf8View ? 'string' : 'bytes' };
    case TYPE.fixedBinary:
      return { kind: 'fixed', width: fixedWidth(type) };
    case TYPE.struct:
      return { kind: 'struct' };
    case TYPE.list:
    case TYPE.largeList:
      return { kind: 'list', size: undefined, wide: typeId === TYPE.largeList };
    case TYPE.fixedList:
      return { kind: 'list', size: type?.int32(0) ?? 0, wide: false };
    default:
      return { kind: 'unreadable', why: UNREADABLE[typeId] ?? `of an unknown type (${typeId})` };
  }
}

const UNREADABLE: Readonly<Record<number, string>> = {
  [TYPE.interval]: 'of the interval type',
  [TYPE.listView]: 'a list view',
  [TYPE.largeListView]: 'a list view',
  [TYPE.map]: 'a nested map',
  [TYPE.union]: 'of the union type',
  [TYPE.runEndEncoded]: 'run-end encoded',
};

function integerBits(bits: number): number {
  if (bits !== 8 && bits !== 16 && bits !== 32 && bits !== 64)
    throw new Error(`the Arrow schema holds integers of ${bits} bits`);
  return bits;
}

function decimal(type: FlatTable | undefined): ValueType {
  const bits = type?.int32(2, 128) ?? 128;
  const scale = type?.int32(1) ?? 0;
  if (![32, 64, 128, 256].includes(bits) || Math.abs(scale) > 300) {
    return { kind: 'unreadable', why: `a decimal of ${bits} bits and scale ${scale}` };
  }
  return { kind: 'decimal', bits, scale, precision: type?.int32(0) ?? 0 };
}

function fixedWidth(type: FlatTable | undefined): number {
  const width = type?.int32(0) ?? 0;
  if (width < 0 || width > 2 ** 20) throw new Error(`the Arrow schema holds values of ${width} bytes`);
  return width;
}

/** Column type and the file's own word for it; undefined when the values cannot be read as a column. */
export function columnType({
  values,
  dictionary,
}: ArrowField): { type: ScalarType; declared: string } | undefined {
  const plain = plainType(values);
  return plain && dictionary ? { ...plain, declared: `dictionary<${plain.declared}>` } : plain;
}

function plainType(values: ValueType): { type: ScalarType; declared: string } | undefined {
  switch (values.kind) {
    case 'null':
      return { type: 'number', declared: 'null' };
    case 'int':
      return { type: 'number', declared: `${values.signed ? 'int' : 'uint'}${values.bits}` };
    case 'float':
      return { type: 'number', declared: `float${values.bits}` };
    case 'bool':
      return { type: 'boolean', declared: 'boolean' };
    case 'decimal':
      return { type: 'number', declared: `decimal(${values.precision},${values.scale})` };
    case 'clock':
      return { type: values.time ? 'time' : 'number', declared: values.word };
    case 'text':
    case 'view':
      return { type: 'string', declared: values.word };
    case 'fixed':
      return { type: 'string', declared: `bytes(${values.width})` };
    default:
      return undefined;
  }
}

/** Why the lists of a field are no vectors, as far as its type tells; undefined when they may be. */
export function listTrouble({ values, dictionary, children }: ArrowField): string | undefined {
  if (values.kind !== 'list') return 'no list';
  const item = children[0];
  if (dictionary || item === undefined) return 'a dictionary of nested values';
  const numeric = item.values.kind === 'int' || item.values.kind === 'float';
  if (!numeric || item.dictionary) return `a nested list of ${columnType(item)?.declared ?? 'nested values'}`;
  return values.size === undefined ? undefined : dimensionTrouble(values.size);
}

/** The file's own word for lists of a field that become vectors of `dimension`. */
export function listWord({ values, children }: ArrowField, dimension: number): string {
  const item = columnType(children[0])?.declared ?? '';
  return values.kind === 'list' && values.size !== undefined ? `${item}[${dimension}]` : `list<${item}>`;
}
