// SPDX-License-Identifier: Apache-2.0
import type { OutcomePlan } from '../../../performance/outcome-plan.js';
import type { Chunk } from '../../host.js';
import { LabelBook, type LabelBookOptions } from '../label-book.js';
import type { LabelValue } from '../pair-reader.js';

export const CLASS_PLAN: OutcomePlan = {
  kind: 'classes',
  classes: ['no', 'yes'],
  numeric: false,
  prediction: 'predicted',
  vector: false,
  label: 'late',
  score: null,
};

export const NUMBER_PLAN: OutcomePlan = { ...CLASS_PLAN, kind: 'numbers', classes: [], numeric: true };

export interface Row {
  readonly id: string | number | null;
  readonly predicted: LabelValue;
  readonly score?: number;
  readonly time?: number;
  readonly slices?: Readonly<Record<string, string>>;
}

/** Rows as the page hands them over, predictions in the column "predicted", scores in "score". */
export function chunkOf(rows: readonly Row[], version = ''): Chunk {
  const isText = rows.some(({ predicted }) => typeof predicted === 'string');
  const dictionary = [...new Set(rows.map(({ predicted }) => String(predicted)))];
  const keys = [...new Set(rows.flatMap(({ slices }) => Object.keys(slices ?? {})))];
  return {
    batch: {
      rows: rows.length,
      columns: new Map([
        [
          'predicted',
          isText
            ? {
                type: 'string',
                codes: Int32Array.from(rows, ({ predicted }) => dictionary.indexOf(String(predicted))),
                dictionary,
              }
            : {
                type: 'number',
                values: Float64Array.from(rows, ({ predicted }) => Number(predicted)),
                status: null,
              },
        ],
        [
          'score',
          {
            type: 'number',
            values: Float64Array.from(rows, ({ score }) => score ?? Number.NaN),
            status: null,
          },
        ],
      ]),
    },
    times: Float64Array.from(rows, ({ time }) => time ?? 0),
    ids: rows.map(({ id }) => id),
    version,
    slices:
      keys.length === 0
        ? null
        : Object.fromEntries(keys.map((key) => [key, rows.map(({ slices }) => slices?.[key] ?? '')])),
    skipped: 0,
    refused: 0,
  };
}

export function labelsOf(entries: readonly (readonly [id: string | number, value: LabelValue])[]) {
  return { ids: entries.map(([id]) => id), values: entries.map(([, value]) => value) };
}

/** Three predictions: "a" and "c" of yes, "b" of no. */
export const YES_NO = chunkOf([
  { id: 'a', predicted: 'yes', time: 10 },
  { id: 'b', predicted: 'no', time: 20 },
  { id: 'c', predicted: 'yes', time: 30 },
]);

/** A book of classes in which predictions wait an hour, 1,000 of them at most. */
export function bookOf(options: Partial<LabelBookOptions> = {}): LabelBook {
  return new LabelBook({ plan: CLASS_PLAN, expireMs: 3_600_000, most: 1_000, ...options });
}
