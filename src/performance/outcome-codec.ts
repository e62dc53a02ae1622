// SPDX-License-Identifier: Apache-2.0
import { ByteReader } from '../profile/byte-reader.js';
import { ByteWriter } from '../profile/byte-writer.js';
import { emptyScores } from './add-outcome.js';
import { MAX_CLASSES, type Outcomes, SCORE_BINS, type ScoreSums } from './outcomes.js';

/** Raised when a reader of the version before could misread the bytes. */
const VERSION = 1;
const CLASSES = 1;
const NUMBERS = 2;

/** Outcomes as bytes, to be stored beside a window; none where there are none. */
export function encodeOutcomes(outcomes: Outcomes | null): Uint8Array<ArrayBuffer> {
  if (outcomes === null) return new Uint8Array(0);
  const to = new ByteWriter();
  to.byte(VERSION);
  if (outcomes.kind === 'numbers') {
    to.byte(NUMBERS);
    to.varint(outcomes.rows);
    for (const sum of [outcomes.errors, outcomes.absolute, outcomes.squares]) to.f64(sum);
  } else {
    to.byte(CLASSES);
    to.varint(outcomes.classes.length);
    for (const name of outcomes.classes) to.text(name);
    to.counts(outcomes.counts);
    to.varint(outcomes.other);
    to.varint(outcomes.otherRight);
    to.flag(outcomes.scores !== null);
    if (outcomes.scores !== null) writeScores(to, outcomes.scores);
  }
  return to.bytes.slice();
}

/** What `encodeOutcomes` wrote. CodecError for anything else. */
export function decodeOutcomes(bytes: Uint8Array): Outcomes | null {
  if (bytes.length === 0) return null;
  const from = new ByteReader(bytes, 'outcomes');
  const version = from.byte();
  if (version !== VERSION) throw from.fail(`version ${version} is not known`);
  const kind = from.byte();
  if (kind !== CLASSES && kind !== NUMBERS) throw from.fail(`kind ${kind} is not known`);
  const outcomes = kind === CLASSES ? readClasses(from) : readNumbers(from);
  from.end();
  return outcomes;
}

function readNumbers(from: ByteReader): Outcomes {
  return {
    kind: 'numbers',
    rows: from.varint(),
    errors: from.f64(),
    absolute: from.f64(),
    squares: from.f64(),
  };
}

function readClasses(from: ByteReader): Outcomes {
  const classes = Array.from({ length: from.size(MAX_CLASSES) }, () => from.text());
  return {
    kind: 'classes',
    classes,
    counts: from.counts(classes.length * classes.length),
    other: from.varint(),
    otherRight: from.varint(),
    scores: from.flag() ? readScores(from) : null,
  };
}

function writeScores(to: ByteWriter, scores: ScoreSums): void {
  to.varint(scores.rows);
  to.f64(scores.logLoss);
  to.f64(scores.brier);
  to.counts(scores.counts);
  to.floats(scores.sums);
  to.counts(scores.events);
}

function readScores(from: ByteReader): ScoreSums {
  return {
    ...emptyScores(),
    rows: from.varint(),
    logLoss: from.f64(),
    brier: from.f64(),
    counts: from.counts(SCORE_BINS),
    sums: from.floats(SCORE_BINS),
    events: from.counts(SCORE_BINS),
  };
}
