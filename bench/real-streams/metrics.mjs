// SPDX-License-Identifier: Apache-2.0
// A business metric of real numbers: bike rentals by the hour, 24 a window, drawn one by one or day by day.
import { randomFrom } from './engine.mjs';
import { independentRows, realTable, visitorRows } from './tables.mjs';
import { baselineOf, watch } from './watched.mjs';

const HOURS = 24;
/** Rows of a window: as few as may be, since they are not what is asked about. */
const ROWS = 30;

export const metricChanges = { none: 1, 'a third less': 2 / 3, half: 1 / 2, 'a half more': 3 / 2 };

/** Alerts about the metric: windows after the change, or from the start where there is none. */
export async function metricMonitor({ table, kind, windows, before, times, seed }) {
  const draw = (kind === 'visitors' ? visitorRows : independentRows)(table, randomFrom(seed));
  const { alerts, errors } = await watch({
    baseline: baselineOf(table, draw(1_000)),
    windows: [{ rows: ROWS }],
    next: (i) => (i < windows ? draw(ROWS) : undefined),
    before: (monitor, i, at) => {
      const { values } = draw(HOURS).columns.get('cnt');
      for (const value of values) monitor.metric('rentals', value * (i < before ? 1 : times), at);
    },
  });
  const raised = alerts.filter(({ state, subject }) => state === 'raised' && subject.kind === 'metric');
  return {
    windows,
    errors,
    raised: raised.map(({ row, sentence }) => ({ after: Math.round(row / ROWS) - before, sentence })),
  };
}

/** Nothing but the rentals. */
export async function metricTable() {
  const table = await realTable('bike');
  if (!table) return undefined;
  const schema = table.schema.filter(({ name }) => name === 'cnt');
  const columns = new Map([['cnt', table.batch.columns.get('cnt')]]);
  return { ...table, schema, batch: { ...table.batch, columns } };
}
