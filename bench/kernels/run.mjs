// SPDX-License-Identifier: Apache-2.0
/**
 * Kernels against numpy and scipy on the same bytes, one thread each, answers compared before anything is timed.
 *
 *   npm run build && node bench/kernels/run.mjs [--dist DIR] [--python PYTHON] [--n ROWS] [--repeats R] [--json]
 *
 * A time is the processor time (user and system) of the best repeat, warm, so that what else the machine does counts
 * for neither side. Ratios are rival over ours.
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
    n: { type: 'string', default: '1000000' },
    repeats: { type: 'string', default: '15' },
    json: { type: 'boolean', default: false },
  },
});
const n = Number(options.n);
const repeats = Number(options.repeats);
const load = (path) => import(pathToFileURL(join(resolve(options.dist), path)).href);
const { createWasmKernels, decodeHex } = await load('kernels/wasm/wasm.js');
const { KernelHost } = await load('kernels/wasm/host.js');
const { relaxedBinary, simdBinary } = await load('kernels/wasm/binary.js');
const { cpuKernels } = await load('kernels/cpu/cpu.js');
const wasm = await createWasmKernels();

const normal = seededNormal(20261123);
const columns = { f64: [new Float64Array(n), new Float64Array(n)] };
for (let i = 0; i < n; i++) {
  columns.f64[0][i] = normal();
  columns.f64[1][i] = normal() * 1.02 + 0.01;
}
columns.f32 = columns.f64.map((column) => Float32Array.from(column));
const cuts = equalMassCuts(columns.f32[0], 128);

const rival = runRival();
const results = { ms: { wasm: {}, cpu: {} }, rival };
for (const width of ['f32', 'f64']) {
  if (rival !== null) checkAnswers(wasm, width);
  results.ms.wasm[width] = {
    ...timesOf(wasm, width, repeats),
    residentMoments: await residentMoments(width),
  };
  results.ms.cpu[width] = timesOf(cpuKernels, width, 3);
}
if (options.json) console.log(JSON.stringify(results));
else print();

function timesOf(kernels, width, times) {
  const [x, y] = columns[width];
  const table = kernels.prepareCuts(cuts);
  const sorted = [kernels.sort(x).values, kernels.sort(y).values];
  const small = x.subarray(0, 256);
  return {
    exact: bestMs(times, () => kernels.cdf(kernels.sort(x).values, kernels.sort(y).values)),
    sort: bestMs(times, () => kernels.sort(x)),
    cdf: bestMs(times, () => kernels.cdf(sorted[0], sorted[1])),
    histogram: bestMs(times, () => repeat(10, () => kernels.histogram(x, table))) / 10,
    moments: bestMs(times, () => repeat(10, () => kernels.moments(x, 0.5))) / 10,
    smallHistogram: bestMs(times, () => repeat(1000, () => kernels.histogram(small, table))) / 1000,
    smallMoments: bestMs(times, () => repeat(1000, () => kernels.moments(small, 0.5))) / 1000,
  };
}

function checkAnswers(kernels, width) {
  const [x, y] = columns[width];
  const expected = rival.answers[width];
  const cdf = kernels.cdf(kernels.sort(x).values, kernels.sort(y).values);
  const above = cdf.above >= cdf.below;
  agree('KS', above ? cdf.above : cdf.below, expected.ks, 1e-9);
  agree('KS place', above ? cdf.aboveAt : cdf.belowAt, expected.at, 0);
  agree('Wasserstein', cdf.wasserstein, expected.wasserstein, 1e-9);
  agree('energy', Math.sqrt(2 * cdf.cramer), expected.energy, 1e-9);
  const histogram = kernels.histogram(x, kernels.prepareCuts(cuts));
  expected.counts.forEach((count, bin) => {
    agree(`count ${bin}`, histogram.counts[bin], count, 0);
    agree(`sum ${bin}`, histogram.sums[bin], expected.sums[bin], 1e-9);
  });
  const moments = kernels.moments(x, 0.5);
  const found = [moments.finite, moments.min, moments.max, ...moments.sums];
  expected.powers.forEach((value, i) => {
    agree(`moment ${i}`, found[i], value, 1e-9);
  });
}

function agree(what, actual, expected, tolerance) {
  if (!(Math.abs(actual - expected) <= tolerance * Math.abs(expected))) {
    throw new Error(`${what}: ${actual}, the rival says ${expected}`);
  }
}

function print() {
  const perValue = (time) => `${((time / n) * 1e6).toFixed(2)} ns a value`;
  console.log(
    `driftglass kernels (${wasm.name}), ${n} rows a side, one thread, best of ${repeats}, processor time`,
  );
  console.log(`${os.cpus().length} × ${os.cpus()[0].model}, Node ${process.versions.node}`);
  if (rival === null)
    console.log(`no rival: ${options.python} with numpy and scipy is not there (set PYTHON)\n`);
  else console.log(`rival: Python ${rival.python}, numpy ${rival.numpy}, scipy ${rival.scipy}\n`);
  for (const width of ['f32', 'f64']) {
    const [own, cpu, theirs] = [results.ms.wasm[width], results.ms.cpu[width], rival?.ms[width] ?? {}];
    const rate = (time) => `${((n * (width === 'f32' ? 4 : 8)) / time / 1e6).toFixed(1)} GB/s`;
    console.log(width);
    row('six exact distances, two sorts', own.exact, cpu.exact, theirs.ks, 'scipy ks_2samp alone');
    const three = theirs.ks + theirs.wasserstein + theirs.energy;
    if (rival !== null)
      row('', own.exact, cpu.exact, three, 'ks_2samp, wasserstein_distance, energy_distance');
    row('sort', own.sort, cpu.sort, theirs.sort, 'numpy sort');
    row('merge of two sorted', own.cdf, cpu.cdf);
    const bins = `searchsorted, two bincounts; ours ${perValue(own.histogram)}`;
    row('histogram, 128 bins with sums', own.histogram, cpu.histogram, theirs.histogram, bins);
    const passes = `numpy min, max, sum, mean, var; ours ${rate(own.moments)}`;
    row('moments', own.moments, cpu.moments, theirs.moments, passes);
    if (rival !== null) row('', own.moments, cpu.moments, theirs.fourMoments, 'numpy, the same ten numbers');
    row(
      'moments of 16 kB in wasm memory',
      own.residentMoments,
      undefined,
      undefined,
      rate(own.residentMoments),
    );
    const small = `histogram ${(own.smallHistogram * 1e3).toFixed(1)} µs, moments ${(own.smallMoments * 1e3).toFixed(1)} µs`;
    console.log(`  a batch of 256 values: ${small}\n`);
  }
}

function row(what, own, cpu, theirs, note = '') {
  const cell = (name, time) => (time ? `${name} ${time.toFixed(2).padStart(8)} ms` : '').padEnd(18);
  const ratio = (time) => (time ? `${(time / own).toFixed(1)}×` : '').padStart(7);
  console.log(
    `  ${what.padEnd(33)}${cell('wasm', own)}${cell('cpu', cpu)}${ratio(cpu)}  ${cell('rival', theirs)}${ratio(theirs)}  ${note}`,
  );
}

/** The kernel alone over values that already lie in wasm memory and cache, per n values. */
async function residentMoments(width) {
  const host = await KernelHost.start(decodeHex(wasm.name === 'wasm-relaxed' ? relaxedBinary : simdBinary));
  return host.call(({ run, arena }) => {
    const piece = columns[width][0].subarray(0, width === 'f32' ? 4096 : 2048);
    const [at, out] = [arena.take(piece.byteLength), arena.take(80)];
    new piece.constructor(arena.buffer, at, piece.length).set(piece);
    const kernel = width === 'f32' ? run.moments_f32 : run.moments_f64;
    const times = Math.ceil((10 * n) / piece.length);
    const time = bestMs(repeats, () => repeat(times, () => kernel(at, piece.length, 0.5, out)));
    return (time * n) / (times * piece.length);
  });
}

function bestMs(times, job) {
  for (let i = 0; i < 3; i++) job();
  const found = Array.from({ length: times }, () => {
    const start = process.cpuUsage();
    job();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e3;
  });
  return Math.min(...found);
}

function repeat(times, job) {
  for (let i = 0; i < times; i++) job();
}

function runRival() {
  const folder = mkdtempSync(join(os.tmpdir(), 'driftglass-bench-'));
  try {
    for (const width of ['f32', 'f64']) {
      writeFileSync(join(folder, `x.${width}`), Buffer.from(columns[width][0].buffer));
      writeFileSync(join(folder, `y.${width}`), Buffer.from(columns[width][1].buffer));
    }
    writeFileSync(join(folder, 'cuts.f64'), Buffer.from(cuts.buffer));
    const script = join(import.meta.dirname, 'rival.py');
    const found = spawnSync(options.python, ['-c', 'import numpy, scipy'], { stdio: 'ignore' });
    if (found.status !== 0) return null;
    const text = execFileSync(options.python, [script, folder, String(repeats)], { encoding: 'utf8' });
    return JSON.parse(text);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** 127 cuts of equal mass and the two sentinels would be 129; here 128 bins, so that numpy has the same. */
function equalMassCuts(column, bins) {
  const sorted = Float32Array.from(column).sort();
  return Float64Array.from({ length: bins - 1 }, (_, i) => sorted[Math.floor(((i + 1) * n) / bins)]);
}

/** Box–Muller over a 32-bit mixer. */
function seededNormal(seed) {
  let state = seed;
  const uniform = () => {
    state = (state + 0x9e3779b9) | 0;
    let x = state;
    x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
    x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
    return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
