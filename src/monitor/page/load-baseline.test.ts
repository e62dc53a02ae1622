// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { loadBaseline } from './load-baseline.js';

const bytes = Uint8Array.of(1, 2, 3, 4);

test.each([
  ['an array buffer', bytes.buffer],
  ['bytes', bytes],
  ['a view into more', Uint8Array.of(9, 1, 2, 3, 4, 9).subarray(1, 5)],
  // Of the memory that Node keeps for all small ones.
  ['a Buffer', Buffer.from([1, 2, 3, 4])],
  ['a promise of a Buffer, as `readFile` gives', Promise.resolve(Buffer.from([1, 2, 3, 4]))],
  ['a blob', new Blob([bytes])],
])('%s becomes a copy of its own', async (_what, baseline) => {
  const loaded = await loadBaseline(baseline);
  expect([...new Uint8Array(loaded!)]).toEqual([1, 2, 3, 4]);
  const given = await baseline;
  expect(loaded).not.toBe(ArrayBuffer.isView(given) ? given.buffer : given);
});

test('what cannot be had is told with its reason', async () => {
  await expect(loadBaseline(Promise.reject(new Error('no such file')))).rejects.toThrow(
    'the baseline cannot be read: no such file',
  );
});
