// SPDX-License-Identifier: Apache-2.0
// One window of a live monitor against other rows of a real table: its report beside the rows themselves, for live_numbers.py.
//   node bench/real-streams/live-numbers.mjs [TABLE…] > build/live-numbers.json && python bench/real-streams/live_numbers.py build/live-numbers.json
// A table is one of tables.mjs or the path of a file.
import { takeRows } from '../false-alarms/engine.mjs';
import { randomFrom } from './engine.mjs';
import { realTable, tableNames } from './tables.mjs';
import { baselineOf, observed, watch } from './watched.mjs';

const names = process.argv.slice(2);
const found = [];
for (const name of names.length > 0 ? names : tableNames) {
  const table = await realTable(name);
  if (!table) {
    console.error(`${name}: its file is absent, left out`);
    continue;
  }
  const { rows } = table.batch;
  const random = randomFrom(7);
  // the table's first rows against its last, so that something differs
  const some = (count, from) =>
    takeRows(
      table.batch,
      Uint32Array.from({ length: count }, () => Math.floor((from + 0.6 * random()) * rows)),
    );
  const size = Math.min(1_000, rows >> 2);
  const reference = some(Math.min(5_000, rows >> 1), 0);
  const current = some(size, 0.4);
  const next = (i) => (i < 1 ? current : undefined);
  const { report } = await watch({ baseline: baselineOf(table, reference), windows: [{ rows: size }], next });
  const sides = { reference: observed(reference).columns, current: observed(current).columns };
  found.push({ name: table.name, ...sides, features: report.features });
}
const text = (_, value) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value);
console.log(JSON.stringify(found, text));
