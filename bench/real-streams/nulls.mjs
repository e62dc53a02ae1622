// SPDX-License-Identifier: Apache-2.0
// Streams in which nothing changes: rows of a real table, drawn one by one or visitor by visitor, against a reference drawn likewise.
import { randomFrom } from './engine.mjs';
import { independentRows, visitorRows } from './tables.mjs';
import { baselineOf, watch } from './watched.mjs';

export const kinds = { independent: independentRows, visitors: visitorRows };

/** Rows of the reference and of a window, and after how many it ends. `learned`: no baseline file, the first rows are the reference. */
export const settings = {
  'windows of 1,000': { m: 5_000, rows: 1_000 },
  'windows of 200': { m: 5_000, rows: 200 },
  'sliding, 1,000 every 200': { m: 5_000, rows: 1_000, step: 200 },
  'reference of 500, windows of 200': { m: 500, rows: 200 },
  'no baseline: the first 2,000, windows of 500': { m: 2_000, rows: 500, learned: true },
  'windows of 100': { m: 5_000, rows: 100 },
  'windows of 30': { m: 5_000, rows: 30 },
};

/** One monitor of a null stream; what it told and how it rated. */
export async function nullMonitor({ table, kind, m, rows, step = rows, learned = false, windows, seed }) {
  const draw = kinds[kind](table, randomFrom(seed));
  const began = process.cpuUsage().user;
  const baseline = learned ? undefined : baselineOf(table, draw(m));
  const chunks = windows + (learned ? Math.ceil(m / step) : rows / step - 1);
  const { verdicts, alerts, errors } = await watch({
    ...(learned ? { reference: { first: m } } : { baseline }),
    windows: [step < rows ? { rows, step } : { rows }],
    next: (i) => (i < chunks ? draw(step) : undefined),
  });
  const judged = verdicts.filter(({ rating }) => rating !== 'notRated');
  const rated = (wanted) => judged.filter(({ rating }) => rating === wanted).length;
  const raised = alerts.filter(({ state }) => state === 'raised');
  return {
    windows: judged.length,
    drift: rated('drift'),
    watch: rated('watch'),
    raised: raised.map(({ subject, row, sentence }) => ({ ...subject, row, sentence })),
    blame: blameOf(judged),
    errors,
    seconds: (process.cpuUsage().user - began) / 1e6,
  };
}

/** What was rated drift or watch, by feature and metric, or check. */
function blameOf(verdicts) {
  const found = {};
  const add = (what) => {
    found[what] = (found[what] ?? 0) + 1;
  };
  for (const { features, checks } of verdicts) {
    for (const { name, rating, metric } of features)
      if (rating === 'drift' || rating === 'watch') add(`${name} ${metric}: ${rating}`);
    for (const { feature, check, severity } of checks)
      if (severity !== 'info') add(`${check}${feature ? ` of ${feature}` : ''}: ${severity}`);
  }
  return found;
}
