// SPDX-License-Identifier: Apache-2.0
/** Every kernel against the cpu twin. */
import { planOf, rowsOf } from './data.mjs';

/** Resolves to what was compared, its largest error and what is allowed. Errors of sums are per row. */
export async function checks({ gpu, device, kernels, say }) {
  const results = [];
  const note = (what, error, most) => {
    results.push({ what, error, most });
    say(
      `${error <= most ? 'ok   ' : 'WRONG'} ${what.padEnd(58)} ${error.toExponential(1)} ≤ ${most.toExponential(0)}`,
    );
  };
  for (const [d, count, k, n] of [
    [3, 16, 2, 1000],
    [64, 200, 64, 700],
    [384, 512, 384, 300],
    [768, 512, 768, 150],
    [1536, 512, 64, 100],
  ]) {
    const plan = planOf(kernels, { d, count, k });
    const rows = rowsOf(kernels, n, d);
    rows[5 * d] = Number.NaN;
    rows.fill(0, 7 * d, 8 * d);
    const wanted = await measured(kernels.cpuVectorKernels, plan, rows);
    const own = await kernels.createWebGpuVectorKernels({ device });
    const buffer = device.createBuffer({ size: rows.byteLength, usage: STORAGE_AND_COPIES });
    device.queue.writeBuffer(buffer, 0, rows);
    for (const [way, partial] of [
      ['rows', await measured(own, plan, rows)],
      ['a buffer', await kernels.measureBuffer(device, buffer, { rows: n, dimension: d }, plan)],
    ]) {
      const what = `${way}, ${n} × ${d}, ${count} frequencies, ${k} directions`;
      note(`${what}: sums`, differenceOf(partial, wanted) / n, 5e-6);
      note(`${what}: counts`, countsApart(partial, wanted), 2);
    }
    buffer.destroy();
    if (own.note !== null) throw new Error(own.note);
  }
  await lostDevice({ gpu, kernels, note });
  await products({ device, kernels, note });
  return results;
}

/** STORAGE, COPY_SRC and COPY_DST. */
const STORAGE_AND_COPIES = 0x8c;

async function measured(kernels, plan, rows) {
  const meter = kernels.prepare(plan);
  const sums = meter.open();
  sums.add(rows);
  const partial = await sums.take();
  meter.close();
  return partial;
}

async function lostDevice({ gpu, kernels, note }) {
  const { device } = await kernels.openDevice(gpu);
  const plan = planOf(kernels, { d: 32, count: 64, k: 8 });
  const rows = rowsOf(kernels, 2000, 32);
  const wanted = await measured(kernels.cpuVectorKernels, plan, rows);
  const own = await kernels.createWebGpuVectorKernels({
    device,
    gpu,
    batchBytes: 65_536,
    keptBytes: 2 ** 20,
  });
  const meter = own.prepare(plan);
  const sums = meter.open();
  for (let first = 0; first < 2000; first += 500) {
    if (first === 1000) device.destroy();
    sums.add(rows.subarray(first * 32, (first + 500) * 32));
    await sums.room();
  }
  const partial = await sums.take();
  meter.close();
  note(`a device lost in the middle (${own.note}): rows missing`, Math.abs(partial.rows - wanted.rows), 0);
  note('a device lost in the middle: sums', differenceOf(partial, wanted) / 2000, 5e-6);
}

async function products({ device, kernels, note }) {
  const { cpuLinearKernels: cpu, gram, project, secondMoments } = kernels;
  const [n, m, d] = [300, 200, 96];
  const a = rowsOf(kernels, n, d);
  const b = rowsOf(kernels, m, d, 2);
  const apart = (x, y) => x.reduce((most, value, i) => Math.max(most, Math.abs(value - y[i])), 0);
  note('project', apart(await project(device, a, { matrix: b, d }), cpu.multiply(a, b, d)), 1e-4);
  const gamma = 1 / d;
  const sums = [await gram(device, a, { b, d, gamma }), await gram(device, a, { b: null, d, gamma })];
  const wanted = [cpu.gram(a, b, d, gamma), cpu.gram(a, null, d, gamma)];
  note('gram, relative', Math.max(...sums.map((sum, i) => Math.abs(sum / wanted[i] - 1))), 1e-5);
  note(
    'second moments, per row',
    apart(await secondMoments(device, a, { p: d }), cpu.crossProducts(a, d)) / n,
    1e-5,
  );
}

function differenceOf(a, b) {
  let most =
    Math.max(Math.abs(a.normSum - b.normSum), Math.abs(a.normSquares - b.normSquares)) / b.normSquares;
  for (const key of ['fourier', 'sums', 'squares']) {
    a[key].forEach((value, i) => {
      most = Math.max(most, Math.abs(value - b[key][i]));
    });
  }
  return most;
}

/** Rows counted otherwise; a row within rounding of a cut may be. */
function countsApart(a, b) {
  let apart = 0;
  for (const key of ['rows', 'nonFinite', 'zero', 'constant']) apart += 1000 * Math.abs(a[key] - b[key]);
  for (const [i, counts] of [a.norms, ...a.drawn].entries()) {
    const wanted = [b.norms, ...b.drawn][i];
    counts.forEach((count, bin) => {
      apart += Math.abs(count - wanted[bin]) / 2;
    });
  }
  return apart;
}
