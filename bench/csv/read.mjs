// SPDX-License-Identifier: Apache-2.0
// One reader over one file, in a process of its own: `node bench/csv/read.mjs READER FILE REPEATS DIST`, result as JSON on stdout.
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , reader, path, repeats, dist] = process.argv;

const readers = {
  /** Bytes by range, all columns typed, in batches. */
  async driftglass() {
    const { openCsv } = await import(pathToFileURL(join(dist, 'sources/csv/csv.js')).href);
    return async () => {
      const file = openSync(path, 'r');
      const bytes = {
        name: path,
        size: statSync(path).size,
        async slice(start, end) {
          const chunk = new Uint8Array(end - start);
          return chunk.subarray(0, readSync(file, chunk, 0, chunk.length, start));
        },
      };
      const source = await openCsv(bytes);
      const seen = { rows: 0, delay: 0, probability: 0, missing: 0 };
      for await (const { rows, columns } of source.read()) {
        seen.rows += rows;
        const delay = columns.get('delay').values;
        const { values, status } = columns.get('probability');
        for (let row = 0; row < rows; row++) {
          seen.delay += delay[row];
          if (status !== null && status[row] !== 0) seen.missing++;
          else seen.probability += values[row];
        }
      }
      closeSync(file);
      return seen;
    };
  },
  /** Its fastest typed output, from the whole text, dates parsed by Date. */
  async udsv() {
    const { inferSchema, initParser } = await import('udsv');
    return () => {
      const text = readFileSync(path, 'utf8');
      const columns = initParser(inferSchema(text)).typedCols(text);
      const names = inferSchema(text).cols.map((column) => column.name);
      return sums(columns[names.indexOf('delay')], columns[names.indexOf('probability')]);
    };
  },
  /** Rows by chunk, typed. */
  async papaparse() {
    const { default: Papa } = await import('papaparse');
    return () => {
      const text = readFileSync(path, 'utf8');
      const seen = { rows: 0, delay: 0, probability: 0, missing: 0 };
      let names;
      Papa.parse(text, {
        dynamicTyping: true,
        chunkSize: 4_000_000,
        skipEmptyLines: true,
        chunk({ data }) {
          names ??= data.shift();
          const delay = data.map((row) => row[names.indexOf('delay')]);
          const part = sums(
            delay,
            data.map((row) => row[names.indexOf('probability')]),
          );
          for (const key of Object.keys(seen)) seen[key] += part[key];
        },
      });
      return seen;
    };
  },
};

function sums(delay, probability) {
  const seen = { rows: delay.length, delay: 0, probability: 0, missing: 0 };
  for (let row = 0; row < delay.length; row++) {
    seen.delay += delay[row];
    if (typeof probability[row] !== 'number') seen.missing++;
    else seen.probability += probability[row];
  }
  return seen;
}

const run = await readers[reader]();
const times = [];
const cpuTimes = [];
let seen;
for (let repeat = 0; repeat < Number(repeats); repeat++) {
  const start = performance.now();
  const cpu = process.cpuUsage();
  seen = await run();
  times.push(performance.now() - start);
  const used = process.cpuUsage(cpu);
  cpuTimes.push((used.user + used.system) / 1000);
}
console.log(
  JSON.stringify({ times, cpuTimes, seen, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }),
);
