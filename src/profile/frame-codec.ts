// SPDX-License-Identifier: Apache-2.0
import { MAX_CATEGORIES, MAX_OTHER_HASHES } from '../baseline/feature-frames.js';
import type {
  CategoryFrame,
  Feature,
  FeatureFrame,
  Frame,
  NumberFrame,
  TableFrame,
  Windowing,
} from '../baseline/frame.js';
import { frameId } from '../baseline/frame-id.js';
import { MAX_JOINT } from '../baseline/joint.js';
import type { ColumnType } from '../columns/column.js';
import type { Field, Kind, Role } from '../columns/schema.js';
import type { ByteReader } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';
import { readEmbeddingFrame, writeEmbeddingFrame } from './embedding-codec.js';

// Stored by index: append only.
const TYPES: readonly ColumnType[] = ['number', 'boolean', 'time', 'string', 'vector'];
const KINDS: readonly Kind[] = ['number', 'category', 'boolean', 'time', 'text', 'embedding'];
const ROLES: readonly Role[] = ['input', 'prediction', 'label', 'key', 'time', 'ignore'];
const UNITS: readonly Windowing['unit'][] = ['hour', 'day', 'week', 'month'];

const MAX_COLUMNS = 1_000_000;
const MAX_CUTS = 4_096;
const MAX_ORDERS = 10_000;

export function writeFrame(to: ByteWriter, frame: Frame): void {
  to.text(frame.id);
  to.varint(frame.schema.length);
  for (const field of frame.schema) writeField(to, field);
  to.varint(frame.features.length);
  for (const feature of frame.features) {
    to.text(feature.name);
    to.byte(KINDS.indexOf(feature.kind));
    to.byte(ROLES.indexOf(feature.role));
    writeOptional(to, feature.reason);
    writeFeatureFrame(to, feature.frame);
  }
  writeTable(to, frame.table);
  to.flag(frame.windowing !== null);
  if (frame.windowing) {
    to.text(frame.windowing.column);
    to.byte(UNITS.indexOf(frame.windowing.unit));
  }
}

/** Throws CodecError for anything that writeFrame would not have written, a wrong id included. */
export function readFrame(from: ByteReader): Frame {
  const id = from.text();
  const schema = Array.from({ length: from.size(MAX_COLUMNS, 3) }, () => readField(from));
  const features = Array.from({ length: from.size(MAX_COLUMNS, 4) }, () => readFeature(from));
  const table = readTable(from, features);
  const windowing = from.flag() ? { column: from.text(), unit: pick(from, UNITS) } : null;
  const frame = { schema, features, table, windowing };
  if (new Set(features.map(({ name }) => name)).size < features.length)
    throw from.fail('a feature comes twice');
  if (frameId(frame) !== id) throw from.fail('its id does not match its content');
  return { ...frame, id };
}

function writeField(to: ByteWriter, { name, type, declared, dimension }: Field): void {
  to.text(name);
  to.byte(TYPES.indexOf(type));
  if (type === 'vector') to.varint(dimension ?? 0);
  writeOptional(to, declared);
}

function readField(from: ByteReader): Field {
  const named = { name: from.text(), type: pick(from, TYPES) };
  const field = named.type === 'vector' ? { ...named, dimension: from.varint() } : named;
  const declared = readOptional(from);
  return declared === undefined ? field : { ...field, declared };
}

function readFeature(from: ByteReader): Feature {
  const feature = { name: from.text(), kind: pick(from, KINDS), role: pick(from, ROLES) };
  const reason = readOptional(from);
  const frame = readFeatureFrame(from, feature.kind);
  return reason === undefined ? { ...feature, frame } : { ...feature, frame, reason };
}

function writeFeatureFrame(to: ByteWriter, frame: FeatureFrame): void {
  switch (frame.kind) {
    case 'number':
      writeNumberFrame(to, frame);
      break;
    case 'category':
    case 'boolean':
      writeCategoryFrame(to, frame);
      break;
    case 'time':
      to.f64(frame.origin);
      to.f64(frame.widthMs);
      break;
    case 'text':
      writeNumberFrame(to, frame.length);
      writeNumberFrame(to, frame.words);
      break;
    case 'embedding':
      writeEmbeddingFrame(to, frame);
      break;
  }
}

function readFeatureFrame(from: ByteReader, kind: Kind): FeatureFrame {
  switch (kind) {
    case 'number':
      return readNumberFrame(from);
    case 'category':
    case 'boolean':
      return readCategoryFrame(from, kind);
    case 'time': {
      const origin = from.f64();
      const widthMs = from.f64();
      if (!Number.isFinite(origin) || !(widthMs > 0 && widthMs < Infinity))
        throw from.fail('time buckets make no sense');
      return { kind, origin, widthMs };
    }
    case 'text':
      return { kind, length: readNumberFrame(from), words: readNumberFrame(from) };
    case 'embedding':
      return readEmbeddingFrame(from);
  }
}

function writeNumberFrame(to: ByteWriter, frame: NumberFrame): void {
  to.flag(frame.integer);
  to.f64(frame.shift);
  to.varint(frame.cuts.length);
  to.doubles(frame.cuts);
  to.varint(frame.display.length);
  for (const index of frame.display) to.varint(index);
}

function readNumberFrame(from: ByteReader): NumberFrame {
  const integer = from.flag();
  const shift = from.f64();
  const cuts = from.doubles(from.size(MAX_CUTS, 8));
  for (let i = 0; i < cuts.length; i++) {
    const rising = Number.isFinite(cuts[i]) && (i === 0 || cuts[i]! > cuts[i - 1]!);
    if (!rising) throw from.fail('cuts do not increase');
  }
  const display = new Uint32Array(from.size(cuts.length));
  for (let i = 0; i < display.length; i++) {
    const index = from.varint();
    if (index >= cuts.length || (i > 0 && index <= display[i - 1]!))
      throw from.fail('drawing edges do not increase');
    display[i] = index;
  }
  if (!Number.isFinite(shift)) throw from.fail('the shift is not finite');
  return { kind: 'number', integer, cuts, shift, display };
}

function writeCategoryFrame(to: ByteWriter, frame: CategoryFrame): void {
  to.flag(frame.numeric);
  to.flag(frame.overflow);
  to.varint(frame.categories.length);
  for (const name of frame.categories) to.text(name);
  to.varint(frame.otherHashes.length);
  for (const hash of frame.otherHashes) to.u32(hash);
}

function readCategoryFrame(from: ByteReader, kind: CategoryFrame['kind']): CategoryFrame {
  const numeric = from.flag();
  const overflow = from.flag();
  const categories = Array.from({ length: from.size(MAX_CATEGORIES) }, () => from.text());
  if (new Set(categories).size < categories.length) throw from.fail('a category comes twice');
  // Promotion may join two sets of hashes.
  const otherHashes = new Uint32Array(from.size(2 * MAX_OTHER_HASHES, 4));
  for (let i = 0; i < otherHashes.length; i++) {
    otherHashes[i] = from.u32();
    if (i > 0 && otherHashes[i]! <= otherHashes[i - 1]!) throw from.fail('category hashes do not increase');
  }
  return { kind, numeric, overflow, categories, otherHashes };
}

function writeTable(to: ByteWriter, table: TableFrame): void {
  to.varint(table.orders.length);
  for (const [a, b] of table.orders) {
    to.text(a);
    to.text(b);
  }
  to.varint(table.joint.length);
  table.joint.forEach((name, i) => {
    to.text(name);
    const ranks = table.jointRanks[i]!;
    to.raw(new Uint8Array(ranks.buffer, ranks.byteOffset, ranks.length));
  });
}

function readTable(from: ByteReader, features: readonly Feature[]): TableFrame {
  const orders = Array.from({ length: from.size(MAX_ORDERS, 2) }, (): [string, string] => [
    from.text(),
    from.text(),
  ]);
  const joint: string[] = [];
  const jointRanks: Int8Array[] = [];
  const size = from.size(MAX_JOINT);
  for (let i = 0; i < size; i++) {
    const name = from.text();
    const frame = features.find((feature) => feature.name === name)?.frame;
    if (frame?.kind !== 'number') throw from.fail(`"${name}" is no number to rank`);
    joint.push(name);
    jointRanks.push(new Int8Array(from.raw(frame.cuts.length + 1).buffer));
  }
  return { orders, joint, jointRanks };
}

function writeOptional(to: ByteWriter, text: string | undefined): void {
  to.flag(text !== undefined);
  if (text !== undefined) to.text(text);
}

function readOptional(from: ByteReader): string | undefined {
  return from.flag() ? from.text() : undefined;
}

function pick<T>(from: ByteReader, options: readonly T[]): T {
  const index = from.byte();
  if (index >= options.length) throw from.fail(`unknown choice ${index}`);
  return options[index]!;
}
