// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { cpuLinearKernels as cpu } from '../cpu/vectors/vectors.js';
import { vectorRows } from '../testing/vector-rows.js';
import { gram } from './gram.js';
import { project } from './project.js';
import { secondMoments } from './second-moments.js';
import { sharedDevice } from './testing/shared-device.js';

const SIZES: readonly (readonly [n: number, m: number, d: number])[] = [
  [0, 3, 2],
  [1, 1, 1],
  [2, 9, 5],
  [33, 17, 100],
  [130, 40, 7],
  [140, 150, 64],
];
const SMALL = { maxStorageBufferBindingSize: 20_000, maxComputeInvocationsPerWorkgroup: 16 };

function within(actual: ArrayLike<number>, expected: ArrayLike<number>, bound: number): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(actual[i]! - expected[i]!) <= bound)) {
      expect.fail(`value ${i} of ${expected.length} is ${actual[i]}, expected ${expected[i]} to ${bound}`);
    }
  }
}

describe.each([
  ['the device’s limits', {}],
  ['small limits', SMALL],
])('with %s', (_, limits) => {
  test.each(SIZES)('%i and %i rows of %i', { timeout: 120_000 }, async (n, m, d) => {
    const device = await sharedDevice();
    for (const shape of ['bell', 'far from zero']) {
      const size = shape === 'bell' ? 1 : 1e4;
      const a = vectorRows(shape, { n, d, seed: n, offset: 1 });
      const b = vectorRows(shape, { n: m, d, seed: m + 50 });
      const product = await project(device, a, { matrix: b, d, limits });
      within(product, cpu.multiply(a, b, d), 1e-6 * size * d);
      const gamma = 1.5 / d;
      const near = 3e-6 * n * Math.max(n, m);
      within([await gram(device, a, { b, d, gamma, limits })], [cpu.gram(a, b, d, gamma)], near);
      within([await gram(device, a, { b: null, d, gamma, limits })], [cpu.gram(a, null, d, gamma)], near);
      within(await secondMoments(device, a, { p: d, limits }), cpu.crossProducts(a, d), 1e-6 * size * n);
    }
  });
});

test('second moments over many blocks', async () => {
  const rows = vectorRows('bell', { n: 20_003, d: 9, seed: 1 });
  const expected = cpu.crossProducts(rows, 9);
  within(await secondMoments(await sharedDevice(), rows, { p: 9 }), expected, 1e-6 * expected[0]!);
});

test('a device that refuses is an EngineError', async () => {
  const device = await sharedDevice();
  const rows = vectorRows('bell', { n: 3, d: 2, seed: 1 });
  const broken = new Proxy(device, {
    get(target, key) {
      const value = Reflect.get(target, key, target) as unknown;
      if (key === 'createBuffer') {
        return (descriptor: GPUBufferDescriptor) => target.createBuffer({ ...descriptor, size: 2 ** 50 });
      }
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  await expect(gram(broken, rows, { b: null, d: 2, gamma: 1 })).rejects.toMatchObject({
    name: 'EngineError',
  });
});
