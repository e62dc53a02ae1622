// SPDX-License-Identifier: Apache-2.0
import {
  columnFromArray,
  fixedSizeList,
  float16,
  float32,
  TimeUnit,
  tableFromColumns,
  tableToIPC,
  timestamp,
  uint8,
  uint16,
  utf8,
} from '@uwdata/flechette';
import { hourOf } from './flights.mjs';
import { WIDTH } from './network.mjs';

export const CLASSES = ['on time', 'late'];

/**
 * What the baseline needs to be told. No row of a flight is kept in it (`rows: 0`); its calendar windows are January's days.
 */
export const SETTINGS = {
  time: 'date',
  embeddings: { size: 'small', rows: 0 },
  columns: {
    hour: { role: 'input', kind: 'number' },
    distance: { role: 'input', kind: 'number' },
    origin: { role: 'input', kind: 'category' },
    destination: { role: 'input', kind: 'category' },
    score: { role: 'prediction', kind: 'number' },
    predicted: { role: 'prediction', kind: 'category' },
    arrived: { role: 'label', kind: 'category' },
  },
};

/** Rows as the monitor of the live page sees them, as an Arrow file. */
export function baselineTable({ january, rows, late, score, embedding, threshold }) {
  const of = (at, type) => columnFromArray(Array.from(rows, at), type);
  const named = (at) => columnFromArray(Array.from(rows, at), utf8());
  const table = tableFromColumns({
    date: of((row) => january.time[row], timestamp(TimeUnit.MILLISECOND, null)),
    hour: of((row) => hourOf(january.time[row]), uint8()),
    distance: of((row) => january.distance[row], uint16()),
    origin: named((row) => january.origin[row]),
    destination: named((row) => january.destination[row]),
    score: columnFromArray(score, float32()),
    predicted: named((_, i) => CLASSES[score[i] >= threshold ? 1 : 0]),
    arrived: named((_, i) => CLASSES[late[i]]),
    dense_2: columnFromArray(
      Array.from(rows, (_, i) => embedding.subarray(i * WIDTH, (i + 1) * WIDTH)),
      fixedSizeList(float16(), WIDTH),
    ),
  });
  return tableToIPC(table, { format: 'file' });
}
