// SPDX-License-Identifier: Apache-2.0
import { test } from 'vitest';
import { fuzzReaders } from './fixtures/fuzz.js';

test('damaged files are read or refused, never crash or hang', { timeout: 60_000 }, async () => {
  await fuzzReaders(600, 20_261_123, 10_000);
});
