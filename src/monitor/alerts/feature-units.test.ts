// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { Stream } from './testing/stream.js';
import type { Change } from './testing/windows.js';

describe('a feature of which few windows hold a row', () => {
  test('is told from the windows that hold rows of it, where labels come in few', () => {
    const few = (stream: Stream, change: Change): Stream =>
      stream.pass(3, { sizeless: true }).pass(1, change);
    const stream = new Stream();
    for (let i = 0; i < 10; i++) few(stream, {});
    for (let i = 0; i < 3; i++) few(stream, { by: 1 });
    expect(stream.states).toEqual(['size raised']);
    expect(stream.told[0]!.windows).toEqual({ drifting: 3, of: 5 });
    // windows without a row of it say nothing: neither that it lasts nor that it is over
    const known = stream.book.list();
    stream.pass(10, { sizeless: true });
    expect(stream.book.list()).toEqual(known);
    for (let i = 0; i < 6; i++) few(stream, {});
    expect(stream.states).toEqual(['size raised', 'size recovered']);
  });

  test('is not told from windows that lie far apart', () => {
    const stream = new Stream().pass(10);
    for (let i = 0; i < 4; i++) stream.pass(45, { sizeless: true }).pass(1, { by: 1 });
    expect(stream.states).toEqual([]);
  });
});
