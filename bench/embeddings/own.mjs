// SPDX-License-Identifier: Apache-2.0
/** Our side of run.mjs: one build in a process of its own; prints one JSON object. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const job = JSON.parse(process.argv[2]);
const load = (path) => import(pathToFileURL(join(job.dist, path)).href);
const { createWasmVectorKernels } = await load('kernels/wasm/vectors.js');
const { structuredIsLess } = await load('kernels/wasm/wasm-fourier.js');
const { frequenciesOf } = await load('kernels/frequencies.js');
const { randomStream } = await load('kernels/random-stream.js');
const relaxed = job.build === 'relaxed';
const create = (form) => createWasmVectorKernels({ relaxed, form });
const { vectors, linear } = await create();
const none = new Float32Array(0);

const result = job.what === 'crossover' ? await crossover() : await times();
console.log(JSON.stringify({ name: vectors.name, ...result }));

async function times() {
  const { d, count, seed, gramRows } = job;
  const [rows, current, directions, center] = ['rows', 'current', 'directions', 'center'].map(read);
  const fourier = { dimension: d, count, seed, bandwidth: 1.4 };
  const features = { dimension: d, fourier, center, directions: none, drawn: [], normCuts: none };
  const projection = { ...features, fourier: { ...fourier, count: 1 }, directions };
  const cuts = Float32Array.from({ length: 127 }, (_, i) => (i - 63) / 800);
  const whole = {
    ...features,
    directions,
    drawn: new Array(16).fill(cuts),
    normCuts: cuts.map((cut) => 1 + cut),
  };
  const structured = (await create('structured')).vectors.prepare(features).open();
  const dense = (await create('dense')).vectors.prepare(features).open();
  const project = vectors.prepare(projection).open();
  const profile = vectors.prepare(whole).open();
  const measured = (sums, values) => {
    sums.add(values);
    return sums.take();
  };
  const some = rows.subarray(0, gramRows * d);
  const others = current.subarray(0, gramRows * d);
  const cross = linear.crossProducts(rows, d);
  const ridge = Float64Array.from(cross, (value, at) => value + (at % (d + 1) === 0 ? 1 : 0));
  const lower = linear.cholesky(ridge, d);
  const right = Float64Array.from(rows.subarray(0, 1000 * d));
  const larger = linear.crossProducts(rows.subarray(0, 4096 * 1024), 1024);
  const gamma = 1 / (2 * 1.4 ** 2);
  const projected = measured(project, rows);
  const answers = {
    fourier: [...measured(structured, rows).fourier],
    sums: [...projected.sums],
    squares: [...projected.squares],
    gram: [linear.gram(some, others, d, gamma)],
    cross: [cross[0], cross[1], cross[d + 1], cross[d * d - 1]],
    eigen768: [...linear.eigen(cross, d).values],
    eigen1024: [...linear.eigen(larger, 1024).values],
    cholesky: [lower[0], lower[d * (d - 1)], lower[d * d - 1]],
  };
  const ms = {
    structured: bestMs(() => measured(structured, rows)),
    dense: bestMs(() => measured(dense, rows)),
    profile: bestMs(() => measured(profile, rows)),
    project: bestMs(() => measured(project, rows)),
    gram: bestMs(() => linear.gram(some, others, d, gamma)),
    crossProducts: bestMs(() => linear.crossProducts(rows, d)),
    eigen768: bestMs(() => linear.eigen(cross, d)),
    eigen1024: bestMs(() => linear.eigen(larger, 1024)),
    cholesky: bestMs(() => linear.cholesky(ridge, d)),
    solveLower: bestMs(() => linear.solveLower(lower, d, right)),
    test: bestMs(() => [measured(structured, rows), measured(structured, current)]),
    testCached: bestMs(() => measured(structured, current)),
  };
  return { ms, answers };
}

async function crossover() {
  const forms = await Promise.all(['structured', 'dense'].map(create));
  const { normal } = randomStream(job.seed);
  const n = 512;
  const table = [];
  for (const count of [32, 128, 512, 1024]) {
    const cells = [];
    for (const d of [2, 8, 16, 24, 32, 64, 128, 256, 384, 768, 1536]) {
      const rows = Float32Array.from({ length: n * d }, normal);
      const fourier = { dimension: d, count, seed: job.seed, bandwidth: Math.sqrt(2 * d) };
      const plan = {
        dimension: d,
        fourier,
        center: new Float32Array(d),
        directions: none,
        drawn: [],
        normCuts: none,
      };
      const sums = forms.map((form) => form.vectors.prepare(plan).open());
      const best = [Infinity, Infinity];
      for (let i = 0; i < 4 * job.repeats; i++) {
        sums.forEach((each, f) => {
          const start = performance.now();
          each.add(rows);
          each.take();
          best[f] = Math.min(best[f], performance.now() - start);
        });
      }
      const [structured, dense] = best.map((ms) => (ms * 1e3) / n);
      const chosen = structuredIsLess(fourier, frequenciesOf(fourier).padded) ? 'structured' : 'dense';
      cells.push({ d, structured, dense, chosen });
    }
    table.push({ count, cells });
  }
  return { table, batches: await batches() };
}

/** What a row costs of whole profiles (k = d, D = 512) by the rows that are added at a time, beside the cpu twin's. */
async function batches() {
  const { cpuVectorKernels } = await load('kernels/cpu/vectors/vectors.js');
  const { normal } = randomStream(job.seed);
  const values = (count) => Float32Array.from({ length: count }, normal);
  return [64, 384, 768].map((d) => {
    const fourier = { dimension: d, count: 512, seed: job.seed, bandwidth: Math.sqrt(2 * d) };
    const center = new Float32Array(d);
    const plan = { dimension: d, fourier, center, directions: values(d * d), drawn: [], normCuts: none };
    const cost = (kernels, n, rows) => {
      const sums = kernels.prepare(plan).open();
      const batch = values(n * d);
      const adds = Math.ceil(rows / n);
      const ms = bestMs(() => {
        for (let i = 0; i < adds; i++) sums.add(batch);
        return sums.take();
      });
      return (ms * 1e3) / (adds * n);
    };
    const sizes = [1, 4, 16, 64, 1024, 8192];
    const wasm = sizes.map((n) => ({ n, cost: cost(vectors, n, Math.max(n, 512)) }));
    return { d, wasm, cpu: cost(cpuVectorKernels, 32, 32) };
  });
}

function read(name) {
  const bytes = readFileSync(join(job.folder, `${name}.f32`));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

function bestMs(work) {
  work();
  const found = Array.from({ length: job.repeats }, () => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e3;
  });
  return Math.min(...found);
}
