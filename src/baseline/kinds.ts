// SPDX-License-Identifier: Apache-2.0
/**
 * How a column is compared, and what it is to the model, read off its name and its reference values. Every rule errs
 * towards rating the column: a key that is compared costs a line in the report, a feature taken for a key is never watched.
 */
import type { ColumnType } from '../columns/column.js';
import type { Kind, Role } from '../columns/schema.js';

/** What the reference shows of one column. Counts are of the rows that were looked at. */
export interface ColumnFacts {
  readonly type: ColumnType;
  readonly rows: number;
  /** Rows with a value (of the right type; NaN counts). */
  readonly present: number;
  /** Distinct values among `distinctOf` present rows. */
  readonly distinct: number;
  /** Rows that `distinct` was counted over; equals `present` unless a bound was met. */
  readonly distinctOf: number;
  /** Numbers: every finite value is whole, and there is one. */
  readonly integer: boolean;
  /** Numbers: every value is larger than the one before it, in reading order. */
  readonly increasing: boolean;
  /** Numbers: finite range; NaN when there is none. */
  readonly min: number;
  readonly max: number;
  /** Strings: mean UTF-16 length and mean count of words. */
  readonly meanLength: number;
  readonly meanWords: number;
}

export interface InferredKind {
  readonly kind: Kind;
  /** In plain words, for people; absent when there was nothing to decide. */
  readonly reason?: string;
}

export interface InferredRole {
  readonly role: Role;
  readonly reason?: string;
}

/** Whole numbers with at most this many distinct values are compared as categories. */
const FEW_VALUES = 20;
/** … if each of them has at least this many rows on average: 12 ages in 15 rows are still numbers. */
const ROWS_PER_VALUE = 5;
/** Codes ("zip", "store_code") may have more values than that. */
const CODE_VALUES = 1_000;
/** Share of distinct values from which a column is a key. */
const KEY_SHARE = 0.99;
/** Below this many rows nearly anything is distinct. */
const KEY_ROWS = 20;

const CODE_NAME = /(^|[_\W])(codes?|zip|zipcode|postcode|postal|sku|iso|fips|naics|icd\d*)$/i;
const KEY_NAME =
  /^(id|key|index|idx|row|rowid|row_?id|row_?num(ber)?|uuid|guid|unnamed: ?\d+|)$|([_\W](id|key|uuid|guid|no|nr|number))$|[a-z]Id$|ID$/;
const PREDICTION_NAME =
  /^(y_?(pred|hat|score|proba?)|pred(s|icted|iction|ictions)?|scores?|prob(s|a|ability|abilities)?|logits?|output|confidence)$|^(pred(icted|iction)?|score|proba?|y_pred|y_score|y_proba)[_\W]|[_\W](pred|predicted|prediction|score|proba?|probability|logit|hat)$/i;
const LABEL_NAME =
  /^(y|y_?true|labels?|target|targets|truth|ground_?truth|class|outcome|actual)$|^(label|target)[_\W]|[_\W](label|target|truth|actual)$/i;

/** Decides how a column is compared. Times and booleans are so by type; the rest is read off the values. */
export function inferKind(facts: ColumnFacts, name = ''): InferredKind {
  if (facts.type === 'time') return { kind: 'time' };
  if (facts.type === 'boolean') return { kind: 'boolean' };
  return facts.type === 'string' ? stringKind(facts) : numberKind(facts, name);
}

function numberKind(facts: ColumnFacts, name: string): InferredKind {
  const { distinct } = facts;
  const supported = facts.distinctOf >= ROWS_PER_VALUE * distinct;
  if (!facts.integer || distinct < 2 || !supported) return { kind: 'number' };
  if (distinct <= FEW_VALUES) return { kind: 'category', reason: `${distinct} different whole numbers` };
  if (CODE_NAME.test(name) && distinct <= CODE_VALUES)
    return { kind: 'category', reason: 'a code by its name' };
  return { kind: 'number' };
}

/** Text is what people write: many different values, long, of several words. */
function stringKind(facts: ColumnFacts): InferredKind {
  const varied = facts.distinct > 50 && facts.distinct > 0.3 * facts.distinctOf;
  const written = facts.meanLength >= 15 && facts.meanWords >= 3;
  if (varied && written) {
    return { kind: 'text', reason: `${facts.meanWords.toFixed(1)} words on average, mostly different` };
  }
  return { kind: 'category' };
}

/**
 * Decides what a column is to the model. Keys are whole numbers or strings of which at least 99 % differ; whole numbers
 * must also look like a key (by name, by growing from row to row, or by filling their range densely), since large
 * measured amounts differ too.
 */
export function inferRole(
  name: string,
  kind: Kind,
  facts: ColumnFacts,
  names: readonly string[],
): InferredRole {
  if (kind === 'time') return { role: 'time' };
  const key = keyReason(name, kind, facts);
  if (key) return { role: 'key', reason: key };
  if (kind === 'text') return { role: 'input' };
  if (PREDICTION_NAME.test(name)) return { role: 'prediction', reason: 'by its name' };
  // A lone "class" or "y" is a label; beside a coordinate "x" it is a coordinate.
  if (LABEL_NAME.test(name) && !(/^y$/i.test(name) && names.some((other) => /^x$/i.test(other)))) {
    return { role: 'label', reason: 'by its name' };
  }
  return { role: 'input' };
}

/** Softmax outputs and logits are predictions; any other vector is what the model saw or made of it. */
export function inferVectorRole(name: string): InferredRole {
  return PREDICTION_NAME.test(name) || /^soft_?max/i.test(name)
    ? { role: 'prediction', reason: 'by its name' }
    : { role: 'input' };
}

function keyReason(name: string, kind: Kind, facts: ColumnFacts): string | undefined {
  const differ = facts.distinct >= KEY_SHARE * facts.distinctOf;
  if (!differ || facts.distinctOf < KEY_ROWS || kind === 'boolean' || kind === 'text') return undefined;
  if (facts.type === 'string') return 'nearly every value differs';
  if (!facts.integer) return undefined;
  if (facts.increasing) return 'a counter: every value is larger than the one before';
  if (KEY_NAME.test(name)) return 'nearly every value differs';
  const dense = facts.max - facts.min < 20 * facts.present;
  return dense && facts.distinctOf >= 1_000 ? 'nearly every value differs' : undefined;
}
