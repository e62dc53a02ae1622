// SPDX-License-Identifier: Apache-2.0
/** One profile by each backend, by rows and dimensions: where a graphics card starts to pay. */
import { planOf, rowsOf } from './data.mjs';

const COUNT = 512;

/** Milliseconds by the clock; the cpu twin is timed on few rows and multiplied. `rows` is the most that is tried. */
export async function crossover({ gpu, kernels, say, rows, repeats }) {
  const start = performance.now();
  const webgpu = await kernels.createWebGpuVectorKernels({ gpu });
  await profiled(webgpu, planOf(kernels, { d: 768, count: COUNT, k: 768 }), rowsOf(kernels, 1, 768));
  const startMs = performance.now() - start;
  const { vectors: wasm } = await kernels.createWasmVectorKernels();
  say(`\nWebGPU's start, kernels compiled and one row measured: ${startMs.toFixed(0)} ms, once`);
  say(`ms for a profile, ${COUNT} frequencies, as many directions as dimensions\n`);
  say(`${['d', 'rows', 'cpu', wasm.name, 'webgpu'].map((word) => word.padStart(14)).join('')}`);
  const lines = [];
  for (const d of [64, 384, 768, 1536]) {
    const plan = planOf(kernels, { d, count: COUNT, k: d });
    const some = rowsOf(kernels, 50, d);
    const cpuMs = (await best(1, () => profiled(kernels.cpuVectorKernels, plan, some))) / 50;
    for (const n of [100, 1_000, 10_000, 100_000].filter((size) => size <= rows)) {
      const values = rowsOf(kernels, n, d);
      const wasmMs = await best(repeats, () => profiled(wasm, plan, values));
      const webgpuMs = await best(repeats, () => profiled(webgpu, plan, values));
      if (webgpu.note !== null) throw new Error(webgpu.note);
      lines.push({ d, n, cpuMs: cpuMs * n, wasmMs, webgpuMs });
      say(
        [d, n, ...[cpuMs * n, wasmMs, webgpuMs].map((ms) => ms.toFixed(1))]
          .map((cell) => `${cell}`.padStart(14))
          .join(''),
      );
    }
  }
  webgpu.close();
  return { startMs, lines };
}

/** Preparing included: it is part of a profile, and small. */
async function profiled(kernels, plan, rows) {
  const meter = kernels.prepare(plan);
  const sums = meter.open();
  const step = 4096 * plan.dimension;
  for (let first = 0; first < rows.length; first += step) {
    sums.add(rows.subarray(first, first + step));
    await sums.room();
  }
  await sums.take();
  meter.close();
}

async function best(repeats, job) {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i <= repeats; i++) {
    const start = performance.now();
    await job();
    if (i > 0) least = Math.min(least, performance.now() - start);
  }
  return least;
}
