// SPDX-License-Identifier: Apache-2.0
// One function a reader: from bytes in memory to the same few numbers, so that nobody can leave work undone.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What every reader must come to: rows, sums of two numbers, the sum of all times in days, how often each origin comes. */
class Tally {
  rows = 0;
  delay = 0;
  distance = 0;
  days = 0;
  origins = new Map();

  count(origin, n = 1) {
    this.origins.set(origin, (this.origins.get(origin) ?? 0) + n);
  }

  result() {
    const origins = [...this.origins].filter(([, n]) => n > 0).sort();
    return {
      rows: this.rows,
      delay: this.delay,
      distance: this.distance,
      days: Math.round(this.days),
      origins: origins.length,
      first: origins[0],
    };
  }
}

const sum = (values) => {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += Number(values[i]);
  return total;
};

const DAY = 86_400_000;

async function driftglass(dist, bytes, name) {
  const load = (path) => import(pathToFileURL(join(dist, path)).href);
  const [{ openSource }, { bytesFromBuffer }] = await Promise.all([
    load('sources/open.js'),
    load('sources/bytes.js'),
  ]);
  const tally = new Tally();
  const source = await openSource([bytesFromBuffer(bytes, name)]);
  for await (const { rows, columns } of source.read()) {
    tally.rows += rows;
    tally.delay += sum(columns.get('delay').values);
    tally.distance += sum(columns.get('distance').values);
    tally.days += sum(columns.get('date').values) / DAY;
    for (const name of ['origin', 'destination']) {
      const { codes, dictionary } = columns.get(name);
      const counts = new Float64Array(dictionary.length);
      for (let i = 0; i < codes.length; i++) counts[codes[i]]++;
      if (name === 'origin')
        for (let i = 0; i < dictionary.length; i++) tally.count(dictionary[i], counts[i]);
    }
  }
  return tally.result();
}

async function hyparquet(bytes, how) {
  const { parquetRead, parquetReadObjects } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const tally = new Tally();
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const add = (name, data) => {
    if (name === 'delay') {
      tally.rows += data.length;
      tally.delay += sum(data);
    } else if (name === 'distance') tally.distance += sum(data);
    else if (name === 'date') tally.days += sum(data) / DAY;
    else if (name === 'origin') for (let i = 0; i < data.length; i++) tally.count(data[i]);
  };
  if (how === 'rows') {
    for (const row of await parquetReadObjects({ file, compressors })) {
      tally.rows++;
      tally.delay += Number(row.delay);
      tally.distance += Number(row.distance);
      tally.days += Number(row.date) / DAY;
      tally.count(row.origin);
    }
  } else {
    const onPage =
      how === 'onPage' ? ({ pathInSchema, columnData }) => add(pathInSchema[0], columnData) : undefined;
    const onChunk =
      how === 'onChunk' ? ({ columnName, columnData }) => add(columnName, columnData) : undefined;
    // without onComplete no rows are built
    await parquetRead({ file, compressors, ...(onPage && { onPage }), ...(onChunk && { onChunk }) });
  }
  return tally.result();
}

async function parquetWasm(bytes) {
  const { readParquet } = await import('parquet-wasm');
  const { tableFromIPC } = await import('apache-arrow');
  const table = readParquet(bytes);
  return fromArrowJs(tableFromIPC(table.intoIPCStream()));
}

async function parquetWasmAlone(bytes) {
  const { readParquet } = await import('parquet-wasm');
  if (readParquet(bytes).intoIPCStream().length < bytes.length) throw new Error('too few bytes');
  return undefined;
}

function fromArrowJs(table) {
  const tally = new Tally();
  tally.rows = table.numRows;
  for (const data of table.getChild('delay').data) tally.delay += sum(data.values);
  for (const data of table.getChild('distance').data) tally.distance += sum(data.values);
  // the values are in the file's own unit, microseconds or milliseconds
  const date = table.getChild('date');
  const unit = date.type.unit === 2 ? 1000 : 1;
  for (const data of date.data) tally.days += sum(data.values) / unit / DAY;
  for (const name of ['origin', 'destination']) {
    const column = table.getChild(name);
    for (const text of column) if (name === 'origin') tally.count(text);
  }
  return tally.result();
}

async function apacheArrow(bytes) {
  const { tableFromIPC } = await import('apache-arrow');
  return fromArrowJs(tableFromIPC(bytes));
}

async function flechette(bytes) {
  const { tableFromIPC } = await import('@uwdata/flechette');
  const tally = new Tally();
  const table = tableFromIPC(bytes);
  tally.rows = table.numRows;
  for (const { values } of table.getChild('delay').data) tally.delay += sum(values);
  for (const { values } of table.getChild('distance').data) tally.distance += sum(values);
  for (const { values } of table.getChild('date').data) tally.days += sum(values) / DAY;
  for (const batch of table.getChild('origin').data) {
    const dictionary = batch.cache;
    const counts = new Float64Array(dictionary.length);
    for (let i = 0; i < batch.values.length; i++) counts[batch.values[i]]++;
    for (let i = 0; i < dictionary.length; i++) tally.count(dictionary[i], counts[i]);
  }
  return tally.result();
}

/** What a person would write in a minute: a line, a parse, a push. */
async function parseByLine(bytes) {
  const tally = new Tally();
  const delay = [];
  for (const line of new TextDecoder().decode(bytes).split('\n')) {
    if (line === '') continue;
    const row = JSON.parse(line);
    tally.rows++;
    delay.push(row.delay);
    tally.distance += row.distance;
    tally.days += Date.parse(row.date) / DAY;
    tally.count(row.origin);
  }
  tally.delay = sum(delay);
  return tally.result();
}

export const TASKS = {
  parquet: {
    driftglass: (bytes, dist) => driftglass(dist, bytes, 'flights.parquet'),
    'hyparquet onChunk': (bytes) => hyparquet(bytes, 'onChunk'),
    'hyparquet onPage': (bytes) => hyparquet(bytes, 'onPage'),
    'hyparquet rows': (bytes) => hyparquet(bytes, 'rows'),
    'parquet-wasm + apache-arrow': (bytes) => parquetWasm(bytes),
    // what the wasm does alone: it ends with Arrow bytes, which nobody has looked into
    'parquet-wasm to Arrow bytes': (bytes) => parquetWasmAlone(bytes),
  },
  arrow: {
    driftglass: (bytes, dist) => driftglass(dist, bytes, 'flights.arrow'),
    flechette: (bytes) => flechette(bytes),
    'apache-arrow': (bytes) => apacheArrow(bytes),
  },
  ndjson: {
    driftglass: (bytes, dist) => driftglass(dist, bytes, 'flights.ndjson'),
    'JSON.parse by line': (bytes) => parseByLine(bytes),
  },
  'ndjson.gz': {
    driftglass: (bytes, dist) => driftglass(dist, bytes, 'flights.ndjson.gz'),
    'fflate + JSON.parse by line': async (bytes) => parseByLine((await import('fflate')).gunzipSync(bytes)),
  },
};
