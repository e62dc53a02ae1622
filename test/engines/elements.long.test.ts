// SPDX-License-Identifier: Apache-2.0
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPages } from '../serving/build-pages.js';
import { firefox, webkit } from './other-engine.js';
import { outcomeIn } from './outcome.js';
import type { ElementsOutcome } from './page/main.js';

let folder: string;

beforeAll(async () => {
  folder = await buildPages(new URL('page/', import.meta.url), ['index.html']);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Least height in px, least chart marks, and words that each element must show. */
const WANTED: Readonly<Record<string, readonly [height: number, marks: number, words: string]>> = {
  'drift-badge': [14, 1, 'flights'],
  'drift-dropzone': [40, 0, 'Choose files'],
  'drift-histogram': [120, 3, 'as a table'],
  'drift-cdf': [120, 2, 'KS'],
  'drift-embedding': [600, 8, 'current rows over'],
  'drift-feature': [600, 8, 'Why'],
  'drift-features': [250, 8, 'delay'],
  'drift-timeline': [250, 5, 'quiet'],
  'drift-report': [800, 20, 'Over time'],
  'drift-alerts': [200, 3, 'persists'],
  'drift-system': [350, 10, 'p99'],
  'drift-monitor': [1200, 60, 'have drifted'],
};

describe.each([firefox, webkit])('$name', (engine) => {
  if (engine.absent !== null) console.log(`${engine.name} is not tried: ${engine.absent}`);

  test.skipIf(engine.absent !== null)('draws every element by itself', async () => {
    const { drawn, errors } = await outcomeIn<ElementsOutcome>(engine, { folder, path: '/' });
    expect(errors).toEqual([]);
    expect(drawn.map(({ name }) => name)).toEqual(Object.keys(WANTED));
    for (const { name, width, height, marks, text } of drawn) {
      const [tall, least, words] = WANTED[name] as (typeof WANTED)[string];
      expect(width, name).toBeGreaterThan(20);
      expect(height, name).toBeGreaterThan(tall);
      expect(marks, name).toBeGreaterThanOrEqual(least);
      expect(text, name).toContain(words);
    }
  });
});
