// SPDX-License-Identifier: Apache-2.0
/** How an app names what its model's tensors hold. */
import { DriftglassError } from '../errors.js';
import type { Observed, ObservedColumns, ObservedMatrix, Value } from '../monitor/monitor.js';
import { type ReadTensor, rowsOf, widthOf } from './read-tensor.js';

/** A classifier's output, one score a class and row; or one score, of the second of two classes. */
export interface ClassColumns {
  readonly classes: readonly string[];
  /** Column of the class with the highest score. */
  readonly prediction: string;
  /** Column of that class's score; of a model with one score, of the second class's. */
  readonly score?: string;
  /** A column for each class's score. */
  readonly scores?: readonly string[];
  /** For a model with one score: from where on it is the second class. Default .5. */
  readonly threshold?: number;
}

/** Rows from a tensor's values: for images, texts and whatever else is no table. See driftglass/derived. */
export type ColumnFunction = (tensor: ReadTensor, all: readonly ReadTensor[]) => Observed;

/**
 * What one tensor holds. A name: a column, or an embedding where a row has several values. Names: a column for each value of
 * a row; for a model with as many tensors of one value a row, a column for each of them.
 */
export type TensorColumns = string | readonly string[] | ClassColumns | ColumnFunction;

/** What a model's tensors hold: for the first one, or by the tensors' names or indices. */
export type ModelColumns = TensorColumns | Readonly<Record<string, TensorColumns>>;

/** One of the things that are observed together. */
export type Part = ObservedColumns | ObservedMatrix;

/**
 * The tensors' columns. Tensors without a word on them are left out. Throws SchemaError where words and shapes differ.
 * @param names of all tensors, those that were not read included
 */
export function partsOf(
  tensors: readonly ReadTensor[],
  columns: ModelColumns,
  names: readonly string[] = tensors.map(({ name }) => name),
): Part[] {
  if (isTensorColumns(columns)) {
    if (isNameEach(tensors, columns))
      return tensors.flatMap((tensor, i) => partsOfOne(tensor, columns[i]!, tensors));
    return tensors[0] === undefined ? [] : partsOfOne(tensors[0], columns, tensors);
  }
  const parts: Part[] = [];
  for (const [key, spec] of Object.entries(columns)) {
    const tensor =
      tensors.find(({ name }) => name === key) ?? tensors.find(({ index }, i) => String(index ?? i) === key);
    if (tensor === undefined) {
      const known = names.map((name) => `"${name}"`).join(', ');
      throw new DriftglassError('SchemaError', `the model has no tensor "${key}": there are ${known}`);
    }
    parts.push(...partsOfOne(tensor, spec, tensors));
  }
  return parts;
}

/** As many names as tensors, each of one value a row: a model whose inputs are columns. */
function isNameEach(tensors: readonly ReadTensor[], columns: TensorColumns): columns is readonly string[] {
  if (!Array.isArray(columns) || columns.length < 2 || columns.length !== tensors.length) return false;
  return tensors.every(({ shape }) => widthOf(shape) === 1);
}

/** The tensors that `columns` speaks of, of a call with `count`: the others need not be read. */
export function isNamed(columns: ModelColumns | undefined, name: string, index: number, count = 1): boolean {
  if (columns === undefined) return false;
  // A function may look at all of them.
  if (typeof columns === 'function') return true;
  if (isTensorColumns(columns)) return index === 0 || (Array.isArray(columns) && columns.length === count);
  return name in columns || String(index) in columns || Object.values(columns).some(isFunction);
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isTensorColumns(columns: ModelColumns): columns is TensorColumns {
  if (typeof columns !== 'object' || Array.isArray(columns)) return true;
  return 'classes' in columns && typeof (columns as ClassColumns).prediction === 'string';
}

function partsOfOne(tensor: ReadTensor, spec: TensorColumns, all: readonly ReadTensor[]): Part[] {
  if (typeof spec === 'function') return partsOfObserved(spec(tensor, all));
  const width = widthOf(tensor.shape);
  const rows = rowsOf(tensor.shape);
  if (typeof spec === 'string') {
    if (width === 1) return [{ columns: { [spec]: tensor.values } }];
    return [{ matrix: numbersOf(tensor), embedding: spec, dimension: width }];
  }
  if (!isNames(spec)) return [{ columns: classColumns(tensor, spec, rows, width) }];
  if (spec.length !== width) {
    const shape = `[${tensor.shape.join(', ')}]`;
    throw new DriftglassError(
      'SchemaError',
      `tensor "${tensor.name}" of shape ${shape} has ${width} values in a row, but ${spec.length} names were given`,
    );
  }
  if (tensor.values.length > 0 && typeof tensor.values[0] === 'string') {
    const columns: Record<string, ArrayLike<Value>> = {};
    for (const [j, name] of spec.entries())
      columns[name] = Array.from({ length: rows }, (_, i) => tensor.values[i * width + j]);
    return [{ columns }];
  }
  return [{ matrix: numbersOf(tensor), names: spec }];
}

function isNames(spec: readonly string[] | ClassColumns): spec is readonly string[] {
  return Array.isArray(spec);
}

function numbersOf(tensor: ReadTensor): ArrayLike<number> {
  if (typeof tensor.values[0] === 'string')
    throw new DriftglassError(
      'SchemaError',
      `tensor "${tensor.name}" holds texts where numbers are expected`,
    );
  return tensor.values as ArrayLike<number>;
}

function classColumns(
  tensor: ReadTensor,
  { classes, prediction, score, scores, threshold = 0.5 }: ClassColumns,
  rows: number,
  width: number,
): Record<string, ArrayLike<Value>> {
  const values = numbersOf(tensor);
  const single = width === 1 && classes.length === 2;
  if (!single && width !== classes.length) {
    throw new DriftglassError(
      'SchemaError',
      `tensor "${tensor.name}" has ${width} scores in a row, but ${classes.length} classes were given`,
    );
  }
  const predicted = new Array<string | null>(rows);
  const best = new Float32Array(rows);
  for (let i = 0; i < rows; i++) {
    let at = 0;
    if (single) {
      best[i] = values[i]!;
      at = values[i]! >= threshold ? 1 : 0;
    } else {
      for (let j = 1; j < width; j++) if (values[i * width + j]! > values[i * width + at]!) at = j;
      best[i] = values[i * width + at]!;
    }
    // No class where the model gave no number.
    predicted[i] = Number.isNaN(best[i]) ? null : classes[at]!;
  }
  const columns: Record<string, ArrayLike<Value>> = { [prediction]: predicted };
  if (score !== undefined) columns[score] = best;
  for (const [j, name] of (scores ?? []).entries()) {
    if (j >= width) break;
    columns[name] = Float32Array.from({ length: rows }, (_, i) => values[i * width + j]!);
  }
  return columns;
}

/** Whatever an app observes, as parts: rows become columns. */
export function partsOfObserved(observed: Observed): Part[] {
  if (isRows(observed)) return [{ columns: columnsOfRows(observed) }];
  // A row may have a column of any of these names: what holds no list is a row.
  const whole = observed as { parts?: unknown; matrix?: unknown; columns?: unknown };
  if (Array.isArray(whole.parts)) return [...(whole.parts as Part[])];
  if (isObject(whole.matrix) || isObject(whole.columns)) return [observed as Part];
  return [{ columns: columnsOfRows([observed as Readonly<Record<string, Value>>]) }];
}

function isRows(observed: Observed): observed is readonly Readonly<Record<string, Value>>[] {
  return Array.isArray(observed);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function columnsOfRows(rows: readonly Readonly<Record<string, Value>>[]): Record<string, Value[]> {
  const columns: Record<string, Value[]> = Object.create(null);
  for (const [i, row] of rows.entries()) {
    for (const [name, value] of Object.entries(row)) {
      columns[name] ??= new Array<Value>(rows.length).fill(undefined);
      columns[name]![i] = value;
    }
  }
  return columns;
}
