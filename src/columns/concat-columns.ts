// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../errors.js';
import { type Column, NULL_CODE, type NumberColumn, type StringColumn, type VectorColumn } from './column.js';

/**
 * Columns of one type one after the other, as fresh arrays. Dictionaries are merged: a value has one code in the result,
 * and only values that are used stay. Numbers stay f32 when every part is f32. Errors: SchemaError when there is no
 * part, or when types differ.
 */
export function concatColumns(parts: readonly Column[]): Column {
  if (parts.length === 0) throw new DriftglassError('SchemaError', 'no columns to join');
  const { type } = parts[0];
  const other = parts.find((part) => part.type !== type);
  if (other)
    throw new DriftglassError('SchemaError', `a ${type} column cannot be joined with a ${other.type} column`);
  return type === 'string'
    ? concatStrings(parts as readonly StringColumn[])
    : concatNumbers(parts as readonly NumberColumn[]);
}

function concatNumbers(parts: readonly NumberColumn[]): NumberColumn {
  const rows = parts.reduce((sum, part) => sum + part.values.length, 0);
  const single = parts.every((part) => part.values instanceof Float32Array);
  const values = single ? new Float32Array(rows) : new Float64Array(rows);
  const status = parts.some((part) => part.status) ? new Uint8Array(rows) : null;
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    if (status && part.status) status.set(part.status, at);
    at += part.values.length;
  }
  return { type: parts[0].type, values, status };
}

function concatStrings(parts: readonly StringColumn[]): StringColumn {
  const rows = parts.reduce((sum, part) => sum + part.codes.length, 0);
  const codes = new Int32Array(rows);
  const dictionary: string[] = [];
  const codeOf = new Map<string, number>();
  let at = 0;
  let remap = new Int32Array(0);
  let remapOf: readonly string[] | undefined;
  for (const part of parts) {
    // parts of one file mostly share one dictionary: its codes are looked up once
    if (part.dictionary !== remapOf) {
      remapOf = part.dictionary;
      remap = new Int32Array(part.dictionary.length).fill(NULL_CODE);
    }
    for (let i = 0; i < part.codes.length; i++) {
      const from = part.codes[i];
      if (from === NULL_CODE) {
        codes[at++] = NULL_CODE;
        continue;
      }
      let to = remap[from];
      if (to === NULL_CODE) {
        const text = part.dictionary[from];
        const known = codeOf.get(text);
        to = known ?? dictionary.push(text) - 1;
        if (known === undefined) codeOf.set(text, to);
        remap[from] = to;
      }
      codes[at++] = to;
    }
  }
  return { type: 'string', codes, dictionary };
}

/**
 * Vector columns of one dimension one after the other, as a fresh array. Errors: SchemaError when there is no part, or when
 * dimensions differ.
 */
export function concatVectors(parts: readonly VectorColumn[]): VectorColumn {
  if (parts.length === 0) throw new DriftglassError('SchemaError', 'no columns to join');
  const { dimension } = parts[0];
  const other = parts.find((part) => part.dimension !== dimension);
  if (other)
    throw new DriftglassError(
      'SchemaError',
      `vectors of ${dimension} numbers cannot be joined with vectors of ${other.dimension}`,
    );
  const rows = parts.reduce((sum, part) => sum + part.values.length / dimension, 0);
  const values = new Float32Array(rows * dimension);
  const status = parts.some((part) => part.status) ? new Uint8Array(rows) : null;
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at * dimension);
    if (status && part.status) status.set(part.status, at);
    at += part.values.length / dimension;
  }
  return { type: 'vector', dimension, values, status };
}
