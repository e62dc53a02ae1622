// SPDX-License-Identifier: Apache-2.0
// The same flights as Arrow, JSON lines and gzip of them, made from the Parquet file of vega-datasets.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dictionary, int32, TimeUnit, tableFromArrays, tableToIPC, timestamp, utf8 } from '@uwdata/flechette';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

const NDJSON_ROWS = 500_000;

export async function makeFiles(folder) {
  const require = createRequire(new URL('../../package.json', import.meta.url));
  const parquet = join(dirname(require.resolve('vega-datasets')), '../data/flights-3m.parquet');
  const buffer = readFileSync(parquet);
  const file = buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);
  const rows = await parquetReadObjects({ file, compressors });
  const table = tableFromArrays(
    {
      date: rows.map((row) => row.date),
      delay: rows.map((row) => Number(row.delay)),
      distance: rows.map((row) => Number(row.distance)),
      origin: rows.map((row) => row.origin),
      destination: rows.map((row) => row.destination),
    },
    {
      types: {
        date: timestamp(TimeUnit.MILLISECOND),
        delay: int32(),
        distance: int32(),
        origin: dictionary(utf8(), int32()),
        destination: dictionary(utf8(), int32()),
      },
    },
  );
  const arrow = join(folder, 'flights.arrow');
  writeFileSync(arrow, tableToIPC(table, { format: 'file' }));
  const lines = rows
    .slice(0, NDJSON_ROWS)
    .map((row) => JSON.stringify({ ...row, delay: Number(row.delay), distance: Number(row.distance) }));
  const ndjson = join(folder, 'flights.ndjson');
  writeFileSync(ndjson, `${lines.join('\n')}\n`);
  writeFileSync(`${ndjson}.gz`, gzipSync(readFileSync(ndjson)));
  return { parquet, arrow, ndjson, 'ndjson.gz': `${ndjson}.gz` };
}
