// SPDX-License-Identifier: Apache-2.0
// Known changes in rows of real tables: after how many windows each is told, of which column, and in what words.
import { takeRows } from '../false-alarms/engine.mjs';
import { randomFrom } from './engine.mjs';
import { independentRows } from './tables.mjs';
import { baselineOf, watch } from './watched.mjs';

/** Windows before the change, and watched after it. */
export const BEFORE = 40;
export const AFTER = 20;

const map = (column, change) => ({
  ...column,
  values: Float64Array.from(column.values, (value, row) => change(value, row)),
});
const number = (name, change) => ({ [name]: (column) => map(column, change) });
const renamed = (name, from, to) => ({
  [name]: ({ codes, dictionary, ...column }) => ({
    ...column,
    codes,
    dictionary: dictionary.map((one) => (one === from ? to : one)),
  }),
});
const stuck = (name, at) => number(name, () => at);
const swapped = (a, b) => ({ [a]: (_, all) => all.get(b), [b]: (_, all) => all.get(a) });

/** A share of the values goes missing. */
function lacking(name, share) {
  return {
    [name]: (column, _, random) => {
      const gone = Uint8Array.from({ length: (column.codes ?? column.values).length }, () =>
        random() < share ? 1 : 0,
      );
      if (column.codes) return { ...column, codes: column.codes.map((code, row) => (gone[row] ? -1 : code)) };
      const status = gone.map((one, row) => (one || column.status?.[row] ? 1 : 0));
      return { ...map(column, (value, row) => (status[row] ? Number.NaN : value)), status };
    },
  };
}

/** A share of the rows is of one kind only. */
const mixed = (name, wanted, share) => ({ mix: { name, wanted, share } });

/** By table: what changes, how, and the columns that may be told first. */
export const changes = {
  adult: {
    'age in months': [number('age', (v) => v * 12), ['age']],
    'hours a week as minutes': [number('hours-per-week', (v) => v * 60), ['hours-per-week']],
    'age stuck': [stuck('age', 37), ['age']],
    'workclass “Private” becomes “private”': [renamed('workclass', 'Private', 'private'), ['workclass']],
    'hours a week missing in 5 %': [lacking('hours-per-week', 0.05), ['hours-per-week']],
    'age missing in 2 %': [lacking('age', 0.02), ['age']],
    'relationship and race swapped': [swapped('relationship', 'race'), ['relationship', 'race']],
    '20 % more rows of women': [mixed('sex', 'Female', 0.2), null],
    '30 % more rows with more than 50K': [mixed('class', '>50K', 0.3), null],
  },
  flights: {
    'miles become kilometres': [number('distance', (v) => v * 1.609344), ['distance']],
    'hours lag by 3': [number('hour', (v) => (v + 3) % 24), ['hour']],
    'delay of 0 for missing in 10 %': [
      { delay: (column, _, random) => map(column, (v) => (random() < 0.1 ? 0 : v)) },
      ['delay'],
    ],
    'delay 5 minutes more': [number('delay', (v) => v + 5), ['delay']],
    'origin “ATL” becomes “KATL”': [renamed('origin', 'ATL', 'KATL'), ['origin']],
    '10 % more rows from DFW': [mixed('origin', 'DFW', 0.1), null],
  },
  bike: {
    'Celsius becomes Fahrenheit': [number('temp', (v) => v * 1.8 + 32 / 41), ['temp']],
    'humidity stuck': [stuck('hum', 0.6), ['hum']],
    'wind 10 % more': [number('windspeed', (v) => v * 1.1), ['windspeed']],
    '30 % more rows of winter': [mixed('season', 1, 0.3), null],
  },
  birds: {
    'knots become km/h': [number('Speed IAS in knots', (v) => v * 1.852), ['Speed IAS in knots']],
    'operator “MILITARY” becomes “Military”': [
      renamed('Aircraft Airline Operator', 'MILITARY', 'Military'),
      ['Aircraft Airline Operator'],
    ],
    'phase of flight missing in 5 %': [lacking('Phase of flight', 0.05), ['Phase of flight']],
    '20 % more rows of night': [mixed('Time of day', 'Night', 0.2), null],
  },
  employment: {
    'age ten years more': [number('AGEP', (v) => v + 10), ['AGEP']],
    'probability as percent': [number('predicted_probability', (v) => v * 100), ['predicted_probability']],
    'probability stuck': [stuck('predicted_probability', 0.5), ['predicted_probability']],
    '20 % more rows of men': [mixed('SEX', '1', 0.2), null],
  },
};

/** What a monitor told after the change: windows until then, of what, and the words. */
export async function changedMonitor({ table, change, m, rows, seed }) {
  const random = randomFrom(seed);
  const draw = independentRows(table, random);
  const kind = change.mix && independentRows(ofKind(table, change.mix), random);
  const baseline = baselineOf(table, draw(m));
  const { alerts } = await watch({
    baseline,
    windows: [{ rows }],
    next: (i) => {
      if (i >= BEFORE + AFTER) return undefined;
      const batch = draw(rows);
      if (i < BEFORE) return batch;
      return kind ? mixture(batch, kind(rows), change.mix.share, random) : changed(batch, change, random);
    },
  });
  const raised = alerts.filter(({ state }) => state === 'raised');
  return raised.map(({ subject, row, sentence, advice }) => ({
    name: subject.name,
    after: Math.round(row / rows) - BEFORE,
    sentence,
    advice,
  }));
}

function changed(batch, change, random) {
  const columns = new Map(batch.columns);
  for (const [name, one] of Object.entries(change))
    columns.set(name, one(batch.columns.get(name), batch.columns, random));
  return { ...batch, columns };
}

function ofKind({ batch, ...table }, { name, wanted }) {
  const { codes, dictionary, values } = batch.columns.get(name);
  const rows = [];
  for (let row = 0; row < batch.rows; row++)
    if ((codes ? dictionary[codes[row]] : values[row]) === wanted) rows.push(row);
  if (rows.length === 0) throw new Error(`${table.name}: no row whose ${name} is ${wanted}`);
  return { ...table, batch: takeRows(batch, rows) };
}

/** Rows of the first, a share of them in place of which come those of the second. */
function mixture(a, b, share, random) {
  const picks = Array.from({ length: a.rows }, () => random() < share);
  const columns = new Map(
    [...a.columns].map(([name, column]) => {
      const other = b.columns.get(name);
      const pick = (x, y) => x.map((one, row) => (picks[row] ? y[row] : one));
      if (column.codes) return [name, { ...column, codes: pick(column.codes, other.codes) }];
      const status =
        column.status || other.status
          ? pick(column.status ?? new Uint8Array(a.rows), other.status ?? new Uint8Array(a.rows))
          : null;
      return [name, { ...column, values: pick(column.values, other.values), status }];
    }),
  );
  return { ...a, columns };
}
