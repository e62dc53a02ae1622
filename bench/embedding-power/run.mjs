// SPDX-License-Identifier: Apache-2.0
// How often each test sees a change at the 5 % level: the reference's 20,000 rows are profiled once, fresh current rows are drawn
// each time. Exact MMD and the classifier hold as many reference rows as a monitor could keep, 1,000; KS holds all.
// The p-values of every trial go to build/embedding-power.ndjson, a line each: a run goes on where one was stopped. Shares of
// p < .05 go to results.json beside this file.
//   npm run build && node bench/embedding-power/run.mjs [--trials 200] [--dimension 384] [--only sums] [--print yes]
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import {
  compareEmbedding,
  drawn,
  exactMmd,
  fitEmbedding,
  kolmogorovSmirnovP,
  linear,
  partOf,
  randomStream,
  rowsAt,
  sentences,
  typicalRows,
} from '../embedding-nulls/engine.mjs';

const options = Object.fromEntries(
  process.argv
    .slice(2)
    .flatMap((name, i, all) => (name.startsWith('--') ? [[name.slice(2), all[i + 1]]] : [])),
);
const trials = Number(options.trials ?? 200);
const d = Number(options.dimension ?? 384);
const quick = options.only === 'sums';
const SIZES = [200, 1000];
const CHANGES = {
  none: {},
  'mean shift': { shift: 0.35 },
  'cluster weights ± 5 points': { weights: 0.05 },
  'cluster weights ± 1.5 points': { weights: 0.015 },
  'spread × 1.08': { scale: 1.08 },
  '3 % of a new cluster': { fresh: 0.03 },
  'shift where spread is least': { faint: 0.06 },
};
const NAMES = ['combined', 'fourierMmd', 'fourierMmdWhitened', 'principalMoments', 'mmd', 'classifier', 'ks'];
const KEPT = 1_000;
const RESULTS = new URL('results.json', import.meta.url);
const BUILD = new URL('../../build/', import.meta.url);
const LINES = new URL(`embedding-power${quick ? '-sums' : ''}.ndjson`, BUILD);

mkdirSync(BUILD, { recursive: true });
const done = new Map();
const keyOf = ({ d, n, change, trial }) => [d, n, change, trial].join();
const lines = existsSync(LINES) ? readFileSync(LINES, 'utf8').split('\n') : [];
// A run that was stopped in the middle of a line has left half of one; the last, empty one ends the file.
if (lines.length > 0 && lines[lines.length - 1] !== '') appendFileSync(LINES, '\n');
for (const line of lines) {
  try {
    const record = JSON.parse(line);
    done.set(keyOf(record), record);
  } catch {}
}

/** One sorted array per column. */
function sortedColumns(rows) {
  const n = rows.length / d;
  return Array.from({ length: d }, (_, j) => {
    const column = new Float32Array(n);
    for (let i = 0; i < n; i++) column[i] = rows[i * d + j];
    return column.sort();
  });
}

/** Smallest p over columns, Bonferroni. */
function columnsKs(sorted, rows) {
  const n = rows.length / d;
  const columns = sortedColumns(rows);
  let least = 1;
  for (let j = 0; j < d; j++) {
    const b = columns[j];
    const a = sorted[j];
    let [i, k, gap] = [0, 0, 0];
    while (k < n) {
      const x = b[k];
      while (i < a.length && a[i] < x) i++;
      gap = Math.max(gap, Math.abs(i / a.length - k / n));
      while (k < n && b[k] === x) k++;
      while (i < a.length && a[i] === x) i++;
      gap = Math.max(gap, Math.abs(i / a.length - k / n));
    }
    least = Math.min(least, kolmogorovSmirnovP({ value: gap, m: a.length, n }).pValue);
  }
  return Math.min(1, least * d);
}

async function measured() {
  const draw = sentences(d, 1);
  const rows = draw(randomStream(2), 20_000);
  const frame = await fitEmbedding(rows, { dimension: d, seed: 1, linear, keepRows: 0 });
  const reference = await partOf(frame, rows);
  const sorted = sortedColumns(rows);
  return async ({ n, how, trial }) => {
    const stream = randomStream(9_000_011 * (trial + 1) + n);
    const current = draw(stream, n, how);
    const kept = rowsAt(rows, d, drawn(20_000, KEPT, stream));
    const part = await partOf(frame, current);
    const compared = await compareEmbedding({
      frame,
      reference,
      current: part,
      level: 0.05,
      seed: trial,
      linear,
    });
    const p = Object.fromEntries(NAMES.slice(0, 4).map((name) => [name, compared.distances[name].pValue]));
    if (quick) return p;
    const pair = { reference: kept, current };
    const exact = { rows: pair, dimension: d, bandwidth: frame.bandwidth, linear, seed: trial };
    p.mmd = (await exactMmd(exact)).pValue;
    p.classifier = (
      await typicalRows({ frame, rows: pair, level: 0.05, seed: trial, linear })
    ).classifier.pValue;
    p.ks = columnsKs(sorted, current);
    return p;
  };
}

let measure;
for (let trial = 0; trial < trials && options.print === undefined; trial++) {
  for (const n of SIZES) {
    for (const [change, how] of Object.entries(CHANGES)) {
      const about = { d, n, change, trial };
      if (done.has(keyOf(about))) continue;
      measure ??= await measured();
      const record = { ...about, p: await measure({ n, how, trial }) };
      appendFileSync(LINES, `${JSON.stringify(record)}\n`);
      done.set(keyOf(record), record);
    }
  }
}

const results = {};
for (const { d, n, change, p } of done.values()) {
  const key = `d=${d} n=${n} ${change}`;
  results[key] ??= { change, d, n, trials: 0, seen: {} };
  const cell = results[key];
  cell.trials++;
  for (const [name, value] of Object.entries(p))
    cell.seen[name] = (cell.seen[name] ?? 0) + (value < 0.05 ? 1 : 0);
}
if (!quick) writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);

for (const n of SIZES) {
  const cells = Object.values(results).filter((cell) => cell.n === n && cell.d === d);
  const counts = cells.map((cell) => cell.trials);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  console.log(`\nn = ${n}, ${least === most ? least : `${least} to ${most}`} trials\n`);
  const names = NAMES.filter((name) => !quick || NAMES.indexOf(name) < 4);
  console.log(`| change | ${names.join(' | ')} |\n|${' --- |'.repeat(names.length + 1)}`);
  for (const { change, trials: count, seen } of cells)
    console.log(`| ${change} | ${names.map((name) => (seen[name] / count).toFixed(2)).join(' | ')} |`);
}
