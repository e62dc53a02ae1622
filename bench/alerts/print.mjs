// SPDX-License-Identifier: Apache-2.0
/** Markdown tables of what was measured; docs/alerts.md holds a run. */
export function printAll(results) {
  const entries = Object.entries(results);
  const nulls = entries.filter(([, { windows }]) => windows > 0);
  console.log('| rows | windows | monitors | false alerts | windows in which a feature was rated drift |');
  console.log('|---|---|---|---|---|');
  for (const [name, { windows, monitors, raised, drifting }] of nulls)
    console.log(
      `| ${name} | ${number(windows)} | ${monitors} | ${raised} | ${name.startsWith('rated') ? number(drifting) : ''} |`,
    );
  const changes = entries.filter(([, found]) => found.changes);
  console.log(
    '\n| change | told: windows from its start, median (least to most) | told in | over again after | alerts a monitor |',
  );
  console.log('|---|---|---|---|---|');
  for (const [name, found] of changes) {
    console.log(`| **${name.replace(/^delays: (.*): .*$/, '$1')}** (${found.monitors} monitors) | | | | |`);
    for (const [what, list] of Object.entries(found.changes)) {
      const times = list.reduce((sum, { times: one }) => sum + one, 0) / list.length;
      console.log(
        `| ${what} | ${spread(list.map(({ told }) => told))} | ${list.filter(({ told }) => told !== null).length} of ${list.length} | ${spread(list.map(({ over }) => over))} | ${Number(times.toFixed(1))} |`,
      );
    }
  }
}

function spread(values) {
  const found = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (found.length === 0) return '–';
  const all = [...found, ...Array(values.length - found.length).fill(Infinity)];
  const median = all[Math.floor((all.length - 1) / 2)];
  return `${median === Infinity ? 'not' : median} (${found[0]} to ${found.at(-1)})`;
}

const number = (value) => value.toLocaleString('en');
