// SPDX-License-Identifier: Apache-2.0
// How often the tests of embeddings reject when nothing changed, on fresh splits of a large pool and on null splits of real
// embeddings. Goes on where it was stopped: results are kept in a file, by setting and number of splits done.
//   npm run build && node bench/embedding-nulls/run.mjs [--splits 1000] [--frequencies 512] [--dimension 64] [--reference 400,2000,20000] [--real 1000]
//     [--current 30,100] of the real rows [--results build/embedding-nulls.json] another file than results.json
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  compareEmbedding,
  drawn,
  fashion,
  fitEmbedding,
  linear,
  partOf,
  randomStream,
  rowsAt,
  sentences,
} from './engine.mjs';

const options = Object.fromEntries(
  process.argv
    .slice(2)
    .flatMap((name, i, all) => (name.startsWith('--') ? [[name.slice(2), all[i + 1]]] : [])),
);
const splits = Number(options.splits ?? 1000);
const frequencies = Number(options.frequencies ?? 512);
const d = Number(options.dimension ?? 64);
const references = (options.reference ?? '400,2000,20000').split(',').map(Number);
const real = Number(options.real ?? 0);
const realSizes = (options.current ?? '30,100').split(',').map(Number);
const CURRENT = [30, 200, 1000, 5000];
const BLOCK = 20;
const NAMES = ['fourierMmd', 'fourierMmdWhitened', 'principalMoments', 'combined'];
const FILE = options.results
  ? pathToFileURL(resolve(options.results))
  : new URL('results.json', import.meta.url);

const results = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};
const save = () => {
  const part = new URL(`${FILE.href}.part`);
  writeFileSync(part, `${JSON.stringify(results, null, 2)}\n`);
  renameSync(part, FILE);
};
const cell = (key, about) =>
  (results[key] ??= {
    ...about,
    splits: 0,
    at05: Object.fromEntries(NAMES.map((n) => [n, 0])),
    at01: Object.fromEntries(NAMES.map((n) => [n, 0])),
  });
const count = (into, distances) => {
  into.splits++;
  for (const name of NAMES) {
    if (distances[name].pValue < 0.05) into.at05[name]++;
    if (distances[name].pValue < 0.01) into.at01[name]++;
  }
};

async function splitOnce(rows, dimension, { m, sizes, stream, seed, cells }) {
  const total = rows.length / dimension;
  const order = drawn(total, m + sizes.reduce((a, b) => a + b), stream);
  const sample = rowsAt(rows, dimension, order.slice(0, m));
  const frame = await fitEmbedding(sample, { dimension, seed, linear, frequencies, keepRows: 0 });
  const reference = await partOf(frame, sample);
  let from = m;
  for (const [i, n] of sizes.entries()) {
    const current = await partOf(frame, rowsAt(rows, dimension, order.slice(from, from + n)));
    from += n;
    const { distances } = await compareEmbedding({ frame, reference, current, level: 0.05, seed, linear });
    count(cells[i], distances);
  }
}

if (references.some((m) => m > 0) && splits > 0) {
  const pool = sentences(d, 1)(randomStream(2), 100_000);
  // In blocks, so that a study that is stopped has got as far for every size of the reference.
  for (let until = BLOCK; until < splits + BLOCK; until += BLOCK) {
    for (const m of references) {
      const cells = CURRENT.map((n) =>
        cell(`clusters d=${d} D=${frequencies} m=${m} n=${n}`, { data: 'clusters', d, frequencies, m, n }),
      );
      for (let split = cells[0].splits; split < Math.min(until, splits); split++) {
        const stream = randomStream(1_000_003 * (split + 1) + m);
        await splitOnce(pool, d, { m, sizes: CURRENT, stream, seed: split + 1, cells });
      }
      save();
    }
  }
}

const [a, b] = [fashion('fashion_a'), fashion('fashion_b')];
if (real > 0 && a && b) {
  const both = new Float32Array(a.length * 2);
  both.set(a);
  both.set(b, a.length);
  for (const n of realSizes) {
    const into = cell(`fashion d=1280 D=${frequencies} m=400 n=${n}`, {
      data: 'fashion',
      d: 1280,
      frequencies,
      m: 400,
      n,
    });
    while (into.splits < real) {
      const split = into.splits;
      const stream = randomStream(7_000_003 * (split + 1) + n);
      await splitOnce(both, 1280, { m: 400, sizes: [n], stream, seed: split + 1, cells: [into] });
      if (split % 20 === 19) save();
    }
  }
  save();
} else if (real > 0) console.log('No real embeddings beside the project: their splits are left out.');

/** 95 % interval of a binomial share at its nominal value: what the count should lie in. */
const within = (hits, n, p) => Math.abs(hits - n * p) <= 1.96 * Math.sqrt(n * p * (1 - p)) + 0.5;
const share = (hits, n, p) =>
  `${(hits / n).toFixed(3).replace(/^0/, '')}${within(hits, n, p) ? '' : hits > n * p ? ' ↑' : ' ↓'}`;
console.log(`| data | d | D | m | n | splits | ${NAMES.join(' | ')} |`);
console.log(`|${' --- |'.repeat(6 + NAMES.length)}`);
for (const { data, d, frequencies, m, n, splits, at05, at01 } of Object.values(results)) {
  const cells = NAMES.map(
    (name) => `${share(at05[name], splits, 0.05)} / ${share(at01[name], splits, 0.01)}`,
  );
  console.log(`| ${data} | ${d} | ${frequencies} | ${m} | ${n} | ${splits} | ${cells.join(' | ')} |`);
}
