// SPDX-License-Identifier: Apache-2.0
/**
 * The WebGPU kernels on whatever device Node finds (Vulkan, Metal, Direct3D 12): answers against the cpu twin first, then
 * rates beside the device's own copy bandwidth and, where Python has PyTorch or CuPy on a graphics card, beside the matrix
 * product of its tuned library for the same shape, in full f32.
 *
 *   npm run build && node bench/webgpu/run.mjs [--dist DIR] [--python PYTHON] [--repeats R] [--rows N] [--crossover] [--json]
 *
 * A device without a graphics card (VK_DRIVER_FILES=…/vk_swiftshader_icd.json) is checked and not timed, unless --time is
 * given. Times are by the clock, from submission to the sums in memory, the best of R, warm. --crossover prints instead, by
 * rows and dimensions, what cpu, WebAssembly and WebGPU take for a profile with 512 frequencies and a direction a dimension.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const here = import.meta.dirname;
const { values: options } = parseArgs({
  options: {
    dist: { type: 'string', default: resolve(here, '../../dist') },
    python: { type: 'string', default: process.env.PYTHON ?? 'python3' },
    repeats: { type: 'string', default: '7' },
    rows: { type: 'string', default: '65536' },
    time: { type: 'boolean', default: false },
    crossover: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
if (!existsSync(join(here, 'node_modules'))) execFileSync('npm', ['ci'], { cwd: here, stdio: 'inherit' });

const { create } = await import('webgpu');
const { checks } = await import('./checks.mjs');
const { timings } = await import('./timings.mjs');
const { crossover } = await import('./crossover.mjs');
const load = (path) => import(pathToFileURL(resolve(options.dist, 'kernels', path)).href);
const kernels = Object.assign(
  {},
  ...(await Promise.all(
    [
      'webgpu/vectors.js',
      'webgpu/buffer.js',
      'webgpu/device.js',
      'webgpu/gram.js',
      'webgpu/project.js',
      'webgpu/second-moments.js',
      'cpu/vectors/vectors.js',
      'wasm/vectors.js',
      'random-stream.js',
    ].map(load),
  )),
);

const gpu = create([]);
let open;
try {
  open = await kernels.openDevice(gpu);
} catch (error) {
  console.log(`nothing to measure: ${error.message}`);
  process.exit(0);
}
const { device, description, isSoftware } = open;
const say = options.json ? () => {} : console.log;
say(`Node ${process.version}, ${description}${isSoftware ? ' (a processor, not a graphics card)' : ''}`);

const errors = await checks({ gpu, device, kernels, say });
const wrong = errors.filter(({ error, most }) => !(error <= most));
const result = { node: process.version, device: description, isSoftware, checks: errors };
if (wrong.length > 0) {
  console.error(`${wrong.length} answers are wrong: ${wrong.map(({ what }) => what).join(', ')}`);
  process.exitCode = 1;
} else if (isSoftware && !options.time) {
  say('\nNo times: this device shows correctness only.');
} else {
  const settings = { rows: Number(options.rows), repeats: Number(options.repeats) };
  if (options.crossover) {
    result.crossover = await crossover({ gpu, kernels, say, ...settings });
  } else {
    result.times = await timings({ device, kernels, say, ...settings });
    result.tuned = tuned(result.times);
  }
}
if (options.json) console.log(JSON.stringify(result));
device.destroy();
// Dawn keeps the process awake while an instance lives.
process.exit();

/** The tuned library's rate for each product, in a process of its own, beside ours. */
function tuned(times) {
  const products = times.filter(({ shape }) => shape !== undefined);
  const job = JSON.stringify({
    shapes: products.map(({ shape }) => shape),
    repeats: Number(options.repeats),
  });
  const run = spawnSync(options.python, [join(here, 'rival.py'), job], { encoding: 'utf8' });
  if (run.status !== 0) {
    say(
      `\nNo tuned library beside it: ${options.python} did not run (${run.error?.message ?? run.stderr.trim()})`,
    );
    return null;
  }
  const rival = JSON.parse(run.stdout);
  if (rival.missing !== undefined) {
    say(`\nNo tuned library beside it: ${rival.missing}`);
    return null;
  }
  say(`\n${rival.library} on ${rival.device}, f32 without reduced precision`);
  for (const [i, { what, gigaflops }] of products.entries()) {
    const theirs = rival.gigaflops[i];
    say(
      `  ${what.padEnd(58)}${theirs.toFixed(0).padStart(9)} GFLOP/s, ours ${(gigaflops / theirs).toFixed(2)} of it`,
    );
  }
  return rival;
}
