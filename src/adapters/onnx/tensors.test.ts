// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { entriesOf, type OrtTensor, readOrtTensor } from './tensors.js';

const place = { name: 'y', index: 0 };

test.each<[string, OrtTensor['data'], number[] | string[]]>([
  ['float32', Float32Array.of(1, 0.5, -2, 4), [1, 0.5, -2, 4]],
  // As bits: 1, .5, −2 and the smallest there is.
  ['float16', Uint16Array.of(0x3c00, 0x3800, 0xc000, 1), [1, 0.5, -2, 2 ** -24]],
  // As engines with halves of their own give them.
  ['float16', Float32Array.of(1, 0.5, -2, 4), [1, 0.5, -2, 4]],
  ['int64', BigInt64Array.of(1n, -2n, 3n, 2n ** 40n), [1, -2, 3, 2 ** 40]],
  ['uint64', BigUint64Array.of(1n, 2n, 3n, 2n ** 63n), [1, 2, 3, 2 ** 63]],
  ['bool', Uint8Array.of(0, 1, 1, 0), [0, 1, 1, 0]],
  ['string', ['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd']],
])('values of %s, and rows of them', (type, data, expected) => {
  const tensor = { dims: [4, 1], type, data, location: 'cpu' };
  expect(Array.from<unknown>(readOrtTensor(place, tensor, null)!.values)).toEqual(expected);
  const some = readOrtTensor(place, tensor, Int32Array.of(1, 3))!;
  expect(some.shape).toEqual([2, 1]);
  expect(Array.from<unknown>(some.values)).toEqual([expected[1], expected[3]]);
});

test('what was read stays as it was when the app writes to its tensor', () => {
  const data = Float32Array.of(1, 2);
  const read = readOrtTensor(place, { dims: [2], type: 'float32', data }, null)!;
  data.fill(9);
  expect(Array.from<unknown>(read.values)).toEqual([1, 2]);
});

test.each(['gpu-buffer', 'texture', 'ml-tensor', 'none'])(
  'nothing is read of a tensor in "%s"',
  (location) => {
    const tensor = {
      dims: [1],
      type: 'float32',
      location,
      get data(): Float32Array {
        throw new Error('it is not here');
      },
    };
    expect(readOrtTensor(place, tensor, null)).toBeNull();
  },
);

test('tensors come in the order of the session, others last', () => {
  const tensor = { dims: [1], type: 'float32', data: [0] };
  const entries = entriesOf({ z: tensor, b: tensor, a: tensor }, ['a', 'missing', 'b']);
  expect(entries.map(({ name, index }) => [name, index])).toEqual([
    ['a', 0],
    ['b', 2],
    ['z', 3],
  ]);
});
