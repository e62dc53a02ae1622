// SPDX-License-Identifier: Apache-2.0
import type { CategoryFrame, FeatureFrame, Frame, NumberFrame, TextFrame } from '../baseline/frame.js';
import type { ByteReader } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';
import { MAX_HASHES } from './duplicates.js';
import { readEmbedding, writeEmbedding } from './embedding-codec.js';
import { MAX_REGISTER, REGISTERS } from './hyperloglog.js';
import { MAX_TOKENS } from './misra-gries.js';
import type {
  CategoryPart,
  DuplicateSample,
  NumberPart,
  Part,
  PartCounts,
  TablePart,
  TextPart,
  TimePart,
} from './parts.js';
import { keyNames } from './table.js';
import { MAX_BUCKETS } from './time.js';
import { MAX_UNSEEN_NAMES } from './unseen-names.js';

export function writePart(to: ByteWriter, part: Part): void {
  writeRows(to, part);
  switch (part.kind) {
    case 'number':
      writeNumber(to, part);
      break;
    case 'category':
    case 'boolean':
      writeCategory(to, part);
      break;
    case 'time':
      writeTime(to, part);
      break;
    case 'text':
      writeText(to, part);
      break;
    case 'embedding':
      writeEmbedding(to, part);
      break;
  }
}

/** Reads a part whose shape the feature's frame tells. */
export function readPart(from: ByteReader, frame: FeatureFrame): Part {
  const rows = readRows(from);
  switch (frame.kind) {
    case 'number':
      return readNumber(from, frame, rows);
    case 'category':
    case 'boolean':
      return readCategory(from, frame, rows);
    case 'time':
      return readTime(from, rows);
    case 'text':
      return readText(from, frame, rows);
    case 'embedding':
      return readEmbedding(from, frame, rows);
  }
}

function writeRows(to: ByteWriter, part: PartCounts): void {
  to.varint(part.rows);
  to.varint(part.missing);
  to.varint(part.unparsable);
}

function readRows(from: ByteReader): PartCounts {
  const counts = { rows: from.varint(), missing: from.varint(), unparsable: from.varint() };
  if (counts.missing + counts.unparsable > counts.rows)
    throw from.fail('more rows are absent than there are');
  return counts;
}

function writeNumber(to: ByteWriter, part: NumberPart): void {
  to.varint(part.nan);
  to.varint(part.positiveInfinity);
  to.varint(part.negativeInfinity);
  to.f64(part.min);
  to.f64(part.max);
  for (const sum of part.sums) to.f64(sum);
  to.counts(part.counts);
  to.floats(part.binSums);
  to.registers(part.distinct);
}

function readNumber(from: ByteReader, frame: NumberFrame, rows: PartCounts): NumberPart {
  return {
    ...rows,
    kind: 'number',
    nan: from.varint(),
    positiveInfinity: from.varint(),
    negativeInfinity: from.varint(),
    min: from.f64(),
    max: from.f64(),
    sums: Float64Array.of(from.f64(), from.f64(), from.f64(), from.f64()),
    counts: from.counts(frame.cuts.length + 1),
    binSums: from.floats(frame.cuts.length + 1),
    distinct: readDistinct(from),
  };
}

function readDistinct(from: ByteReader): Uint8Array {
  const registers = from.registers(REGISTERS);
  if (registers.some((register) => register > MAX_REGISTER)) throw from.fail('a register is out of range');
  return registers;
}

function writeCategory(to: ByteWriter, part: CategoryPart): void {
  to.counts(part.counts);
  to.varint(part.other);
  to.varint(part.unseen);
  writeNames(to, part.unseenNames);
  to.registers(part.distinct);
}

function readCategory(from: ByteReader, frame: CategoryFrame, rows: PartCounts): CategoryPart {
  return {
    ...rows,
    kind: frame.kind,
    counts: from.counts(frame.categories.length),
    other: from.varint(),
    unseen: from.varint(),
    unseenNames: readNames(from, MAX_UNSEEN_NAMES),
    distinct: readDistinct(from),
  };
}

function writeTime(to: ByteWriter, part: TimePart): void {
  to.f64(part.min);
  to.f64(part.max);
  to.counts(part.hourOfWeek);
  to.varint(part.buckets.size);
  let next = 0;
  for (const [index, count] of [...part.buckets].sort(([a], [b]) => a - b)) {
    to.signed(index - next);
    to.varint(count);
    next = index;
  }
  to.varint(part.bucketsDropped);
  to.varint(part.ordered);
  to.varint(part.pairs);
}

function readTime(from: ByteReader, rows: PartCounts): TimePart {
  const min = from.f64();
  const max = from.f64();
  const hourOfWeek = from.counts(168);
  const buckets = new Map<number, number>();
  const size = from.size(MAX_BUCKETS, 3);
  let index = 0;
  for (let i = 0; i < size; i++) {
    const step = from.signed();
    if (i > 0 && step <= 0) throw from.fail('time buckets do not increase');
    index += step;
    buckets.set(index, from.varint());
  }
  const rest = { bucketsDropped: from.varint(), ordered: from.varint(), pairs: from.varint() };
  return { ...rows, kind: 'time', min, max, hourOfWeek, buckets, ...rest };
}

function writeText(to: ByteWriter, part: TextPart): void {
  to.varint(part.empty);
  writePart(to, part.length);
  writePart(to, part.words);
  writeNames(to, part.tokens);
  to.varint(part.tokenCount);
  to.varint(part.tokenError);
  to.registers(part.distinct);
}

function readText(from: ByteReader, frame: TextFrame, rows: PartCounts): TextPart {
  return {
    ...rows,
    kind: 'text',
    empty: from.varint(),
    length: readNumber(from, frame.length, readRows(from)),
    words: readNumber(from, frame.words, readRows(from)),
    tokens: readNames(from, MAX_TOKENS),
    tokenCount: from.varint(),
    tokenError: from.varint(),
    distinct: readDistinct(from),
  };
}

/** Names in order, so that equal profiles have equal bytes. */
function writeNames(to: ByteWriter, names: ReadonlyMap<string, number>): void {
  to.varint(names.size);
  for (const [name, count] of [...names].sort(([a], [b]) => (a < b ? -1 : 1))) {
    to.text(name);
    to.varint(count);
  }
}

function readNames(from: ByteReader, most: number): Map<string, number> {
  const size = from.size(most, 2);
  const names = new Map<string, number>();
  for (let i = 0; i < size; i++) names.set(from.text(), from.varint());
  if (names.size < size) throw from.fail('a name comes twice');
  return names;
}

export function writeTablePart(to: ByteWriter, part: TablePart): void {
  writeDuplicates(to, part.duplicates);
  for (const sample of part.keys.values()) writeDuplicates(to, sample);
  to.counts(part.orderRows);
  to.counts(part.orderBroken);
  to.varint(part.jointRows);
  for (const sum of part.jointSum) to.signed(sum);
  const d = part.jointSum.length;
  for (let i = 0; i < d; i++) for (let j = i; j < d; j++) to.signed(part.jointCross[i * d + j]!);
}

export function readTablePart(from: ByteReader, frame: Frame): TablePart {
  const { orders, joint } = frame.table;
  const duplicates = readDuplicates(from);
  const keys = new Map(keyNames(frame).map((name) => [name, readDuplicates(from)]));
  const orderRows = from.counts(orders.length);
  const orderBroken = from.counts(orders.length);
  const jointRows = from.varint();
  const d = joint.length;
  const jointSum = new Float64Array(d).map(() => from.signed());
  const jointCross = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = i; j < d; j++) {
      jointCross[i * d + j] = from.signed();
      jointCross[j * d + i] = jointCross[i * d + j]!;
    }
  }
  return { duplicates, keys, orderRows, orderBroken, jointRows, jointSum, jointCross };
}

function writeDuplicates(to: ByteWriter, { threshold, hashes }: DuplicateSample): void {
  to.f64(threshold);
  to.varint(hashes.size);
  for (const [name, count] of [...hashes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    to.u32(Number.parseInt(name.slice(0, 8), 16));
    to.u32(Number.parseInt(name.slice(8), 16));
    to.varint(count);
  }
}

function readDuplicates(from: ByteReader): DuplicateSample {
  const threshold = from.f64();
  if (!(threshold >= 0 && threshold <= 2 ** 32)) throw from.fail('a threshold is out of range');
  const hashes = new Map<string, number>();
  const size = from.size(MAX_HASHES, 9);
  const half = () => from.u32().toString(16).padStart(8, '0');
  for (let i = 0; i < size; i++) hashes.set(half() + half(), from.varint());
  if (hashes.size < size) throw from.fail('a hash comes twice');
  return { threshold, hashes };
}
