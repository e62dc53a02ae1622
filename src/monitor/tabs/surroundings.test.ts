// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, test, vi } from 'vitest';
import { findSurroundings } from './surroundings.js';

afterEach(() => vi.unstubAllGlobals());

test('a host without a database says so, not that it wants https', () => {
  vi.stubGlobal('navigator', {});
  expect(findSurroundings()).toBe('there is no IndexedDB here');
  vi.stubGlobal('indexedDB', {});
  expect(findSurroundings()).toMatch(/no Web Locks here, which need a page served over https/);
});
