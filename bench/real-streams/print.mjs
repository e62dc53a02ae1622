// SPDX-License-Identifier: Apache-2.0
// Tables of the results, as they stand in docs/alerts.md.

const total = (list, of) => list.reduce((sum, one) => sum + of(one), 0);
const row = (cells) => console.log(`| ${cells.join(' | ')} |`);

function head(...names) {
  console.log('');
  row(names);
  console.log(`|${'---|'.repeat(names.length)}`);
}

export function printAll(results) {
  const found = Object.entries(results).map(([key, value]) => [key.split(' | '), value]);
  const of = (what) => found.filter(([[first]]) => first === what);
  printNulls(found.filter(([[first]]) => !['change', 'labels', 'truth', 'metric'].includes(first)));
  printChanges(of('change'));
  printLabels(of('labels'));
  printTruths(of('truth'));
  printMetrics(of('metric'));
}

/** All tables together; visitors who fill whole windows apart. */
function printNulls(found) {
  const lines = new Map();
  for (const [[table, kind, setting], list] of found) {
    const line = `${setting} | ${table.includes(',') ? table : kind}`;
    lines.set(line, [...(lines.get(line) ?? []), ...list]);
  }
  head('', 'rows', 'monitors', 'windows', 'rated drift', 'drift or watch', 'false alerts');
  for (const [line, list] of lines) {
    const windows = total(list, (one) => one.windows);
    const drift = total(list, (one) => one.drift);
    const share = (count) => `${((100 * count) / windows).toFixed(2)} %`;
    const raised = total(list, (one) => one.raised.length);
    row([line, list.length, windows, share(drift), share(drift + total(list, (one) => one.watch)), raised]);
  }
}

function printChanges(found) {
  const lines = new Map();
  for (const [[, table, what, rows], one] of found) {
    const line = `${table} | ${what}`;
    lines.set(line, { ...lines.get(line), [rows]: one });
  }
  head('table', 'change', 'windows of 1,000', 'windows of 200', 'others told');
  for (const [line, sizes] of lines) {
    const others = Object.values(sizes).flatMap(({ expected, told }) =>
      told.flatMap((alerts) =>
        alerts
          .filter(({ name, after }) => after <= 0 || (expected && !expected.includes(name)))
          .map(({ name }) => name),
      ),
    );
    const cells = ['1000', '200'].map((rows) => (sizes[rows] ? delayOf(sizes[rows]) : ''));
    row([line, ...cells, [...new Set(others)].join(', ') || 'none']);
  }
}

/** By monitor, "3, 3, not told"; with the columns where any may be told first. */
function delayOf({ expected, told }) {
  const first = told.map((alerts) =>
    alerts.find(({ name, after }) => after > 0 && (!expected || expected.includes(name))),
  );
  const names = expected ? [] : [...new Set(first.flatMap((one) => (one ? [one.name] : [])))];
  const delays = first.map((one) => one?.after ?? 'not told').join(', ');
  return names.length > 0 ? `${delays} (${names.join(', ')})` : delays;
}

function printLabels(found) {
  head('model', 'rows', 'of a window', 'windows', 'interval holds the truth', 'false alerts');
  for (const [[, name, kind, rows], list] of found) {
    const windows = total(list, (one) => one.windows);
    const share = `${((100 * total(list, (one) => one.held)) / windows).toFixed(1)} %`;
    row([name, kind, rows, windows, share, total(list, (one) => one.raised.length)]);
  }
}

function printTruths(found) {
  head('labels that turn', 'rows of a window', 'told after, by monitor');
  for (const [[, wrong, rows], list] of found)
    row([wrong, rows, list.map((alerts) => alerts[0]?.after ?? 'not told').join(', ')]);
}

function printMetrics(found) {
  head('hours', 'change', 'windows', 'told after, by monitor');
  for (const [[, kind, what], list] of found) {
    const told = list.map(({ raised }) => raised.map(({ after }) => after).join(' and ') || 'not told');
    row([kind, what, total(list, (one) => one.windows), told.join(', ')]);
  }
}
