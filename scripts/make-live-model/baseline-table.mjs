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
import { DAY, hourOf } from './flights.mjs';
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

/** Rows as the monitor of the live page sees them, as an Arrow file; those from a time on. */
export function baselineTable({ january, rows, late, score, embedding, threshold, from }) {
  const kept = [...rows.keys()].filter((i) => january.time[rows[i]] >= from);
  const column = (at, type) =>
    columnFromArray(
      kept.map((i) => at(rows[i], i)),
      type,
    );
  const named = (at) => column(at, utf8());
  const table = tableFromColumns({
    // The day alone: windows need no more, and a minute would tell flights apart that are one to the model.
    date: column(
      (row) => january.time[row] - (january.time[row] % DAY),
      timestamp(TimeUnit.MILLISECOND, null),
    ),
    hour: column((row) => hourOf(january.time[row]), uint8()),
    distance: column((row) => january.distance[row], uint16()),
    origin: named((row) => january.origin[row]),
    destination: named((row) => january.destination[row]),
    score: column((_, i) => score[i], float32()),
    predicted: named((_, i) => CLASSES[score[i] >= threshold ? 1 : 0]),
    arrived: named((_, i) => CLASSES[late[i]]),
    dense_2: column(
      (_, i) => embedding.subarray(i * WIDTH, (i + 1) * WIDTH),
      fixedSizeList(float16(), WIDTH),
    ),
  });
  return tableToIPC(table, { format: 'file' });
}
