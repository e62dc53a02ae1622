// SPDX-License-Identifier: Apache-2.0
// False alerts of the live monitor where nothing changes, and how soon true changes are told.
//   npm run build && node bench/alerts/run.mjs [nulls|rated|delays|print]… [--windows 10000] [--monitors 10] [--only TEXT]
// Half of the windows are the first 50 of a monitor, half those of monitors that see 500. Scenarios take turns, and results
// are kept in build/alerts.json monitor by monitor: a run that was stopped goes on where it was. 10,000 windows of all
// scenarios take half an hour of a processor that nobody shares; --results names another file.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { delays } from './delays.mjs';
import { printAll } from './print.mjs';
import {
  delayScenarios,
  FIRST_SEED,
  ratedScenarios,
  SEEDS_EACH,
  scenarios,
  shifts,
  togetherDelays,
  vectorDelays,
  vectorShifts,
} from './scenarios.mjs';
import { run } from './stream.mjs';
import { VectorWorld } from './vectors.mjs';
import { featuresOf, World } from './world.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    windows: { type: 'string', default: '10000' },
    monitors: { type: 'string', default: '10' },
    only: { type: 'string', default: '' },
    results: { type: 'string', default: new URL('../../build/alerts.json', import.meta.url).pathname },
  },
});
const wanted = positionals.length > 0 ? positionals : ['nulls', 'rated', 'delays'];
const most = Number(options.windows);
const results = existsSync(options.results) ? JSON.parse(readFileSync(options.results, 'utf8')) : {};
mkdirSync(dirname(options.results), { recursive: true });
const chosen = ({ name }) => name.includes(options.only);

/** Turns that the windows are seen in. */
const TURNS = 10;
/** First windows are where least is known: many monitors see a few. */
const PHASES = { first: 50, later: 500 };

if (wanted.includes('nulls'))
  for (let turn = 1; turn <= TURNS; turn++)
    for (const { place, ...scenario } of scenarios) await nulls(scenario, place, turn / TURNS);
if (wanted.includes('rated'))
  for (const [i, scenario] of ratedScenarios.entries()) await nulls(scenario, 50 + i, 1);
if (wanted.includes('delays'))
  for (const [i, scenario] of [...delayScenarios, ...vectorDelays, ...togetherDelays].entries())
    await changes(scenario, 100 + i);
printAll(results);

/** Sees `share` of the wanted windows, as far as they have not been seen before. */
async function nulls({ name, features, icc, visit, vectors, part = 1, ...stream }, place, share) {
  if (!chosen({ name })) return;
  const found = results[name] ?? { first: none(), later: none(), seconds: 0, blame: [] };
  for (const [phase, windowsEach] of Object.entries(PHASES)) {
    const counts = found[phase];
    while (counts.windows < (most * part * share) / 2) {
      const seed =
        FIRST_SEED + place * SEEDS_EACH + (phase === 'later' ? SEEDS_EACH / 2 : 0) + counts.monitors;
      const began = process.cpuUsage().user;
      const world = worldOf({ seed, features, icc, visit, vectors });
      const { told, drifting } = await run({ world, rated: false, ...stream, windows: windowsEach });
      const raised = told.filter(({ alert }) => alert.state === 'raised');
      counts.monitors++;
      counts.windows += windowsEach;
      counts.raised += raised.length;
      if (raised.length > 0) counts.alarmed++;
      counts.drifting += drifting;
      found.seconds += (process.cpuUsage().user - began) / 1e6;
      for (const { window, alert } of raised.slice(0, 3))
        if (found.blame.length < 30) found.blame.push({ seed, window, sentence: alert.sentence });
      keep(name, found);
    }
  }
}

function worldOf({ vectors, features, ...options }) {
  return vectors ? new VectorWorld(options) : new World({ ...options, features: featuresOf(features) });
}

function none() {
  return { monitors: 0, windows: 0, raised: 0, alarmed: 0, drifting: 0 };
}

async function changes({ name, features, icc, visit, vectors, groups, ...stream }, place) {
  const all = groups ?? (vectors ? vectorShifts : shifts);
  for (const [g, [group, changed]] of Object.entries(all).entries()) {
    const key = `delays: ${name}: ${group}`;
    if (!chosen({ name: key })) continue;
    const found = results[key] ?? { monitors: 0, changes: {} };
    while (found.monitors < Number(options.monitors)) {
      const seed = FIRST_SEED + (place * (vectors ? 10 : 2) + g) * SEEDS_EACH + found.monitors;
      const world = worldOf({ seed, features, icc, visit, vectors });
      for (const [what, one] of Object.entries(await delays({ world, changed, ...stream }))) {
        found.changes[what] ??= [];
        found.changes[what].push(one);
      }
      found.monitors++;
      keep(key, found);
    }
  }
}

function keep(name, found) {
  // another run may have written meanwhile
  const all = existsSync(options.results) ? JSON.parse(readFileSync(options.results, 'utf8')) : {};
  results[name] = found;
  Object.assign(results, { ...all, [name]: found });
  writeFileSync(`${options.results}.${process.pid}`, `${JSON.stringify(results, null, 2)}\n`);
  renameSync(`${options.results}.${process.pid}`, options.results);
}
