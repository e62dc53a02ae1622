// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, test, vi } from 'vitest';
import { loadBaseline } from './load-baseline.js';

afterEach(() => vi.unstubAllGlobals());

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

test.each([
  [
    new Response('<!doctype html>', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
    'with a page',
  ],
  [new Response('', { status: 404 }), '404'],
])('an address that leads to no baseline is told with what came', async (response, what) => {
  vi.stubGlobal('fetch', async () => response);
  await expect(loadBaseline('/model/flights.baseline')).rejects.toThrow(
    `the baseline /model/flights.baseline cannot be read: the server answered ${what}`,
  );
});
