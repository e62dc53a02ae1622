// SPDX-License-Identifier: Apache-2.0
/**
 * The CSV reader against uDSV and papaparse: one generated file, one core each, from bytes to typed columns. Every reader's sums are
 * compared with the generator's before its time counts. CPU time counts all threads (the collector's too) and shows what a busy machine hides.
 *
 *   npm run build && node bench/csv/run.mjs [--dist DIR] [--mb 120] [--repeats 3] [--readers driftglass,udsv,papaparse] [--json]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeCsv } from './make-csv.mjs';

const { values: options } = parseArgs({
  options: {
    dist: { type: 'string', default: resolve(import.meta.dirname, '../../dist') },
    mb: { type: 'string', default: '120' },
    repeats: { type: 'string', default: '3' },
    readers: { type: 'string', default: 'driftglass,udsv,papaparse' },
    json: { type: 'boolean', default: false },
  },
});

const folder = mkdtempSync(join(os.tmpdir(), 'driftglass-csv-'));
try {
  const path = join(folder, 'flights.csv');
  const expected = makeCsv(path, Number(options.mb) * 1e6);
  const results = options.readers.split(',').map((reader) => {
    const args = [
      join(import.meta.dirname, 'read.mjs'),
      reader,
      path,
      options.repeats,
      resolve(options.dist),
    ];
    const result = JSON.parse(
      execFileSync(process.execPath, ['--max-old-space-size=6000', ...args], { encoding: 'utf8' }),
    );
    check(reader, result.seen, expected);
    const best = Math.min(...result.times);
    const cpuMs = Math.round(Math.min(...result.cpuTimes));
    return {
      reader,
      ms: Math.round(best),
      cpuMs,
      mbPerSecond: expected.bytes / 1e3 / best,
      peakMb: result.peakMb,
    };
  });
  if (options.json) console.log(JSON.stringify({ bytes: expected.bytes, rows: expected.rows, results }));
  else print(expected, results);
} finally {
  rmSync(folder, { recursive: true });
}

function check(reader, seen, expected) {
  const isRight =
    seen.rows === expected.rows &&
    seen.delay === expected.delay &&
    seen.missing === expected.missing &&
    Math.abs(seen.probability - expected.probability) <= 1e-9 * expected.probability;
  if (!isRight) throw new Error(`${reader} read ${JSON.stringify(seen)}, not ${JSON.stringify(expected)}`);
}

function print({ bytes, rows }, results) {
  console.log(
    `${(bytes / 1e6).toFixed(0)} MB, ${rows} rows of 11 columns, best of ${options.repeats}, node ${process.version}`,
  );
  for (const { reader, ms, cpuMs, mbPerSecond, peakMb } of results) {
    const ratio = mbPerSecond / results[0].mbPerSecond;
    console.log(
      `${reader.padEnd(12)}${`${ms} ms`.padStart(10)}${`${mbPerSecond.toFixed(1)} MB/s`.padStart(14)}   × ${ratio.toFixed(2)}   peak ${peakMb} MB   ${cpuMs} ms of CPU`,
    );
  }
}
