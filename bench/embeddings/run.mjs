// SPDX-License-Identifier: Apache-2.0
/**
 * Vector kernels against numpy on the same bytes, one thread each, answers compared before a time is printed.
 *
 *   npm run build && node bench/embeddings/run.mjs [--dist DIR] [--python PYTHON] [--repeats R] [--crossover] [--json]
 *
 * A time is the processor time (user and system) of the best repeat, warm. Ratios are numpy over ours. Node 20 has relaxed SIMD
 * behind a flag, which is set here: other versions and browsers have it as they come. --crossover prints instead, by
 * dimensions and frequencies, what a row costs in the structured and in the dense form and which of them the kernels take, and what
 * a row costs in small and large batches beside the cpu twin.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    dist: { type: 'string', default: resolve(import.meta.dirname, '../../dist') },
    python: { type: 'string', default: process.env.PYTHON ?? 'python3' },
    repeats: { type: 'string', default: '5' },
    crossover: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const SIZE = { d: 768, count: 512, rows: 10_000, gramRows: 4_000, seed: 20261123 };
const RELAXED_FLAG =
  Number(process.versions.node.split('.')[0]) < 22 ? ['--experimental-wasm-relaxed-simd'] : [];

const folder = mkdtempSync(join(os.tmpdir(), 'driftglass-bench-'));
try {
  if (options.crossover) printCrossover();
  else await compare();
} finally {
  rmSync(folder, { recursive: true });
}

async function compare() {
  await writeInputs();
  const rival = runRival();
  const own = { wasm: measure('simd', 'times'), 'wasm-relaxed': measure('relaxed', 'times') };
  if (own['wasm-relaxed'].name !== 'wasm-relaxed') delete own['wasm-relaxed'];
  if (rival !== null) for (const result of Object.values(own)) checkAnswers(result.answers, rival.answers);
  if (options.json) console.log(JSON.stringify({ size: SIZE, own, rival }));
  else print(own, rival);
}

/** Rows, current rows, directions and frequencies as files that both sides read. */
async function writeInputs() {
  const load = (path) => import(pathToFileURL(join(resolve(options.dist), path)).href);
  const { randomStream } = await load('kernels/random-stream.js');
  const { frequencyMatrix } = await load('kernels/frequencies.js');
  const { normal } = randomStream(SIZE.seed);
  const values = (count, scale) => Float32Array.from({ length: count }, () => normal() * scale);
  // Of length about 1, as embeddings often are; the directions as long.
  const unit = 1 / Math.sqrt(SIZE.d);
  const files = {
    rows: values(SIZE.rows * SIZE.d, unit),
    current: values(SIZE.rows * SIZE.d, unit * 1.02),
    directions: values(SIZE.d * SIZE.d, unit),
    center: values(SIZE.d, 0.1 * unit),
    frequencies: frequencyMatrix({ dimension: SIZE.d, count: SIZE.count, seed: SIZE.seed, bandwidth: 1.4 }),
  };
  for (const [name, array] of Object.entries(files)) {
    writeFileSync(join(folder, `${name}.f32`), Buffer.from(array.buffer));
  }
}

function measure(build, what) {
  const script = join(import.meta.dirname, 'own.mjs');
  const job = JSON.stringify({
    ...SIZE,
    folder,
    dist: resolve(options.dist),
    build,
    what,
    repeats: Number(options.repeats),
  });
  const flags = build === 'relaxed' ? RELAXED_FLAG : [];
  return JSON.parse(execFileSync(process.execPath, [...flags, script, job], { encoding: 'utf8' }));
}

function runRival() {
  const found = spawnSync(options.python, ['-c', 'import numpy'], { stdio: 'ignore' });
  if (found.status !== 0) return null;
  const script = join(import.meta.dirname, 'rival.py');
  const job = JSON.stringify({ ...SIZE, folder, repeats: Number(options.repeats) });
  return JSON.parse(execFileSync(options.python, [script, job], { encoding: 'utf8' }));
}

function checkAnswers(own, theirs) {
  for (const [name, expected] of Object.entries(theirs)) {
    expected.forEach((value, i) => {
      const size = Math.max(...expected.map(Math.abs));
      if (!(Math.abs(own[name][i] - value) <= 2e-5 * size)) {
        throw new Error(`${name}[${i}] is ${own[name][i]}, numpy says ${value}`);
      }
    });
  }
}

function print(own, rival) {
  const { d, count, rows, gramRows } = SIZE;
  const flops = {
    dense: 2 * d * count * rows,
    project: 2 * d * d * rows,
    gram: 2 * d * gramRows ** 2,
    crossProducts: 2 * d * d * rows,
  };
  console.log(
    `one thread, processor time, best of ${options.repeats}: ${os.cpus().length} × ${os.cpus()[0].model}, Node ${process.versions.node}`,
  );
  console.log(
    rival === null
      ? `no rival: ${options.python} with numpy is not there (set PYTHON)`
      : `rival: Python ${rival.python}, numpy ${rival.numpy}, ${rival.blas}`,
  );
  const lines = [
    [
      'structured',
      'structured',
      `Fourier features, ${rows} × ${d}, D = ${count}: structured; numpy: product, cos, sin`,
      'fourier',
    ],
    ['dense', 'dense', '  the same, dense', 'fourier'],
    [
      'profile',
      'profile',
      '  the whole profile: structured features, projection, norms, histograms',
      'profile',
    ],
    ['project', 'project', `projection and its moments, k = ${d}`, 'project'],
    ['gram', 'gram', `gram, ${gramRows} × ${gramRows}`, 'gram'],
    ['crossProducts', 'crossProducts', `cross products, ${rows} × ${d}`, 'crossProducts'],
    ['eigen768', '', 'eigen, p = 768; numpy: eigh', 'eigen768'],
    ['eigen1024', '', 'eigen, p = 1024', 'eigen1024'],
    ['cholesky', '', `cholesky, p = ${d}`, 'cholesky'],
    ['solveLower', '', 'solveLower, 1000 rows; numpy: solve', 'solveLower'],
    ['test', '', 'both sides profiled; numpy: exact MMD, n = m = 10,000', 'exactMmd'],
    ['testCached', '', "one side profiled; numpy: exact MMD without the reference's part", 'exactMmdCached'],
  ];
  for (const [key, work, title, theirs] of lines) {
    const cells = Object.entries(own).map(([name, { ms }]) => {
      const rate = work in flops ? `, ${(flops[work] / ms[key] / 1e6).toFixed(1)} GFLOP/s` : '';
      const ratio = rival === null ? '' : `, ${(rival.ms[theirs] / ms[key]).toFixed(2)}×`;
      return `${name} ${ms[key].toFixed(1)} ms${rate}${ratio}`;
    });
    if (rival !== null) cells.push(`numpy ${rival.ms[theirs].toFixed(1)} ms`);
    console.log(`${title}\n    ${cells.join('   ')}`);
  }
}

function printCrossover() {
  for (const build of ['simd', 'relaxed']) {
    const { name, table, batches } = measure(build, 'crossover');
    console.log(`\n${name}: µs a row, structured / dense, * what the kernels take`);
    for (const { count, cells } of table) {
      const text = cells.map(
        ({ d, structured, dense, chosen }) =>
          `${d}: ${structured.toFixed(2)}${chosen === 'structured' ? '*' : ''}/${dense.toFixed(2)}${chosen === 'dense' ? '*' : ''}`,
      );
      console.log(`D = ${count}  ${text.join('  ')}`);
    }
    console.log(`${name}: µs a row of a whole profile, k = d, D = 512, by rows added at a time`);
    for (const { d, wasm, cpu } of batches) {
      const text = wasm.map(({ n, cost }) => `${n}: ${cost.toFixed(1)}`);
      console.log(`d = ${d}  ${text.join('  ')}  cpu: ${cpu.toFixed(0)}`);
    }
  }
}
