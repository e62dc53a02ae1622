// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openCsv } from './csv.js';
import { partsAgree, readsBack, survivesDamage } from './testing/properties.js';
import { bytesOf, valuesOf } from './testing/tables.js';

// Quick on an idle machine; the allowance is for one that runs everything at once.
const options = { timeout: 60_000 };

test('a table written in any dialect reads back equal, whatever the chunks', options, async () => {
  await fc.assert(readsBack, { numRuns: 200 });
});

test('part by part gives the rows of the whole, in order, whatever the size of parts', options, async () => {
  await fc.assert(partsAgree, { numRuns: 100 });
});

test('damaged bytes give rows or an error of ours, never anything else', options, async () => {
  await fc.assert(survivesDamage, { numRuns: 200 });
});

test('any bytes give rows or an error of ours', options, async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      try {
        await valuesOf(await openCsv(bytesOf(bytes)));
      } catch (error) {
        expect((error as Error).name).toBe('SourceError');
      }
    }),
    { numRuns: 300 },
  );
});
