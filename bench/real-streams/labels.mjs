// SPDX-License-Identifier: Apache-2.0
// Labels that come two windows late, of real models: realized performance against the truth, and false alerts about it.
import { randomFrom } from './engine.mjs';
import { independentRows, realTable, visitorRows } from './tables.mjs';
import { baselineOf, watch } from './watched.mjs';

const LATE = 2;

/** Predictions beside their truth: a census classifier's own, and the mean delay of the hour. */
export const models = {
  'employment, classes': async () => {
    const table = await realTable('employment');
    return table && { table, prediction: 'prediction', label: 'employed', classes: true };
  },
  'flights, late or not': async () => withPrediction((hour, mean) => (mean[hour] > 12 ? 1 : 0), true),
  'flights, minutes': async () => withPrediction((hour, mean) => mean[hour], false),
};

async function withPrediction(predict, classes) {
  const table = await realTable('flights');
  if (!table) return undefined;
  const { batch, schema } = table;
  const delay = batch.columns.get('delay').values;
  const hour = batch.columns.get('hour').values;
  const sums = new Float64Array(24);
  const counts = new Float64Array(24);
  // of January
  for (let row = 0; row < 400_000; row++) {
    sums[hour[row]] += delay[row];
    counts[hour[row]]++;
  }
  const mean = sums.map((sum, i) => sum / Math.max(1, counts[i]));
  const column = (values) => ({ type: 'number', values, status: null });
  const prediction = Float64Array.from(hour, (one) => predict(one, mean));
  const truth = classes ? Float64Array.from(delay, (one) => (one > 15 ? 1 : 0)) : delay;
  const columns = new Map([
    ...[...batch.columns].filter(([name]) => name !== 'delay'),
    ['prediction', column(prediction)],
    ['label', column(truth)],
  ]);
  const number = (name) => ({ name, type: 'number' });
  return {
    table: {
      ...table,
      schema: [...schema.filter(({ name }) => name !== 'delay'), number('prediction'), number('label')],
      batch: { ...batch, columns },
    },
    prediction: 'prediction',
    label: 'label',
    classes,
  };
}

/** Accuracy or mean absolute error of all rows of the table: the truth, since it is the population. */
export function truthOf({ table, prediction, label, classes }) {
  const [a, b] = [prediction, label].map((name) => numbersOf(table.batch.columns.get(name)));
  return scoreOf({ predicted: a, truth: b }, classes);
}

function scoreOf({ predicted, truth }, classes) {
  let sum = 0;
  for (let i = 0; i < truth.length; i++)
    sum += classes ? Number(predicted[i] === truth[i]) : Math.abs(predicted[i] - truth[i]);
  return sum / truth.length;
}

/**
 * One monitor: how far what it says of a window is off, how often its interval holds the truth, and what it told.
 * `wrong`: share of the labels that turn from window `from` on, as where the world changes and no input does.
 */
export async function labelledMonitor({ model, kind, rows, windows, seed, wrong = 0, from = 0 }) {
  const { table, prediction, label, classes } = model;
  const known = truthOf(model);
  const random = randomFrom(seed);
  const draw = (kind === 'visitors' ? visitorRows : independentRows)(table, random);
  const truth = [];
  const predicted = [];
  const baseline = baselineOf(
    { ...table, roles: { [prediction]: 'prediction', [label]: 'label' } },
    draw(5_000),
  );
  const { alerts, errors, snapshot } = await watch({
    baseline,
    windows: [{ rows }],
    labels: { reference: { value: known, rows: table.batch.rows } },
    ids: (i) => Array.from({ length: rows }, (_, row) => `${i}/${row}`),
    next: (i) => {
      if (i >= windows + LATE) return undefined;
      const batch = draw(rows);
      const values = numbersOf(batch.columns.get(label));
      truth.push(i < from ? values : values.map((one) => (random() < wrong ? 1 - one : one)));
      predicted.push(numbersOf(batch.columns.get(prediction)));
      const columns = new Map([...batch.columns].filter(([name]) => name !== label));
      return { ...batch, columns };
    },
    each: (monitor, i) => {
      const past = i - LATE;
      for (const [row, value] of truth[past]?.entries() ?? []) monitor.label(`${past}/${row}`, value);
    },
  });
  const found = { windows: 0, held: 0, above: 0, below: 0, off: 0, errors };
  snapshot.series[0].windows.forEach(({ outcomes }, i) => {
    if (outcomes?.rows !== rows) return;
    const { value, low, high } = outcomes;
    const own = scoreOf({ predicted: predicted[i], truth: truth[i] }, classes);
    found.windows++;
    found.off = Math.max(found.off, Math.abs(value - own) / own);
    if (high < known) found.above++;
    else if (low > known) found.below++;
    else found.held++;
  });
  const raised = alerts.filter(({ state, subject }) => state === 'raised' && subject.kind === 'performance');
  return {
    ...found,
    raised: raised.map(({ row, sentence }) => ({ window: Math.round(row / rows), sentence })),
  };
}

function numbersOf(column) {
  if (!column.codes) return Float64Array.from(column.values);
  return Float64Array.from(column.codes, (code) => Number(column.dictionary[code]));
}
