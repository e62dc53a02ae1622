// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { CallBook } from './call-book.js';

test('our own time is that of the monitor and that of its adapters, once', () => {
  const book = new CallBook();
  book.addOwn(2);
  book.add({ ms: 5, rows: 1, ownMs: 3 });
  book.add({ ms: 5, rows: 1 });
  book.add({ ms: 5, rows: 1, ownMs: Number.NaN });
  expect(book.take().ownMs).toBe(5);
  expect(book.take().ownMs).toBe(0);
});
