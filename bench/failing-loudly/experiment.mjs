// SPDX-License-Identifier: Apache-2.0
// One seed: p of every test under every shift and on null splits, kept as they come, so that a run goes on where it stopped.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { adversarialRows } from './adversarial.mjs';
import { PIXELS, split } from './data.mjs';
import { METHODS, SIZES } from './methods.mjs';
import { accuracy } from './networks.mjs';
import { permutation, randomOf } from './random.mjs';
import { reductionsOf } from './reductions.mjs';
import { Sample } from './sample.mjs';
import { SHARES, SHIFTS, shifted } from './shifts.mjs';

/** Names the file of a seed's results. */
export const resultPath = (folder, seed) => join(folder, `seed-${seed}.json`);

/** What is measured of a seed so far. */
export function readSeed(folder, seed) {
  const path = resultPath(folder, seed);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { seed, shifts: {}, nulls: [] };
}

/**
 * Measures what `seed`'s file does not hold yet: { shifts: { 'name@share': { method: [p by size] } }, nulls: [{ method: [p by size] }] },
 * null where a test does not go that far.
 */
export async function measureSeed({
  digits,
  seed,
  folder,
  cache,
  nullSplits,
  methods = METHODS,
  log = () => {},
}) {
  const path = resultPath(folder, seed);
  const stored = readSeed(folder, seed);
  const started = process.cpuUsage();
  const missing = (found) => methods.filter(({ name }) => !found?.[name]);
  const windows = Object.keys(SHIFTS).flatMap((shift) =>
    SHARES.map((share) => ({ shift, share, key: `${shift}@${share}` })),
  );
  const isDone =
    windows.every(({ key }) => missing(stored.shifts[key]).length === 0) &&
    Array.from({ length: nullSplits }, (_, i) => stored.nulls[i]).every((one) => missing(one).length === 0);
  if (isDone) return log(`seed ${seed}: stored`);

  const { training, validation, test } = split(digits, seed);
  const { classifier, reduce } = reductionsOf({ training: () => training, seed, cache });
  stored.accuracy = accuracy(classifier, test);
  log(`seed ${seed}: models ready, accuracy ${stored.accuracy}`);
  let adversarial = null;
  const adversarialOnce = () => {
    adversarial ??= adversarialRows(classifier, test);
    return adversarial;
  };
  stored.seconds ??= {};
  const context = { seed, methods: missing, spent: stored.seconds };

  const reference = Sample.ofImages(validation.images, reduce);
  for (const { shift, share, key } of windows) {
    stored.shifts[key] ??= {};
    const found = stored.shifts[key];
    if (missing(found).length === 0) continue;
    const rows = shifted(test, {
      shift,
      share,
      seed,
      adversarial: adversarialOnce,
    });
    const window = Sample.ofImages(rows.images, reduce);
    await measure({ ...context, found, reference, window, name: key });
    save(path, stored, started);
    log(`seed ${seed}: ${key}`);
  }

  const pool = Sample.ofImages(joined(validation.images, test.images), reduce);
  for (let i = 0; i < nullSplits; i++) {
    stored.nulls[i] ??= {};
    const found = stored.nulls[i];
    if (missing(found).length === 0) continue;
    const order = permutation(pool.rows, randomOf('null', seed, i));
    const half = pool.rows / 2;
    const sides = { reference: pool.pick(order.subarray(0, half)), window: pool.pick(order.subarray(half)) };
    await measure({ ...context, ...sides, found, name: `null ${i}` });
    save(path, stored, started);
  }
  log(`seed ${seed}: null splits`);
}

/** Fills `found` with p by size, of each test that it lacks. */
async function measure({ seed, methods, spent, found, reference, window, name }) {
  for (const { name: method, largest = Infinity, run } of methods(found)) {
    const before = process.cpuUsage();
    const bySize = new Map();
    const all = [];
    for (const size of SIZES) {
      // Where a shift leaves fewer rows, all of them are the window, and as many the reference's.
      const n = Math.min(size, window.rows);
      if (size <= largest && !bySize.has(n)) {
        const random = randomOf('test', seed, name, method, n);
        bySize.set(n, Number((await run({ reference, window, n, random })).toPrecision(4)));
      }
      all.push(size <= largest ? bySize.get(n) : null);
    }
    found[method] = all;
    const { user, system } = process.cpuUsage(before);
    spent[method] = Number(((spent[method] ?? 0) + (user + system) / 1e6).toFixed(2));
  }
}

function save(path, stored, started) {
  const { user, system } = process.cpuUsage(started);
  const total = { ...stored, cpuSeconds: Math.round((stored.cpuSeconds ?? 0) + (user + system) / 1e6) };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, `${JSON.stringify(total)}\n`);
  renameSync(`${path}.part`, path);
}

function joined(a, b) {
  const result = new Float32Array(a.length + b.length);
  result.set(a);
  result.set(b, a.length);
  if (result.length % PIXELS !== 0) throw new Error('images that are not 784 pixels');
  return result;
}
