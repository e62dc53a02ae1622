// SPDX-License-Identifier: Apache-2.0
/**
 * The CSV reader over kinds of content one at a time: what it is quick at and what costs. CPU time of all threads, best of three.
 *
 *   npm run build && node bench/csv/shapes.mjs [--dist DIR] [--mb 40] [SHAPE…]
 */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dist: { type: 'string', default: resolve(import.meta.dirname, '../../dist') },
    mb: { type: 'string', default: '40' },
  },
});
const { openCsv } = await import(pathToFileURL(join(resolve(options.dist), 'sources/csv/csv.js')).href);

const WORDS = 'late early cabin crew weather strike delayed gate change none known wing ice'.split(' ');
let state = 20261123;
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return (state >>> 0) / 4294967296;
}
const word = () => WORDS[Math.floor(random() * WORDS.length)];
const integer = () => Math.floor(random() * 1e6);

/** Cells of one row, by the name of what they hold. */
const SHAPES = {
  integers: () => row(10, integer),
  'floats, 4 decimals': () => row(10, () => (random() * 1000).toFixed(4)),
  'floats, 17 digits': () => row(10, random),
  exponents: () => row(10, () => (random() * 1e-5).toExponential(8)),
  times: () => row(5, () => new Date(random() * 1e12).toISOString()),
  'all quoted': () => row(10, (c) => `"${c < 5 ? integer() : word()}"`),
  'spaces before numbers': () => row(10, () => ` ${integer()}`),
  'four of five empty': () => row(20, () => (random() < 0.8 ? '' : Math.floor(random() * 10))),
  'quoted remarks': () => row(6, () => `"${word()} ${word()}, ${word()} ${word()} ${word()}"`),
  keys: () => row(2, () => `k${Math.floor(random() * 1e12)}-${integer()}`),
  '1,000 columns of floats': () => row(1000, () => random().toFixed(6)),
  '1,000 columns of words': () => row(1000, word),
  '5,000 columns, half words': () => row(5000, (c) => (c % 2 === 0 ? word() : c)),
};

for (const [name, makeRow] of Object.entries(SHAPES)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const { text, rows } = fill(makeRow, Number(options.mb) * 1e6);
  let best = Infinity;
  for (let repeat = 0; repeat < 3; repeat++) {
    const source = await openCsv({
      name,
      size: text.length,
      slice: async (from, to) => text.subarray(from, to),
    });
    const start = process.cpuUsage();
    let seen = 0;
    for await (const batch of source.read()) seen += batch.rows;
    const used = process.cpuUsage(start);
    best = Math.min(best, (used.user + used.system) / 1000);
    if (seen !== rows) throw new Error(`${name}: ${seen} rows of ${rows}`);
  }
  console.log(`${name.padEnd(28)}${(text.length / 1e3 / best).toFixed(0).padStart(5)} MB/s`);
}

function row(width, cell) {
  return Array.from({ length: width }, (_, c) => cell(c));
}

/** A header, then rows until there are `bytes`. */
function fill(makeRow, bytes) {
  const encoder = new TextEncoder();
  const chunks = [
    encoder.encode(
      `${makeRow()
        .map((_, c) => `c${c}`)
        .join(',')}\n`,
    ),
  ];
  let length = chunks[0].length;
  let rows = 0;
  while (length < bytes) {
    const lines = Array.from({ length: 100 }, () => makeRow().join(','));
    chunks.push(encoder.encode(`${lines.join('\n')}\n`));
    length += chunks.at(-1).length;
    rows += lines.length;
  }
  const text = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    text.set(chunk, at);
    at += chunk.length;
  }
  return { text, rows };
}
