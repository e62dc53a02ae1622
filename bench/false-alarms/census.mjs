// SPDX-License-Identifier: Apache-2.0
// Employment, US Census: a model's predictions, reference 2015, the years after it. Large tables, mild natural change.
import { existsSync } from 'node:fs';
import { dataPath } from './data-sets.mjs';
import { compare, DEFAULT_SETTINGS, readTable, takeRows } from './engine.mjs';

/** `year` is what the windows are cut by; a constant that moves is drift, so it is left out of the comparison. */
const settings = { ...DEFAULT_SETTINGS, columns: { year: { role: 'ignore' } } };

const FILE = 'employment/employment_MA_reference.pq';

export async function census() {
  if (!existsSync(dataPath(FILE))) return undefined;
  const reference = await readTable(dataPath(FILE));
  const after = await readTable(dataPath('employment/employment_MA_analysis.pq'));
  const labels = await readTable(dataPath('employment/employment_MA_analysis_target.pq'));
  const year = after.batch.columns.get('year').values;
  const label = labelsById(labels.batch, after.batch);
  const whole = { ...after.batch, columns: new Map(after.batch.columns).set('employed', label) };
  return [2016, 2017, 2018].map((wanted) => {
    const rows = [...year.keys()].filter((i) => year[i] === wanted);
    const current = takeRows(whole, rows);
    const compared = compare({ schema: reference.schema, reference: reference.batch, current, settings });
    return { year: wanted, rows: rows.length, ...compared };
  });
}

/** Labels lie in a file of their own, by row id. */
function labelsById(labels, rows) {
  const ids = labels.columns.get('id').values;
  const values = labels.columns.get('employed').values;
  const of = new Map(Array.from(ids, (id, i) => [Number(id), values[i]]));
  const wanted = rows.columns.get('id').values;
  return {
    type: 'number',
    values: Float64Array.from(wanted, (id) => of.get(Number(id)) ?? Number.NaN),
    status: null,
  };
}
