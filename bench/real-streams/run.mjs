// SPDX-License-Identifier: Apache-2.0
// The live monitor on rows of real tables, in Node, through createMonitor.
//   npm run build && node bench/real-streams/run.mjs [nulls|changes|labels|metrics|print]… [--monitors 5] [--windows 50] [--only TEXT]
// Results are kept in build/real-streams.json monitor by monitor; a run goes on where one was stopped.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { changedMonitor, changes } from './changes.mjs';
import { labelledMonitor, models } from './labels.mjs';
import { metricChanges, metricMonitor, metricTable } from './metrics.mjs';
import { kinds, nullMonitor, settings } from './nulls.mjs';
import { printAll } from './print.mjs';
import { realTable, tableNames } from './tables.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    monitors: { type: 'string', default: '5' },
    windows: { type: 'string', default: '50' },
    only: { type: 'string', default: '' },
    tables: { type: 'string', default: tableNames.join('; ') },
    results: { type: 'string', default: new URL('../../build/real-streams.json', import.meta.url).pathname },
  },
});
mkdirSync(dirname(options.results), { recursive: true });
const results = existsSync(options.results) ? JSON.parse(readFileSync(options.results, 'utf8')) : {};

const wanted = positionals.length > 0 ? positionals : ['nulls', 'changes', 'labels', 'metrics'];
const monitors = Number(options.monitors);
if (wanted.includes('nulls')) await nulls();
if (wanted.includes('changes')) await known();
if (wanted.includes('labels')) await labels();
if (wanted.includes('labels')) await truths();
if (wanted.includes('metrics')) await metrics();
printAll(results);

async function nulls() {
  const tables = [];
  for (const name of options.tables.split('; ')) {
    const table = await realTable(name);
    if (table) tables.push(table);
    else console.log(`${name}: its file is absent, left out`);
  }
  for (let turn = 0; turn < monitors; turn++)
    for (const table of tables)
      for (const kind of Object.keys(kinds))
        for (const [name, setting] of Object.entries(settings)) {
          const key = `${table.name} | ${kind} | ${name}`;
          if (!key.includes(options.only) || (table.onlyVisitors && kind !== 'visitors')) continue;
          const found = results[key] ?? [];
          if (found.length > turn) continue;
          const windows = Number(options.windows);
          const one = await nullMonitor({ table, kind, ...setting, windows, seed: seedOf(key, turn) });
          for (const { sentence } of one.raised) console.log(`${key} ${turn}: ${sentence}`);
          if (one.errors.length > 0) console.log(key, turn, one.errors);
          keep(key, [...found, one]);
        }
}

async function known() {
  for (const [name, list] of Object.entries(changes)) {
    if (!name.includes(options.only)) continue;
    const table = await realTable(name);
    if (!table) console.log(`${name}: its file is absent, left out`);
    else
      for (const [what, [change, expected]] of Object.entries(list))
        for (const rows of [1_000, 200]) {
          const key = `change | ${name} | ${what} | ${rows}`;
          const found = results[key] ?? { expected, told: [] };
          while (found.told.length < monitors) {
            const seed = seedOf(key, found.told.length);
            found.told.push(await changedMonitor({ table, change, m: 5_000, rows, seed }));
            keep(key, found);
          }
        }
  }
}

async function labels() {
  for (const [name, make] of Object.entries(models)) {
    if (!name.includes(options.only)) continue;
    const model = await make();
    if (!model) console.log(`${name}: its file is absent, left out`);
    else
      for (const kind of Object.keys(kinds))
        for (const rows of [1_000, 200, 30]) {
          const key = `labels | ${name} | ${kind} | ${rows}`;
          const found = results[key] ?? [];
          while (found.length < monitors) {
            const seed = seedOf(key, found.length);
            const windows = Number(options.windows);
            found.push(await labelledMonitor({ model, kind, rows, windows, seed }));
            keep(key, found);
          }
        }
  }
}

/** What is true changes, and no input does: only labels tell. */
async function truths() {
  const model = await models['employment, classes']();
  if (!model) return;
  for (const wrong of [0.1, 0.2, 0.4])
    for (const rows of [1_000, 200]) {
      const key = `truth | ${wrong} | ${rows}`;
      const found = results[key] ?? [];
      while (found.length < monitors) {
        const seed = seedOf(key, found.length);
        const from = 20;
        const windows = from + 20;
        const one = await labelledMonitor({ model, kind: 'independent', rows, windows, seed, wrong, from });
        found.push(one.raised.map(({ window, sentence }) => ({ after: window - from, sentence })));
        keep(key, found);
      }
    }
}

async function metrics() {
  const table = await metricTable();
  if (!table) return console.log('bike: its file is absent, left out');
  for (const kind of Object.keys(kinds))
    for (const [what, times] of Object.entries(metricChanges)) {
      const key = `metric | ${kind} | ${what}`;
      const found = results[key] ?? [];
      const [windows, before] = times === 1 ? [400, 0] : [100, 60];
      while (found.length < monitors) {
        const seed = seedOf(key, found.length);
        found.push(await metricMonitor({ table, kind, windows, before, times, seed }));
        keep(key, found);
      }
    }
}

function seedOf(key, turn) {
  let hash = 2166136261;
  for (const char of key) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619);
  return ((hash >>> 0) + turn) % 2 ** 31;
}

function keep(key, value) {
  results[key] = value;
  writeFileSync(`${options.results}.new`, JSON.stringify(results));
  renameSync(`${options.results}.new`, options.results);
}
