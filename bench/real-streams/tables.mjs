// SPDX-License-Identifier: Apache-2.0
// Real tables, and how their rows hang together: `visitors` says which rows came together (a household, a day, an airport's day).
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { dataPath } from '../false-alarms/data-sets.mjs';
import { readTable, takeRows } from '../false-alarms/engine.mjs';

const vega = (file) => new URL(`../../node_modules/vega-datasets/data/${file}`, import.meta.url).pathname;

const known = {
  adult: { path: dataPath('adult/adults.parquet'), by: (table) => codes(table, 'occupation'), bag: 30 },
  employment: {
    path: dataPath('employment/employment_MA_reference.pq'),
    without: ['id', 'year'],
    by: households,
  },
  bike: {
    path: dataPath('bike-sharing/hour.csv'),
    without: ['instant', 'dteday'],
    by: (table) => codes(table, 'dteday'),
  },
  flights: {
    path: vega('flights-3m.parquet'),
    derive: flights,
    without: ['date'],
    by: departures(3_600_000),
  },
  'flights, with times': {
    path: vega('flights-3m.parquet'),
    by: ({ batch }) => batch.columns.get('date').values.map((ms) => Math.floor(ms / 86_400_000)),
    apart: true,
  },
  'flights, airport days': {
    path: vega('flights-3m.parquet'),
    derive: flights,
    without: ['date'],
    by: departures(86_400_000),
    onlyVisitors: true,
  },
  birds: { path: vega('birdstrikes.csv'), by: (table) => codes(table, 'Airport Name'), bag: 30 },
};

/** Tables by name, or by the path of a file; undefined where the file is absent. */
export async function realTable(name) {
  const {
    path,
    without = [],
    derive = (table) => table,
    by,
    bag = 0,
    onlyVisitors = false,
  } = known[name] ?? { path: name };
  if (!existsSync(path)) return undefined;
  const read = await readTable(path);
  const table = derive(read);
  const visitors = by ? groupsOf(by(read)) : runs(read.batch.rows, 30);
  const columns = new Map([...table.batch.columns].filter(([column]) => !without.includes(column)));
  const schema = table.schema.filter((field) => !without.includes(field.name));
  return {
    name: basename(name),
    schema,
    batch: { rows: table.batch.rows, columns },
    visitors,
    bag,
    onlyVisitors,
  };
}

/** Those that take part in every study. */
export const tableNames = Object.keys(known).filter((name) => !known[name].apart);

/** The hour, as an app would send it; times themselves are not rated. */
function flights({ schema, batch }) {
  const date = batch.columns.get('date').values;
  const hour = Float64Array.from(date, (ms) => new Date(ms).getUTCHours());
  const columns = new Map([...batch.columns, ['hour', { type: 'number', values: hour, status: null }]]);
  return { schema: [...schema, { name: 'hour', type: 'number' }], batch: { ...batch, columns } };
}

function codes({ batch }, name) {
  const column = batch.columns.get(name);
  return column.codes ?? column.values;
}

/** Census rows of one household follow each other; the reference person (RELP 0) is the first. */
function households(table) {
  const { codes: relation, values, dictionary } = table.batch.columns.get('RELP');
  const first = dictionary ? dictionary.indexOf('0') : 0;
  let household = 0;
  return Float64Array.from(relation ?? values, (code) => (code === first ? ++household : household));
}

/** Flights of one airport within an hour, or a day. */
function departures(span) {
  return (table) => {
    const date = table.batch.columns.get('date').values;
    const origin = codes(table, 'origin');
    return Float64Array.from(date, (ms, row) => Math.floor(ms / span) * 1_000 + origin[row]);
  };
}

function runs(rows, length) {
  return groupsOf(Float64Array.from({ length: rows }, (_, row) => Math.floor(row / length)));
}

/** Rows of each key, in their order. */
function groupsOf(keys) {
  const found = new Map();
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row];
    const group = found.get(key);
    if (group === undefined) found.set(key, [row]);
    else group.push(row);
  }
  return [...found.values()];
}

/** Rows drawn one by one, with replacement: the table is the population, and nothing changes. */
export function independentRows({ batch }, random) {
  return (count) =>
    takeRows(
      batch,
      Uint32Array.from({ length: count }, () => Math.floor(random() * batch.rows)),
    );
}

/**
 * Visitors drawn with replacement, each with all of their rows in order; where a visitor is a kind of rows (an occupation),
 * with up to `bag` of them, drawn with replacement.
 */
export function visitorRows({ batch, visitors, bag }, random) {
  let left = [];
  return (count) => {
    const rows = [];
    while (rows.length < count) {
      if (left.length === 0) left = visit(visitors[Math.floor(random() * visitors.length)]);
      rows.push(...left.splice(0, count - rows.length));
    }
    return takeRows(batch, rows);
  };

  function visit(rows) {
    if (bag === 0) return [...rows];
    const length = 10 + Math.floor(random() * (bag - 10));
    return Array.from({ length }, () => rows[Math.floor(random() * rows.length)]);
  }
}
