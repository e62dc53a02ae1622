// SPDX-License-Identifier: Apache-2.0
import type { ScalarType } from '../../columns/column.js';
import { uniqueNames } from '../names.js';
import type { ParquetMetadata, PhysicalType, SchemaNode } from './metadata.js';
import { numberField, structField } from './thrift.js';

/** How the stored bytes of a leaf become the values of a column. */
export type Encoding =
  | { readonly to: 'int32' | 'uint32'; readonly divisor: number }
  | { readonly to: 'int64' | 'uint64'; readonly divisor: number }
  | { readonly to: 'float' | 'double' | 'boolean' | 'days' | 'int96' | 'half' | 'nothing' }
  | { readonly to: 'decimal'; readonly divisor: number }
  | { readonly to: 'utf8' | 'uuid' | 'hex' };

/** A leaf of the schema that can be read as a column: of a type that has one value a row, or the elements of a list. */
export interface Leaf {
  readonly name: string;
  readonly type: ScalarType;
  readonly declared: string;
  /** Ordinal among the leaves, which is the ordinal of its chunk in each row group. */
  readonly ordinal: number;
  readonly physical: PhysicalType;
  readonly typeLength: number;
  /** Definition level of a value that is present; 0 when the leaf and all its parents are required. */
  readonly maxDefinition: number;
  readonly encoding: Encoding;
  /** Only the elements of a list of numbers: the definition level from which on there is an element, null or not. */
  readonly elementDefinition?: number;
}

/** The elements of a list, which becomes a vector. `maxDefinition` counts the list's own levels too. */
export type ListLeaf = Leaf & { readonly elementDefinition: number };

export function isListLeaf(leaf: Leaf): leaf is ListLeaf {
  return leaf.elementDefinition !== undefined;
}

/** The leaves that can be read; what cannot be is told in `notes` by name with the reason. */
export function readableLeaves(metadata: ParquetMetadata, notes: string[]): Leaf[] {
  const found: Leaf[] = [];
  const encrypted = (ordinal: number) =>
    metadata.rowGroups.some((group) => group.columns[ordinal]?.encrypted);
  let ordinal = 0;
  const skip = (name: string, why: string) => notes.push(`column ${name}: ${why}, not read`);
  const walk = (node: SchemaNode, path: readonly string[], definition: number): void => {
    const name = path.join('.');
    const level = definition + (node.repetition === 'required' ? 0 : 1);
    const nested = node.repetition === 'repeated' ? 'repeated values' : groupKind(node);
    if (nested) {
      const list = listOf(node, definition);
      const place = ordinal;
      ordinal += leafCount(node);
      if (list === undefined) skip(name, nested);
      else if (encrypted(place)) skip(name, 'encrypted');
      else {
        const read = elementType(list.element);
        if (typeof read === 'string') skip(name, `a nested list of ${read}`);
        else {
          const { type: physical, typeLength } = list.element;
          const { elementDefinition, maxDefinition } = list;
          found.push({
            name,
            ...read,
            ordinal: place,
            physical: physical!,
            typeLength,
            maxDefinition,
            elementDefinition,
          });
        }
      }
    } else if (node.children.length > 0) {
      for (const child of node.children) walk(child, [...path, child.name], level);
    } else {
      const place = ordinal++;
      const read = leafType(node);
      if (encrypted(place)) skip(name, 'encrypted');
      else if (typeof read === 'string') skip(name, read);
      else if (node.type === undefined) skip(name, 'of an unknown type');
      else {
        if (read.declared === 'bytes') notes.push(`column ${name}: bytes without a text type, read as UTF-8`);
        found.push({
          name,
          ...read,
          ordinal: place,
          physical: node.type,
          typeLength: node.typeLength,
          maxDefinition: level,
        });
      }
    }
  };
  for (const child of metadata.root.children) walk(child, [child.name], 0);
  const names = uniqueNames(
    found.map((leaf) => leaf.name),
    notes,
  );
  return found.map((leaf, i) => ({ ...leaf, name: names[i] }));
}

function leafCount(node: SchemaNode): number {
  return node.children.length === 0 ? 1 : node.children.reduce((sum, child) => sum + leafCount(child), 0);
}

/** Why a group cannot be read as flat columns; undefined for a plain struct or a leaf. */
function groupKind(node: SchemaNode): string | undefined {
  if (node.children.length === 0) return undefined;
  if (node.converted === 3 || node.logical === 3) return 'a nested list';
  if (node.converted === 1 || node.converted === 2 || node.logical === 2) return 'a nested map';
  if (node.logical === 16) return 'of the variant type';
  return undefined;
}

/**
 * The one leaf of a list and its levels: a list group around a repeated group of one optional or required element, and
 * the older forms, a repeated leaf in a list group or alone. `undefined` for lists of anything else.
 */
function listOf(
  node: SchemaNode,
  definition: number,
): { element: SchemaNode; elementDefinition: number; maxDefinition: number } | undefined {
  const alone = node.repetition === 'repeated';
  const isList = node.converted === 3 || node.logical === 3;
  if (!alone && (!isList || node.children.length !== 1)) return undefined;
  const repeated = alone ? node : node.children[0];
  if (repeated.repetition !== 'repeated') return undefined;
  const elementDefinition = definition + (!alone && node.repetition === 'optional' ? 1 : 0) + 1;
  if (repeated.children.length === 0)
    return { element: repeated, elementDefinition, maxDefinition: elementDefinition };
  // a repeated group of these names is itself the element: a struct of one member
  if (alone || repeated.name === 'array' || repeated.name === `${node.name}_tuple`) return undefined;
  const [element] = repeated.children;
  if (repeated.children.length !== 1 || element.children.length > 0 || element.repetition === 'repeated')
    return undefined;
  const optional = element.repetition === 'optional' ? 1 : 0;
  return { element, elementDefinition, maxDefinition: elementDefinition + optional };
}

const VECTOR_ENCODINGS = new Set(['int32', 'uint32', 'int64', 'uint64', 'float', 'double', 'half']);

/** As `leafType`, for the elements of a list: plain numbers alone. */
function elementType(element: SchemaNode): LeafType | string {
  if (element.type === undefined) return 'an unknown type';
  const read = leafType(element);
  if (typeof read === 'string') return `values ${read}`;
  const plain = /^(u?int|float)\d+$/.test(read.declared) && VECTOR_ENCODINGS.has(read.encoding.to);
  return plain ? { ...read, declared: `list<${read.declared}>` } : read.declared;
}

type LeafType = Pick<Leaf, 'type' | 'declared' | 'encoding'>;

/** Column type, the file's own word for it and the decoding; or the reason why the leaf cannot be read. */
function leafType(node: SchemaNode): LeafType | string {
  const { type, typeLength } = node;
  if ((type === 'FIXED_LEN_BYTE_ARRAY' && typeLength <= 0) || typeLength > 2 ** 20)
    return `of a fixed length of ${typeLength} bytes`;
  if (node.logical === 5 || node.converted === 5) return decimalType(node);
  if (node.logical === 17 || node.logical === 18) return 'of a geospatial type';
  if (node.logical === 13 || node.converted === 20) return 'of the BSON type';
  if (node.converted === 21) return 'of the interval type';
  if (node.logical === 11) return { type: 'number', declared: 'null', encoding: { to: 'nothing' } };
  switch (type) {
    case 'BOOLEAN':
      return { type: 'boolean', declared: 'boolean', encoding: { to: 'boolean' } };
    case 'INT32':
      return int32Type(node);
    case 'INT64':
      return int64Type(node);
    case 'INT96':
      return { type: 'time', declared: 'timestamp(int96)', encoding: { to: 'int96' } };
    case 'FLOAT':
      return { type: 'number', declared: 'float32', encoding: { to: 'float' } };
    case 'DOUBLE':
      return { type: 'number', declared: 'float64', encoding: { to: 'double' } };
    case 'BYTE_ARRAY':
      return { type: 'string', declared: stringWord(node), encoding: { to: 'utf8' } };
    case 'FIXED_LEN_BYTE_ARRAY':
      if (node.logical === 15 && typeLength === 2)
        return { type: 'number', declared: 'float16', encoding: { to: 'half' } };
      if (node.logical === 14 && typeLength === 16)
        return { type: 'string', declared: 'uuid', encoding: { to: 'uuid' } };
      return { type: 'string', declared: `bytes(${typeLength})`, encoding: { to: 'hex' } };
    default:
      return 'of an unknown type';
  }
}

function int32Type(node: SchemaNode): LeafType {
  if (node.logical === 6 || node.converted === 6)
    return { type: 'time', declared: 'date', encoding: { to: 'days' } };
  if (node.logical === 7 || node.converted === 7) {
    return { type: 'number', declared: 'time of day (ms)', encoding: { to: 'int32', divisor: 1 } };
  }
  const { bits, signed } = integerWord(node, 32);
  const declared = `${signed ? 'int' : 'uint'}${bits}`;
  return { type: 'number', declared, encoding: { to: signed ? 'int32' : 'uint32', divisor: 1 } };
}

function int64Type(node: SchemaNode): LeafType {
  if (node.logical === 8 || node.converted === 9 || node.converted === 10) {
    const unit = timeUnit(node);
    return {
      type: 'time',
      declared: `timestamp(${unit.word})`,
      encoding: { to: 'int64', divisor: unit.perMillisecond },
    };
  }
  if (node.logical === 7 || node.converted === 8) {
    const unit = timeUnit(node);
    return {
      type: 'number',
      declared: 'time of day (ms)',
      encoding: { to: 'int64', divisor: unit.perMillisecond },
    };
  }
  const { bits, signed } = integerWord(node, 64);
  const declared = `${signed ? 'int' : 'uint'}${bits}`;
  return { type: 'number', declared, encoding: { to: signed ? 'int64' : 'uint64', divisor: 1 } };
}

function timeUnit(node: SchemaNode): { word: string; perMillisecond: number } {
  const unit = node.logicalFields && structField(node.logicalFields, 2);
  if (unit?.has(3)) return { word: 'ns', perMillisecond: 1_000_000 };
  if (unit?.has(2) || (!unit && (node.converted === 10 || node.converted === 8)))
    return { word: 'us', perMillisecond: 1000 };
  return { word: 'ms', perMillisecond: 1 };
}

function integerWord(node: SchemaNode, physical: 32 | 64): { bits: number; signed: boolean } {
  if (node.logical === 10 && node.logicalFields) {
    const bits = numberField(node.logicalFields, 1) ?? physical;
    return { bits, signed: node.logicalFields.get(2) !== false };
  }
  if (node.converted >= 11 && node.converted <= 14)
    return { bits: 8 << (node.converted - 11), signed: false };
  if (node.converted >= 15 && node.converted <= 18) return { bits: 8 << (node.converted - 15), signed: true };
  return { bits: physical, signed: true };
}

function decimalType(node: SchemaNode): LeafType | string {
  const fields = node.logical === 5 ? node.logicalFields : undefined;
  const scale = (fields && numberField(fields, 1)) ?? node.scale;
  const precision = (fields && numberField(fields, 2)) ?? node.precision;
  if (scale < -300 || scale > 300) return `decimal of scale ${scale}`;
  const declared = `decimal(${precision},${scale})`;
  const divisor = 10 ** scale;
  if (node.type === 'INT32') return { type: 'number', declared, encoding: { to: 'int32', divisor } };
  if (node.type === 'INT64') return { type: 'number', declared, encoding: { to: 'int64', divisor } };
  return { type: 'number', declared, encoding: { to: 'decimal', divisor } };
}

function stringWord(node: SchemaNode): string {
  if (node.logical === 1 || node.converted === 0) return 'string';
  if (node.logical === 4 || node.converted === 4) return 'enum';
  if (node.logical === 12 || node.converted === 19) return 'json';
  return 'bytes';
}
