// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { bytesFromBuffer } from '../sources/bytes.js';
import { openSource } from '../sources/open.js';
import { splitOffers } from './split-offers.js';

async function offers(lines: readonly string[]) {
  const buffer = new TextEncoder().encode(`${lines.join('\n')}\n`).buffer as ArrayBuffer;
  return splitOffers(await openSource([bytesFromBuffer(buffer, 'a.csv')]));
}

const day = (i: number): string => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);

describe('where one file may be cut in two', () => {
  test('the time axis halfway, then columns by how few values they have', async () => {
    const rows = Array.from(
      { length: 400 },
      (_, i) => `${i * 1.5},${i % 3 ? 'b' : 'a'},${['x', 'y', 'z'][i % 3]},${i % 2 === 0},${day(i >> 2)}`,
    );
    expect(await offers(['amount,arm,group,flag,date', ...rows])).toEqual([
      { column: 'date', at: day(50) },
      { column: 'arm', values: ['a', 'b'] },
      { column: 'flag', values: ['false', 'true'] },
      { column: 'group', values: ['x', 'y', 'z'] },
    ]);
  });

  test('hours where the rows span few days', async () => {
    const at = (i: number): string => new Date(Date.UTC(2024, 0, 1, 0, 20 + i * 10)).toISOString();
    const rows = Array.from({ length: 100 }, (_, i) => `${at(i)},${i / 7}`);
    expect(await offers(['time,x', ...rows])).toEqual([{ column: 'time', at: '2024-01-01T08:00:00.000Z' }]);
  });

  test('rows of a long file count alike, whatever batches they come in', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${day(i / 100)},${i / 7}`);
    expect(await offers(['date,x', ...rows])).toEqual([{ column: 'date', at: day(100) }]);
  });

  test('two times leave a row on either side', async () => {
    expect(await offers(['date,x', '2024-01-01,1.5', '2024-01-01,2.5', '2024-01-02,3'])).toEqual([
      { column: 'date', at: '2024-01-02' },
      { column: 'x', values: ['1.5', '2.5', '3'] },
    ]);
  });

  test('numbers in their order; one value, or very many, are not offered', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => `${i / 3},1,${9 + (i % 4)}`);
    expect(await offers(['many,one,few', ...rows])).toEqual([
      { column: 'few', values: ['9', '10', '11', '12'] },
    ]);
  });

  test('a file with one row offers nothing', async () => {
    expect(await offers(['a,b', '1,x'])).toEqual([]);
  });
});
