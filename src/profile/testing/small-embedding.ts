// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import type { EmbeddingFrame, Frame } from '../../baseline/frame.js';
import { frameId } from '../../baseline/frame-id.js';
import { roundedToScaledHalf } from '../../baseline/half.js';
import type { Batch } from '../../columns/batch.js';
import { NULL, PRESENT, RAGGED, UNPARSABLE } from '../../columns/column.js';

export const DIMENSION = 4;
const COMPONENTS = 3;

/** Nothing is fitted: the directions are what they are, so that sums can be followed by hand. */
export const smallEmbedding: EmbeddingFrame = {
  kind: 'embedding',
  dimension: DIMENSION,
  unitNorm: false,
  frequencies: 6,
  seed: 7,
  bandwidth: 1.5,
  center: Float32Array.of(0.5, 0, 0, -0.5),
  directions: Float32Array.from({ length: COMPONENTS * DIMENSION }, (_, i) => (i % 5 === 0 ? 2 : 0.25)),
  variances: Float64Array.of(3, 2, 1),
  variance: 7,
  drawn: [Float32Array.of(-1, 0, 1), Float32Array.of(0, 2)],
  normCuts: Float32Array.of(0.5, 1, 2),
  featureCovariance: new Float32Array(0),
  nulls: null,
  fitted: { rows: 0, sums: new Float64Array(COMPONENTS), squares: new Float64Array(COMPONENTS) },
  sample: roundedToScaledHalf([1, 2, 3, 4, 0.1, 0.2, 0.3, 0.4]),
};

const unnamed: Omit<Frame, 'id'> = {
  schema: [
    { name: 'when', type: 'time' },
    { name: 'embedding', type: 'vector', dimension: DIMENSION },
  ],
  features: [
    {
      name: 'when',
      kind: 'time',
      role: 'time',
      frame: { kind: 'time', origin: 0, widthMs: 3_600_000 },
    },
    { name: 'embedding', kind: 'embedding', role: 'input', frame: smallEmbedding },
  ],
  table: { orders: [], joint: [], jointRanks: [] },
  windowing: { column: 'when', unit: 'day' },
};

export const smallEmbeddingFrame: Frame = { ...unnamed, id: frameId(unnamed) };

export interface VectorRow {
  readonly day: number;
  readonly status: number;
  readonly values: readonly number[];
}

const value = fc.oneof(
  { weight: 8, arbitrary: fc.float({ min: -4, max: 4, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, 1e-40, 1e4) },
);

export const arbitraryVectorRow: fc.Arbitrary<VectorRow> = fc.record({
  day: fc.integer({ min: 0, max: 3 }),
  status: fc.oneof(
    { weight: 9, arbitrary: fc.constant(PRESENT) },
    { weight: 1, arbitrary: fc.constantFrom(NULL, UNPARSABLE, RAGGED) },
  ),
  values: fc.oneof(
    { weight: 8, arbitrary: fc.array(value, { minLength: DIMENSION, maxLength: DIMENSION }) },
    { weight: 1, arbitrary: fc.constantFrom([0, 0, 0, 0], [2, 2, 2, 2]) },
  ),
});

/** A time and a vector a row; a row without a vector holds NaN. */
export function vectorBatch(rows: readonly VectorRow[]): Batch {
  return {
    rows: rows.length,
    columns: new Map([
      [
        'when',
        {
          type: 'time',
          values: Float64Array.from(rows, ({ day }) => day * 86_400_000 + 1_000),
          status: null,
        } as const,
      ],
    ]),
    vectors: new Map([
      [
        'embedding',
        {
          type: 'vector',
          dimension: DIMENSION,
          values: Float32Array.from(
            rows.flatMap(({ status, values }) =>
              status === PRESENT ? values : values.map(() => Number.NaN),
            ),
          ),
          status: rows.some(({ status }) => status !== PRESENT)
            ? Uint8Array.from(rows, ({ status }) => status)
            : null,
        } as const,
      ],
    ]),
  };
}
