// SPDX-License-Identifier: Apache-2.0
/** Markdown tables of what was measured; docs/alerts.md holds a run. */
export function printAll(results) {
  const entries = Object.entries(results);
  const nulls = entries.filter(([, { first }]) => first);
  console.log('| rows | windows | monitors | false alerts | monitors that told any | processor, s |');
  console.log('|---|---|---|---|---|---|');
  for (const [name, { first, later, seconds }] of nulls)
    console.log(
      `| ${name} | ${number(first.windows)} + ${number(later.windows)} | ${first.monitors} + ${later.monitors} | ` +
        `${first.raised} + ${later.raised} | ${first.alarmed} + ${later.alarmed} | ${Math.round(seconds)} |`,
    );
  for (const [name, { first, later }] of nulls.filter(([name]) => name.startsWith('rated')))
    console.log(
      `\n${name}: some feature was rated drift in ${number(first.drifting + later.drifting)} windows`,
    );
  const changes = entries.filter(([, found]) => found.changes);
  const tables = ['an embedding alone', 'all features: '];
  const tableOf = ([name]) => tables.findIndex((text) => name.includes(text));
  for (const table of [-1, 0, 1]) printChanges(changes.filter((entry) => tableOf(entry) === table));
}

/** A column a kind of rows: windows until it was told, the median over monitors, and in how many of them it was. */
function printChanges(entries) {
  if (entries.length === 0) return;
  const columns = new Map();
  const rows = new Map();
  for (const [key, { changes, monitors }] of entries) {
    const name = key.replace(/^delays: (all features: )?(.*): .*$/, '$2');
    columns.set(name, monitors);
    for (const [what, list] of Object.entries(changes)) {
      if (!rows.has(what)) rows.set(what, new Map());
      rows.get(what).set(name, [...(rows.get(what).get(name) ?? []), ...list]);
    }
  }
  const names = [...columns.keys()];
  console.log(`\n| change | ${names.map((name) => `${name} (${columns.get(name)})`).join(' | ')} |`);
  console.log(`|---|${names.map(() => '---').join('|')}|`);
  for (const [what, cells] of rows)
    console.log(`| ${what} | ${names.map((name) => cellOf(what, cells.get(name) ?? [])).join(' | ')} |`);
}

function cellOf(what, list) {
  if (list.length === 0) return '';
  const told = list.flatMap((one) => one.told ?? []).sort((a, b) => a - b);
  if (told.length === 0) return 'not told';
  if (what === 'no change') return `${told.length} of ${list.length}`;
  const over = list.flatMap((one) => one.over ?? []).sort((a, b) => a - b);
  const all = told.length < list.length ? `, in ${told.length} of ${list.length}` : '';
  return `${middle(told)}${all}${over.length > 0 ? `; over after ${middle(over)}` : ''}`;
}

const middle = (sorted) => sorted[Math.floor((sorted.length - 1) / 2)];
const number = (value) => value.toLocaleString('en');
