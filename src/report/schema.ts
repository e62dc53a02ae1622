// SPDX-License-Identifier: Apache-2.0
/** JSON Schema (2020-12) of `reportToJson`. */
import { DISTANCE_NAMES } from '../distances/distance.js';

const FIRST_OF_EMBEDDINGS = DISTANCE_NAMES.indexOf('mmd');

const number = { type: 'number' };
const count = { type: 'number', minimum: 0 };
const text = { type: 'string' };
/** NaN is null, infinities and 64-bit integers are strings. */
const value = {
  anyOf: [
    { type: 'number' },
    { type: 'null' },
    { enum: ['Infinity', '-Infinity'] },
    { type: 'string', pattern: '^-?[0-9]+$' },
  ],
};
const time = { anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] };
const probability = { anyOf: [{ type: 'number', minimum: 0, maximum: 1 }, { type: 'null' }] };
const texts = { type: 'array', items: text };
const numbers = { type: 'array', items: value };
const rating = { enum: ['drift', 'watch', 'unknown', 'stable', 'notRated'] };

function object(
  properties: Record<string, unknown>,
  optional: readonly string[] = [],
): Record<string, unknown> {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

const distance = object(
  {
    value,
    lower: value,
    upper: value,
    low: value,
    high: value,
    pValue: probability,
    pMethod: text,
    exact: { type: 'boolean' },
    convention: text,
  },
  ['lower', 'upper', 'low', 'high', 'pValue', 'pMethod'],
);

/** With further numbers by name: `biased` and `bandwidth` of the MMD, `auc` of the classifier, the parts of `combined`. */
const embeddingDistance = { ...distance, additionalProperties: value };

const shareDifference = object({ delta: value, low: value, high: value, pValue: probability });

const quantile = Object.fromEntries(
  ['0.01', '0.05', '0.1', '0.25', '0.5', '0.75', '0.9', '0.95', '0.99'].map((level) => [level, value]),
);

const side = object(
  {
    rows: count,
    missing: count,
    nan: count,
    infinite: count,
    distinct: count,
    mean: value,
    sd: value,
    min: { anyOf: [value, time] },
    max: { anyOf: [value, time] },
    quantiles: object(quantile),
    dimension: count,
    ragged: count,
    zero: count,
    constant: count,
    meanNorm: value,
    sdNorm: value,
  },
  [
    'dimension',
    'ragged',
    'zero',
    'constant',
    'meanNorm',
    'sdNorm',
    'nan',
    'infinite',
    'distinct',
    'mean',
    'sd',
    'min',
    'max',
    'quantiles',
  ],
);

const verdict = object({
  metric: text,
  value,
  low: value,
  high: value,
  threshold: value,
  thresholdFrom: text,
  tolerance: value,
  pValue: probability,
  adjustedPValue: probability,
  rating,
  sentence: text,
});

const feature = object(
  {
    name: text,
    kind: { enum: ['number', 'category', 'boolean', 'time', 'text', 'embedding'] },
    role: { enum: ['input', 'prediction', 'label', 'key', 'time', 'ignore'] },
    reference: side,
    current: side,
    distances: object(
      Object.fromEntries(
        DISTANCE_NAMES.map((name, i) => [name, i < FIRST_OF_EMBEDDINGS ? distance : embeddingDistance]),
      ),
      DISTANCE_NAMES,
    ),
    missingness: shareDifference,
    unseen: shareDifference,
    verdict,
    histogram: object({ edges: numbers, categories: texts, reference: numbers, current: numbers }, [
      'edges',
      'categories',
    ]),
  },
  ['unseen', 'histogram'],
);

const check = object(
  {
    feature: { anyOf: [text, { type: 'null' }] },
    check: text,
    expected: text,
    observed: text,
    rows: count,
    severity: { enum: ['drift', 'watch', 'info'] },
    pValue: probability,
    passed: { type: 'boolean' },
  },
  ['pValue'],
);

const window = object({
  side: { enum: ['reference', 'current'] },
  start: time,
  end: time,
  rows: count,
  rating,
  features: { type: 'object', additionalProperties: object({ metric: text, value, rating }) },
});

export const reportSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:driftglass:report:1',
  title: 'driftglass report',
  ...object({
    schema: { const: 1 },
    driftglass: text,
    level: number,
    seed: number,
    engine: object({
      kernels: text,
      place: text,
      workers: count,
      mode: { enum: ['exact', 'certified'] },
      milliseconds: count,
      notes: texts,
    }),
    settings: { type: 'object' },
    baselineId: text,
    reference: object({ name: text, rows: count }),
    current: object({ name: text, rows: count }),
    summary: object({
      rating,
      drift: texts,
      watch: texts,
      unknown: texts,
      notRated: { type: 'array', items: object({ name: text, reason: text }) },
    }),
    columns: object({ missing: texts, added: texts, changed: texts }),
    features: { type: 'array', items: feature },
    checks: { type: 'array', items: check },
    windows: { type: 'array', items: window },
  }),
} as const;
