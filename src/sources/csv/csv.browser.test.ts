// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { bytesFromBlob } from '../bytes.js';
import { openCsv } from './csv.js';
import { encode, valuesOf } from './testing/tables.js';

test.each(['utf-8', 'utf-16le', 'utf-16be', 'latin1'] as const)(
  'a dropped file in %s reads as in Node',
  async (encoding) => {
    const text = `città;prezzo\n${'Forlì;1,5\nÜlm;-2,25\n'.repeat(1000)}`;
    const file = new File([encode(text, encoding, false) as BlobPart], 'prezzi.csv');
    const source = await openCsv(bytesFromBlob(file, file.name), { chunkBytes: 1000, partBytes: 5000 });
    expect(source.dialect).toMatchObject({ delimiter: ';', decimal: ',', encoding });
    const values = await valuesOf(source);
    expect(values['città'].slice(0, 3)).toEqual(['Forlì', 'Ülm', 'Forlì']);
    expect(values['prezzo'].slice(-2)).toEqual([1.5, -2.25]);
    expect(values['prezzo'].length).toBe(2000);
  },
);

test('bytes 0x80 to 0x9F are windows-1252', async () => {
  const file = new File(
    [Uint8Array.of(...new TextEncoder().encode('a,b\n'), 0x80, 0x99, 0xe9, 0x2c, 0x31)],
    'euro.csv',
  );
  expect(await valuesOf(await openCsv(bytesFromBlob(file, file.name)))).toEqual({ a: ['€™é'], b: [1] });
});
