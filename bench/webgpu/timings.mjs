// SPDX-License-Identifier: Apache-2.0
/** Rates of the kernels, by the clock. */
import { planOf, rowsOf } from './data.mjs';

const [STORAGE, COPY_SRC, COPY_DST] = [0x80, 0x4, 0x8];

/** Resolves to one entry a line; `shape` (n, d, columns) where the work is a matrix product that a library has as well. */
export async function timings({ device, kernels, say, rows: n, repeats }) {
  const times = [];
  const line = (entry) => {
    times.push(entry);
    const { what, ms, gigaflops, gigabytes, rowsPerSecond } = entry;
    const rate =
      gigaflops !== undefined
        ? `${gigaflops.toFixed(0).padStart(9)} GFLOP/s`
        : gigabytes !== undefined
          ? `${gigabytes.toFixed(1).padStart(9)} GB/s`
          : `${(rowsPerSecond / 1e6).toFixed(2).padStart(9)} million rows/s`;
    say(`  ${what.padEnd(58)}${ms.toFixed(2).padStart(10)} ms${rate}`);
  };
  const best = async (job) => {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i <= repeats; i++) {
      const start = performance.now();
      await job();
      // The first time compiles and fills pools.
      if (i > 0) least = Math.min(least, performance.now() - start);
    }
    return least;
  };

  say('\nDevice');
  const bytes = 128 * 2 ** 20;
  const [from, to] = [0, 1].map(() => device.createBuffer({ size: bytes, usage: COPY_SRC | COPY_DST }));
  const copies = 20;
  const copyMs = await best(() => {
    const encoder = device.createCommandEncoder();
    for (let i = 0; i < copies; i++) encoder.copyBufferToBuffer(from, 0, to, 0, bytes);
    device.queue.submit([encoder.finish()]);
    return device.queue.onSubmittedWorkDone();
  });
  // Each byte is read and written.
  line({
    what: 'copy, 128 MiB, read and written',
    ms: copyMs / copies,
    gigabytes: (2 * bytes * copies) / copyMs / 1e6,
  });
  from.destroy();
  to.destroy();

  say('\nRows on the device (measureBuffer), sums read back');
  const d = 768;
  const rows = rowsOf(kernels, n, d);
  const buffer = device.createBuffer({ size: rows.byteLength, usage: STORAGE | COPY_SRC | COPY_DST });
  device.queue.writeBuffer(buffer, 0, rows);
  for (const [count, k] of [
    [512, 0],
    [512, 768],
    [2048, 0],
    [16, 4096],
  ]) {
    const plan = planOf(kernels, { d, count, k });
    const ms = await best(() => kernels.measureBuffer(device, buffer, { rows: n, dimension: d }, plan));
    kernels.forgetBufferStages(device);
    line({
      what: `${n} × ${d}, ${count} frequencies, ${k} directions`,
      ms,
      gigaflops: (2 * n * d * (count + k)) / ms / 1e6,
      shape: [n, d, count + k],
    });
  }
  buffer.destroy();

  say('\nRows from memory (createWebGpuVectorKernels), upload included');
  const own = await kernels.createWebGpuVectorKernels({ device });
  for (const [count, k] of [
    [512, 0],
    [512, 768],
  ]) {
    const meter = own.prepare(planOf(kernels, { d, count, k }));
    const sums = meter.open();
    for (const part of [n, Math.max(1, Math.floor(n / 16))]) {
      const ms = await best(async () => {
        for (let first = 0; first < part; first += 4096) {
          sums.add(rows.subarray(first * d, Math.min(part, first + 4096) * d));
          await sums.room();
        }
        await sums.take();
      });
      line({
        what: `${part} × ${d}, ${count} frequencies, ${k} directions`,
        ms,
        rowsPerSecond: (part / ms) * 1e3,
      });
    }
    meter.close();
  }
  const start = performance.now();
  const fresh = await kernels.createWebGpuVectorKernels({ device });
  const meter = fresh.prepare(planOf(kernels, { d: 256, count: 512, k: 256 }));
  const sums = meter.open();
  sums.add(rows.subarray(0, 256));
  await sums.take();
  meter.close();
  const startMs = performance.now() - start;
  line({ what: 'a plan of 256 dimensions made ready, one row', ms: startMs, rowsPerSecond: 1e3 / startMs });

  say('\nRBF sums and second moments, transfers included');
  const some = rows.subarray(0, Math.min(n, 8192) * d);
  const m = some.length / d;
  const gramMs = await best(() => kernels.gram(device, some, { b: null, d, gamma: 1 / d }));
  line({ what: `gram, ${m} × ${d}, pairs i < j`, ms: gramMs, gigaflops: (m * m * d) / gramMs / 1e6 });
  const momentsMs = await best(() => kernels.secondMoments(device, some, { p: d }));
  line({ what: `second moments, ${m} × ${d}`, ms: momentsMs, gigaflops: (m * d * d) / momentsMs / 1e6 });
  return times;
}
