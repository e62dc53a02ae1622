// SPDX-License-Identifier: Apache-2.0
// How often each test sees a change at the 5 % level: the reference's 20,000 rows are profiled once, fresh current rows are drawn
// each time. Exact MMD and the classifier hold as many reference rows as a monitor could keep, 1,000; KS holds all.
// Goes on where it was stopped.
//   npm run build && node bench/embedding-power/run.mjs [--trials 100] [--dimension 384]
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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
const trials = Number(options.trials ?? 100);
const d = Number(options.dimension ?? 384);
const quick = options.only === 'sums';
const SIZES = [200, 1000];
const CHANGES = {
  none: {},
  'mean shift': { shift: 0.35 },
  'cluster weights ± 1.5 points': { weights: 0.015 },
  'spread × 1.08': { scale: 1.08 },
  '3 % of a new cluster': { fresh: 0.03 },
  'shift where spread is least': { faint: 0.06 },
};
const NAMES = ['combined', 'fourierMmd', 'fourierMmdWhitened', 'principalMoments', 'mmd', 'classifier', 'ks'];
const KEPT = 1_000;
const FILE = new URL('results.json', import.meta.url);

const results = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};
const save = () => {
  writeFileSync(new URL('results.json.part', FILE), `${JSON.stringify(results, null, 1)}\n`);
  renameSync(new URL('results.json.part', FILE), FILE);
};

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

const draw = sentences(d, 1);
const rows = draw(randomStream(2), 20_000);
const frame = await fitEmbedding(rows, { dimension: d, seed: 1, linear, keepRows: 0 });
const reference = await partOf(frame, rows);
const sorted = sortedColumns(rows);

for (let trial = 0; trial < trials; trial++) {
  for (const n of SIZES) {
    for (const [change, how] of Object.entries(CHANGES)) {
      const key = `d=${d} n=${n} ${change}`;
      results[key] ??= { change, d, n, trials: 0, seen: {} };
      const cell = results[key];
      if (cell.trials > trial) continue;
      const stream = randomStream(9_000_011 * (trial + 1) + n);
      const currentRows = draw(stream, n, how);
      const kept = rowsAt(rows, d, drawn(20_000, KEPT, stream));
      const { distances } = await compareEmbedding({
        frame,
        reference,
        current: await partOf(frame, currentRows),
        level: 0.05,
        seed: trial,
        linear,
      });
      const p = Object.fromEntries(NAMES.slice(0, 4).map((name) => [name, distances[name].pValue]));
      if (!quick) {
        const pair = { reference: kept, current: currentRows };
        p.mmd = (
          await exactMmd({ rows: pair, dimension: d, bandwidth: frame.bandwidth, linear, seed: trial })
        ).pValue;
        p.classifier = (
          await typicalRows({ frame, rows: pair, level: 0.05, seed: trial, linear })
        ).classifier.pValue;
        p.ks = columnsKs(sorted, currentRows);
      }
      for (const name of NAMES) if (p[name] < 0.05) cell.seen[name] = (cell.seen[name] ?? 0) + 1;
      cell.trials++;
    }
  }
  if (!quick) save();
}

for (const n of SIZES) {
  const cells = Object.values(results).filter((cell) => cell.n === n && cell.d === d);
  console.log(`\nn = ${n}, ${cells[0].trials} trials\n`);
  console.log(`| change | ${NAMES.join(' | ')} |\n|${' --- |'.repeat(NAMES.length + 1)}`);
  for (const { change, trials: count, seen } of cells)
    console.log(`| ${change} | ${NAMES.map((name) => ((seen[name] ?? 0) / count).toFixed(2)).join(' | ')} |`);
}
