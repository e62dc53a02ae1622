// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { fuzzReaders, fuzzSeeds } from './fixtures/fuzz.js';

test('40,000 damaged files in bounded time and memory', { timeout: 900_000 }, async () => {
  const before = process.resourceUsage().maxRSS;
  for (let seed = 0; seed < 8; seed++) await fuzzReaders(5000, seed, 10_000);
  // maxRSS is in kilobytes; a file of 20 kB must never cost a gigabyte
  expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(1024);
});

test('20,000 damaged files of vectors in bounded time and memory', { timeout: 900_000 }, async () => {
  const before = process.resourceUsage().maxRSS;
  const seeds = fuzzSeeds().filter(({ name }) => /^vectors|^fortran/.test(name));
  expect(seeds.length).toBeGreaterThanOrEqual(9);
  for (let seed = 100; seed < 104; seed++) await fuzzReaders(5000, seed, 10_000, seeds);
  expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(1024);
});
