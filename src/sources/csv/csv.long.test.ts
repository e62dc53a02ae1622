// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDriftglassError } from '../../errors.js';
import { bytesFromPath } from '../bytes-node.js';
import { corpusPresent, FORMATS, filesUnder } from '../fixtures/corpus.js';
import { openCsv } from './csv.js';
import { partsAgree, readsBack, survivesDamage } from './testing/properties.js';
import { bytesOf, type Value, valuesOf } from './testing/tables.js';

const TEN_MINUTES = 600_000;

test('tables read back', { timeout: TEN_MINUTES }, () => fc.assert(readsBack, { numRuns: 20_000 }));

test('parts agree with the whole', { timeout: TEN_MINUTES }, () =>
  fc.assert(partsAgree, { numRuns: 10_000 }),
);

test('damage is survived', { timeout: TEN_MINUTES }, () => fc.assert(survivesDamage, { numRuns: 20_000 }));

test.skipIf(!corpusPresent(`${FORMATS}/csv`))(
  'the corpus, damaged byte by byte',
  { timeout: TEN_MINUTES },
  async () => {
    const folder = `${FORMATS}/csv`;
    const random = fc.sample(fc.nat(), { numRuns: 4000, seed: 20261123 });
    let next = 0;
    for (const file of filesUnder(folder).filter((name) => /\.([cpt]sv)$/.test(name))) {
      const bytes = await bytesFromPath(`${folder}/${file}`);
      const whole = await bytes.slice(0, Math.min(bytes.size, 30_000));
      for (let round = 0; round < 40; round++) {
        const damaged = whole.slice(0, 1 + (random[next++ % 4000] % whole.length));
        for (let change = 0; change < 5; change++) {
          damaged[random[next++ % 4000] % damaged.length] = [34, 10, 13, 44, 59, 0, 255, 92][
            random[next++ % 4000] % 8
          ];
        }
        try {
          await valuesOf(await openCsv(bytesOf(damaged)));
        } catch (error) {
          if (!isDriftglassError(error, 'SourceError')) throw error;
        }
      }
    }
  },
);

test('60 MB with quoted newlines: 8 MiB parts agree with the whole', { timeout: TEN_MINUTES }, async () => {
  const texts = ['"He said ""no"",\nand left"', 'plain', '"a, b\r\n\r\nc"', '""', '"5"" pipe"'];
  const lines = ['id,note,n,other'];
  for (let i = 0; lines.length < 1_500_000; i++)
    lines.push(`${i},${texts[i % 5]},${(i * 7919) % 1000},${texts[(i * 3) % 5]}`);
  const source = await openCsv(bytesOf(lines.join('\n')));
  expect(source.parts).toBeGreaterThan(5);
  const ids: Value[] = [];
  for (let part = 0; part < source.parts; part++) {
    const { id } = await valuesOf(source, { parts: [part, part + 1], columns: ['id'] });
    for (const value of id) ids.push(value);
  }
  expect(ids.length).toBe(lines.length - 1);
  expect(ids.every((id, i) => id === i)).toBe(true);
});
