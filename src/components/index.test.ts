// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';

test('importing the elements on a server does nothing and does not throw', async () => {
  expect(typeof document).toBe('undefined');
  const all = await import('./index.js');
  expect(typeof all.DriftReport).toBe('function');
});
