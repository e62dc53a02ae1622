// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openCsv } from './csv.js';
import { partsAgree, readsBack, survivesDamage } from './testing/properties.js';
import { bytesOf, valuesOf } from './testing/tables.js';

test('a table written in any dialect reads back equal, whatever the chunks', async () => {
  await fc.assert(readsBack, { numRuns: 300 });
});

test('part by part gives the rows of the whole, in order, whatever the size of parts', async () => {
  await fc.assert(partsAgree, { numRuns: 200 });
});

test('damaged bytes give rows or an error of ours, never anything else', async () => {
  await fc.assert(survivesDamage, { numRuns: 300 });
});

test('any bytes give rows or an error of ours', async () => {
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
