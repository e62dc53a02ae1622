// SPDX-License-Identifier: Apache-2.0
// False alarms of whole reports on null splits, power, and years of census data that must not cry wolf.
//   npm run build && node bench/false-alarms/run.mjs [nulls|power|census|days]… [--set NAME] [--scale FACTOR]
// Prints Markdown tables (docs/false-alarms.md holds a run) and, per line on stderr, what raised an alarm.
import { parseArgs } from 'node:util';
import { census } from './census.mjs';
import { heavyTails, realFiles, realSet, restlessDays, tied, zipf } from './data-sets.mjs';
import { DEFAULT_SETTINGS } from './engine.mjs';
import { nullSplits } from './null-splits.mjs';
import { cases, power } from './power.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { set: { type: 'string' }, scale: { type: 'string', default: '1' } },
});
const wanted = positionals.length > 0 ? positionals : ['nulls', 'days', 'power', 'census'];
const scale = Number(options.scale);

/** Rows a side and splits; fewer splits where a split is large. */
const SIZES = [
  [30, 30, 500],
  [1_000, 100, 100],
  [1_000, 1_000, 200],
  [5_000, 5_000, 100],
  [20_000, 20_000, 40],
  [100_000, 100_000, 10],
];

if (wanted.includes('nulls')) await nulls();
if (wanted.includes('days')) days();
if (wanted.includes('power')) powers();
if (wanted.includes('census')) await years();

async function nulls() {
  console.log('| data | rows | splits | with drift | with drift or watch | tests a report | ms a report |');
  console.log('|---|---|---|---|---|---|---|');
  const all = [];
  for (const set of await sets()) {
    const results = SIZES.map(([m, n, splits], i) =>
      report(nullSplits(set, { m, n, splits: Math.max(1, Math.round(splits * scale)), seed: 100 + i })),
    );
    all.push(...results);
    total(set.name, results);
  }
  total('**all**', all);
}

async function sets() {
  const found = [];
  for (const name of Object.keys(realFiles)) {
    if (options.set && options.set !== name) continue;
    const set = await realSet(name);
    if (set) found.push(set);
    else console.log(`| ${name} | file absent, left out | | | | | |`);
  }
  found.push(...[heavyTails, zipf, tied].filter(({ name }) => !options.set || options.set === name));
  return found;
}

function report(result) {
  const { set, m, n, splits, drift, watch, tests, milliseconds, blame } = result;
  console.log(
    `| ${set} | ${m.toLocaleString('en')} against ${n.toLocaleString('en')} | ${splits} | ${drift} | ${watch} | ${tests.toFixed(0)} | ${milliseconds.toFixed(0)} |`,
  );
  for (const [what, count] of Object.entries(blame)) console.error(`${set} ${m}:${n} ${what} ${count}`);
  return result;
}

function total(name, results) {
  const sum = (field) => results.reduce((x, result) => x + result[field], 0);
  const [splits, drift, watch] = [sum('splits'), sum('drift'), sum('watch')];
  const share = (count) => `${count} (${((100 * count) / splits).toFixed(2)} %)`;
  console.log(`| ${name} | all | ${splits} | ${share(drift)} | ${share(watch)} | | |`);
}

function days() {
  console.log('\n| restless days (200 rows each) | reports | with drift | with drift or watch |');
  console.log('|---|---|---|---|');
  const splits = Math.max(1, Math.round(200 * scale));
  const ignored = { settings: { ...DEFAULT_SETTINGS, time: null } };
  const sizes = [
    [40, 20],
    [30, 30],
  ];
  for (const [m, n] of sizes) {
    for (const [name, set, extra] of [
      ['days known', restlessDays, {}],
      ['days ignored', restlessDays, ignored],
      ['days known, every current day shifted by 0.2 sd', shifted(0.2), {}],
      ['days known, every current day shifted by 0.4 sd', shifted(0.4), {}],
    ]) {
      const { drift, watch, blame } = nullSplits(set, { m, n, splits, seed: 5, ...extra });
      console.log(`| ${m} against ${n} days, ${name} | ${splits} | ${drift} | ${watch} |`);
      for (const [what, count] of Object.entries(blame))
        console.error(`days ${m}:${n} ${name} ${what} ${count}`);
    }
  }
}

/** Days that differ by 0.1 sd, and then all by so much more. */
function shifted(amount) {
  return {
    ...restlessDays,
    draw(m, n, random) {
      const [reference, current] = restlessDays.draw(m, n, random);
      const x = current.columns.get('x');
      const moved = { ...x, values: x.values.map((value) => value + amount) };
      return [reference, { ...current, columns: new Map(current.columns).set('x', moved) }];
    },
  };
}

function powers() {
  const sizes = [500, 2_000, 10_000, 50_000];
  console.log(`\n| change | ${sizes.map((n) => `n = ${n.toLocaleString('en')}`).join(' | ')} |`);
  console.log(`|---|${sizes.map(() => '---').join('|')}|`);
  for (const one of cases) {
    const cells = sizes.map((n) => {
      const repeats = Math.max(5, Math.round((n > 20_000 ? 10 : n > 5_000 ? 20 : 40) * scale));
      const { drift, watch } = power(one, { n, repeats, seed: 3 });
      return `${Math.round((100 * drift) / repeats)} / ${Math.round((100 * watch) / repeats)}`;
    });
    console.log(`| ${one.name} | ${cells.join(' | ')} |`);
  }
}

async function years() {
  const found = await census();
  if (!found) return console.log('\nemployment files absent, left out');
  for (const { year, rows, rated, comparison } of found) {
    console.log(`\n**${year}** (${rows.toLocaleString('en')} rows): ${rated.summary.rating}`);
    console.log('\n| feature | rating | metric | value | low … high | p | what happened |');
    console.log('|---|---|---|---|---|---|---|');
    for (const { feature } of comparison.features) {
      const v = rated.verdicts.get(feature.name);
      console.log(
        `| ${feature.name} | ${v.rating} | ${v.metric} | ${v.value.toFixed(4)} | ${v.low.toFixed(4)} … ${v.high.toFixed(4)} | ${v.pValue.toExponential(1)} | ${v.sentence} |`,
      );
    }
    const failed = rated.checks.filter(({ passed, severity }) => !passed && severity !== 'info');
    console.log(
      `\nfailed checks: ${failed.map(({ check, feature, observed, severity }) => `${check} ${feature ?? ''} (${severity}): ${observed}`).join('; ') || 'none'}`,
    );
  }
}
