// SPDX-License-Identifier: Apache-2.0
// Whole days of flights, drawn with replacement, against a baseline of other days that knows its calendar; windows are days.
//   node bench/real-streams/days.mjs [MONITORS]
import { takeRows } from '../false-alarms/engine.mjs';
import { load, randomFrom } from './engine.mjs';
import { realTable } from './tables.mjs';
import { baselineOf, watch } from './watched.mjs';

const { concatColumns } = await load('columns/concat-columns.js');
const DAY = 86_400_000;
/** Flights of a day; it has some 16,000. */
const ROWS = 800;
const LIVE = 60;
/** Live days that hold miles in kilometres, in every other monitor. */
const BROKEN = 30;

const monitors = Number(process.argv[2] ?? 5);
const table = await realTable('flights, with times');
if (!table) console.log('the flights are absent, nothing is done');
else
  for (const known of [25, 40])
    for (const broken of [false, true]) {
      const found = [];
      for (let i = 0; i < monitors; i++) found.push(await watched({ known, broken, seed: 100 * known + i }));
      const windows = found.reduce((sum, one) => sum + one.verdicts.length, 0);
      const drift = found.reduce(
        (sum, one) => sum + one.verdicts.filter(({ rating }) => rating === 'drift').length,
        0,
      );
      const told = found.map(({ alerts, start }) =>
        alerts
          .filter(({ state }) => state === 'raised')
          .map(
            ({ subject, at }) =>
              `${subject.name} after ${Math.round((at - start) / DAY) - (broken ? BROKEN : 0)}`,
          )
          .join(' and '),
      );
      console.log(
        `baseline of ${known} days, ${broken ? 'kilometres from a day on' : 'no change'}: ${windows} windows, ${drift} rated drift; told: ${told.map((one) => one || 'nothing').join(', ')}`,
      );
    }

async function watched({ known, broken, seed }) {
  const random = randomFrom(seed);
  const start = Date.UTC(2026, 0, 5);
  const past = Array.from({ length: known }, (_, i) => dayOf(start - (known - i) * DAY, random));
  const columns = new Map(
    table.schema.map(({ name }) => [name, concatColumns(past.map((day) => day.columns.get(name)))]),
  );
  const baseline = baselineOf({ ...table, time: 'date' }, { rows: known * ROWS, columns });
  const next = (i) => {
    if (i >= LIVE) return undefined;
    const day = dayOf(start + i * DAY, random);
    if (broken && i >= BROKEN) {
      const miles = day.columns.get('distance');
      day.columns.set('distance', { ...miles, values: miles.values.map((one) => one * 1.609344) });
    }
    return day;
  };
  const times = ({ columns }) => columns.get('date').values;
  return { ...(await watch({ baseline, windows: [{ every: '1d' }], next, times })), start };
}

/** Flights of some day, as if they were of this one. */
function dayOf(start, random) {
  const { batch, visitors: days } = table;
  const rows = days[Math.floor(random() * days.length)];
  const picks = Uint32Array.from({ length: ROWS }, () => rows[Math.floor(random() * rows.length)]).sort();
  const day = takeRows(batch, picks);
  const date = day.columns.get('date');
  const values = Float64Array.from(date.values, (ms) => start + (ms % DAY));
  return { ...day, columns: new Map(day.columns).set('date', { ...date, values }) };
}
