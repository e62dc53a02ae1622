// SPDX-License-Identifier: Apache-2.0
/**
 * "Failing Loudly" (Rabanser, Günnemann & Lipton 2019) on MNIST: how often each test notices each of ten shifts, by rows at hand, beside the
 * paper's own tables, with false alarms on windows that did not shift. Prints Markdown (docs/failing-loudly.md holds a run).
 *
 *   npm run bench -- failing-loudly [--quick]      or, after `npm run build`:
 *   node bench/failing-loudly/run.mjs [--quick] [--seeds 5] [--splits 30] [--only REGEX] [--results DIR] [--fresh]
 *     [--print] [--write FILE]
 *
 * Results are written as they come and not measured again: a run that was stopped goes on, and with all of them there it only prints.
 * --fresh measures anew. --quick takes one seed, ten null splits, no MMD on pixels and no classifier, and keeps its results to itself.
 * --only measures the tests whose name matches, --print measures nothing. --write puts the tables between the two
 * marks `<!-- tables -->` of a file. Networks are kept in .cache/.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const here = import.meta.dirname;
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    seeds: { type: 'string' },
    splits: { type: 'string' },
    only: { type: 'string' },
    results: { type: 'string' },
    write: { type: 'string' },
    print: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
  },
});
// The packages' own scripts only fetch what they already hold.
if (!existsSync(join(here, 'node_modules')))
  execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: here, stdio: 'inherit' });

const { readDigits } = await import('./data.mjs');
const { measureSeed, readSeed, resultPath } = await import('./experiment.mjs');
const { METHODS } = await import('./methods.mjs');
const { tablesOf } = await import('./tables.mjs');

const { quick } = options;
const seeds = Array.from({ length: Number(options.seeds ?? (quick ? 1 : 5)) }, (_, seed) => seed);
const nullSplits = Number(options.splits ?? (quick ? 10 : 30));
const cache = join(here, '.cache');
const folder = resolve(options.results ?? join(quick ? cache : here, quick ? 'quick' : 'results'));
const LEFT_OUT_OF_QUICK = /^(MMD NoRed|classifier)$/;
const methods = METHODS.filter(({ name }) =>
  options.only ? new RegExp(options.only).test(name) : !(quick && LEFT_OUT_OF_QUICK.test(name)),
);

const started = Date.now();
const minutes = () => ((Date.now() - started) / 60e3).toFixed(1);
const digits = options.print ? null : readDigits();
for (const seed of options.print ? [] : seeds) {
  if (options.fresh) rmSync(resultPath(folder, seed), { force: true });
  const log = (message) => console.error(`${minutes()} min  ${message}`);
  await measureSeed({ digits, seed, folder, cache, nullSplits, methods, log });
}
const { text, failures } = tablesOf({ results: seeds.map((seed) => readSeed(folder, seed)), methods });
console.log(text);
// One seed is too few to hold against anything.
if (failures.length > 0 && !quick) process.exitCode = 1;
if (options.write) {
  const [before, , after] = readFileSync(options.write, 'utf8').split('<!-- tables -->');
  if (after === undefined) throw new Error(`${options.write} has no two marks <!-- tables -->`);
  writeFileSync(options.write, [before, `\n${text}\n`, after].join('<!-- tables -->'));
}
