// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingFrame, EmbeddingNulls, StatisticNull } from '../baseline/frame.js';
import type { ByteReader } from './byte-reader.js';
import type { ByteWriter } from './byte-writer.js';
import { ofSteps, stepsOf } from './embedding.js';
import type { EmbeddingPart, PartCounts } from './parts.js';

const MAX_DIMENSION = 65_536;
const MAX_FREQUENCIES = 4_096;
const MAX_CUTS = 4_096;
const MAX_DRAWN = 256;
const MAX_RIDGES = 16;
const MAX_SAMPLE = 2 ** 26;

export function writeEmbedding(to: ByteWriter, part: EmbeddingPart): void {
  for (const count of [part.ragged, part.nonFinite, part.zero, part.constant, part.measured])
    to.varint(count);
  for (const sums of [part.fourier, part.sums, part.squares]) to.zigzag(sums.map(stepsOf));
  for (const counts of part.drawn) to.counts(counts);
  to.counts(part.norms);
  to.f64(part.normSum);
  to.f64(part.normSquares);
}

export function readEmbedding(from: ByteReader, frame: EmbeddingFrame, rows: PartCounts): EmbeddingPart {
  const [ragged, nonFinite, zero, constant, measured] = Array.from({ length: 5 }, () => from.varint()) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const components = frame.variances.length;
  return {
    ...rows,
    kind: 'embedding',
    ragged,
    nonFinite,
    zero,
    constant,
    measured,
    fourier: from.zigzag(2 * frame.frequencies).map(ofSteps),
    sums: from.zigzag(components).map(ofSteps),
    squares: from.zigzag(components).map(ofSteps),
    drawn: frame.drawn.map((cuts) => from.counts(cuts.length + 1)),
    norms: from.counts(frame.normCuts.length + 1),
    normSum: from.f64(),
    normSquares: from.f64(),
  };
}

export function writeEmbeddingFrame(to: ByteWriter, frame: EmbeddingFrame): void {
  to.varint(frame.dimension);
  to.varint(frame.frequencies);
  to.varint(frame.variances.length);
  to.flag(frame.unitNorm);
  to.u32(frame.seed);
  to.f64(frame.bandwidth);
  to.singles(frame.center);
  to.singles(frame.directions);
  to.doubles(frame.variances);
  to.f64(frame.variance);
  to.varint(frame.drawn.length);
  for (const cuts of [...frame.drawn, frame.normCuts]) {
    to.varint(cuts.length);
    to.singles(cuts);
  }
  to.flag(frame.featureCovariance.length > 0);
  to.singles(frame.featureCovariance);
  to.flag(frame.nulls !== null);
  if (frame.nulls !== null) writeNulls(to, frame.nulls);
  to.varint(frame.fitted.rows);
  for (const sums of [frame.fitted.sums, frame.fitted.squares]) to.doubles(sums);
  to.varint(frame.sample.length);
  to.singles(frame.sample);
}

export function readEmbeddingFrame(from: ByteReader): EmbeddingFrame {
  const dimension = from.size(MAX_DIMENSION);
  const frequencies = from.size(MAX_FREQUENCIES);
  const components = from.size(Math.min(dimension, MAX_DIMENSION));
  const features = 2 * frequencies;
  const measured = {
    kind: 'embedding',
    dimension,
    frequencies,
    unitNorm: from.flag(),
    seed: from.u32(),
    bandwidth: from.f64(),
    center: finite(from, from.singles(dimension)),
    directions: finite(from, from.singles(components * dimension)),
    variances: from.doubles(components),
    variance: from.f64(),
  } as const;
  if (!(measured.bandwidth > 0 && measured.bandwidth < Infinity))
    throw from.fail('the bandwidth is no length');
  const cuts = Array.from({ length: from.size(MAX_DRAWN) + 1 }, () => readCuts(from));
  const normCuts = cuts.pop()!;
  if (cuts.length > components) throw from.fail('more components are drawn than there are');
  const featureCovariance = finite(from, from.singles(from.flag() ? (features * (features + 1)) / 2 : 0));
  const nulls = from.flag() ? readNulls(from) : null;
  const fitted = {
    rows: from.varint(),
    sums: from.doubles(components),
    squares: from.doubles(components),
  };
  const sample = from.singles(from.size(MAX_SAMPLE));
  if (sample.length % Math.max(1, dimension) !== 0) throw from.fail('the sample has a part of a row');
  return { ...measured, drawn: cuts, normCuts, featureCovariance, nulls, fitted, sample };
}

function readCuts(from: ByteReader): Float32Array {
  const cuts = finite(from, from.singles(from.size(MAX_CUTS, 2)));
  for (let i = 1; i < cuts.length; i++)
    if (!(cuts[i]! > cuts[i - 1]!)) throw from.fail('cuts do not increase');
  return cuts;
}

function finite(from: ByteReader, values: Float32Array): Float32Array {
  if (!values.every(Number.isFinite)) throw from.fail('a value is not finite');
  return values;
}

const NULL_FIELDS = [
  'mean',
  'variance',
  'skew',
  'square',
  'cube',
  'coupling',
  'cross',
  'third',
] as const satisfies (keyof StatisticNull)[];

function writeStatistic(to: ByteWriter, law: StatisticNull): void {
  for (const field of NULL_FIELDS) to.f64(law[field]);
}

function readStatistic(from: ByteReader): StatisticNull {
  const law = Object.fromEntries(NULL_FIELDS.map((field) => [field, from.f64()]));
  return law as Record<(typeof NULL_FIELDS)[number], number>;
}

function writeNulls(to: ByteWriter, nulls: EmbeddingNulls): void {
  to.varint(nulls.rows);
  writeStatistic(to, nulls.plain);
  to.flag(nulls.moments !== null);
  if (nulls.moments !== null) writeStatistic(to, nulls.moments);
  to.varint(nulls.whitened.length);
  for (const whitened of nulls.whitened) {
    to.f64(whitened.ridge);
    writeStatistic(to, whitened);
  }
}

function readNulls(from: ByteReader): EmbeddingNulls {
  const rows = from.varint();
  const plain = readStatistic(from);
  const moments = from.flag() ? readStatistic(from) : null;
  const ridges = from.size(MAX_RIDGES, 72);
  const whitened = Array.from({ length: ridges }, () => ({ ridge: from.f64(), ...readStatistic(from) }));
  return { rows, plain, whitened, moments };
}
