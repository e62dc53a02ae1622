// SPDX-License-Identifier: Apache-2.0
/** The command as a person runs it: the built file in a process of its own. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { tableCsv } from '../engine/testing/tables.js';
import { reportSchema } from '../report/schema.js';
import { VERSION } from '../version.js';
import { runIn } from './testing/built-command.js';

let folder: string;

// Each run is a process that starts threads: on a busy machine that takes seconds.
vi.setConfig({ testTimeout: 60_000 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftglass-cli-'));
  await writeFile(join(folder, 'plain.csv'), tableCsv({ rows: 3000, seed: 1 }));
  await writeFile(join(folder, 'same.csv'), tableCsv({ rows: 3000, seed: 2, start: '2024-03-01' }));
  await writeFile(
    join(folder, 'moved.csv'),
    tableCsv({ rows: 3000, seed: 3, shift: 0.6, start: '2024-03-01' }),
  );
  await writeFile(
    join(folder, 'sparse.csv'),
    tableCsv({ rows: 3000, seed: 4, missing: 0.1, start: '2024-03-01' }),
  );
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ tolerances: { missing: 0.5 } }));
  await writeFile(join(folder, 'bad.json'), '{ "level": "high" }');
  await writeFile(join(folder, 'empty.csv'), '');
});

afterAll(() => rm(folder, { recursive: true }));

const driftglass = (...args: string[]) => runIn(folder, args);

describe('driftglass compare', () => {
  it('prints a table, and nothing on stderr when it is not a terminal', async () => {
    const { code, stdout, stderr } = await driftglass('compare', 'plain.csv', 'moved.csv');
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/◆ .*speed/);
    expect(stdout).toContain('checks passed');
  });

  it('prints JSON that its schema describes', async () => {
    const { stdout } = await driftglass('compare', 'plain.csv', 'moved.csv', '--json');
    const report = JSON.parse(stdout);
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(reportSchema);
    validate(report);
    expect(validate.errors ?? []).toEqual([]);
    expect(report.summary.drift).toEqual(['speed']);
    expect(report.driftglass).toBe(VERSION);
  });

  it('says that a file breaks off: in the table, beside JSON, and when a baseline is made', async () => {
    const whole = tableCsv({ rows: 3000, seed: 2, start: '2024-03-01' });
    await writeFile(join(folder, 'cut.csv'), whole.slice(0, whole.lastIndexOf(',')));
    const { stdout } = await driftglass('compare', 'plain.csv', 'cut.csv');
    expect(stdout).toContain('cut.csv ends in the middle of a row: was it cut off?');
    const told = /^driftglass: cut\.csv: ends in the middle of a row \(after \d of \d cells\).*\n/;
    const json = await driftglass('compare', 'plain.csv', 'cut.csv', '--json');
    expect(json.stderr).toMatch(told);
    expect(JSON.parse(json.stdout).current.rows).toBe(2999);
    expect((await driftglass('baseline', 'cut.csv', '-o', 'cut.baseline')).stderr).toMatch(told);
  });

  it('exits with 1 when --fail-on is met, and only then', async () => {
    expect((await driftglass('compare', 'plain.csv', 'moved.csv', '--fail-on', 'drift')).code).toBe(1);
    expect((await driftglass('compare', 'plain.csv', 'moved.csv', '--fail-on', 'watch')).code).toBe(1);
    expect((await driftglass('compare', 'plain.csv', 'same.csv', '--fail-on', 'drift')).code).toBe(0);
  });

  it('takes tolerances from a settings file and from arguments', async () => {
    const sparse = ['compare', 'plain.csv', 'sparse.csv', '--fail-on', 'drift'];
    expect((await driftglass(...sparse)).code).toBe(1);
    expect((await driftglass(...sparse, '--settings', 'settings.json')).code).toBe(0);
    expect((await driftglass(...sparse, '--tolerance', 'missing=0.5')).code).toBe(0);
  });

  it('splits one file', async () => {
    const { code, stdout } = await driftglass(
      'compare',
      'plain.csv',
      '--split',
      'when',
      '--at',
      '2024-01-31',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout).reference.rows).toBe(1500);
  });

  it('writes one HTML file without a row of data or a network address to load', async () => {
    const { code, stdout } = await driftglass('compare', 'plain.csv', 'moved.csv', '--html', 'report.html');
    expect(code).toBe(0);
    // The table is printed all the same, with whole sentences where no terminal ends the line.
    expect(stdout).toContain('checks passed');
    expect(stdout).not.toMatch(/…$/m);
    const html = await readFile(join(folder, 'report.html'), 'utf8');
    expect(html.length).toBeLessThan(500_000);
    expect(html).toContain('<drift-report>');
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script[^>]+src=|<link[^>]+href=/);
  });
});

describe('driftglass baseline', () => {
  it('makes a file that stands in for the reference', async () => {
    expect((await driftglass('baseline', 'plain.csv', '-o', 'plain.baseline')).code).toBe(0);
    const { code, stdout } = await driftglass(
      'compare',
      '--baseline',
      'plain.baseline',
      'moved.csv',
      '--json',
      '--fail-on',
      'drift',
    );
    expect(code).toBe(1);
    expect(JSON.parse(stdout).summary.drift).toEqual(['speed']);
  });
});

describe('bad usage and input', () => {
  const cases: [string, string[], RegExp][] = [
    ['an unknown command', ['diff', 'a', 'b'], /"diff" is not a command/],
    ['one file', ['compare', 'plain.csv'], /REFERENCE and CURRENT/],
    ['an unknown option', ['compare', 'plain.csv', 'same.csv', '--colour'], /colour/],
    [
      'a tolerance without a value',
      ['compare', 'plain.csv', 'same.csv', '--tolerance', 'kolmogorovSmirnov'],
      /tolerance|METRIC/i,
    ],
    ['an unknown metric', ['compare', 'plain.csv', 'same.csv', '--tolerance', 'ks=1'], /ks/],
    ['a missing file', ['compare', 'plain.csv', 'nowhere.csv'], /nowhere\.csv: no such file/],
    ['an empty file', ['compare', 'plain.csv', 'empty.csv'], /empty\.csv/],
    [
      'settings that mean nothing',
      ['compare', 'plain.csv', 'same.csv', '--settings', 'bad.json'],
      /bad\.json.*level/,
    ],
    [
      'a baseline that is none',
      ['compare', '--baseline', 'nowhere.baseline', 'same.csv'],
      /nowhere\.baseline/,
    ],
    [
      'a baseline that is a data file',
      ['compare', '--baseline', 'plain.csv', 'same.csv'],
      /plain\.csv: not a baseline/,
    ],
    ['a column that is not there', ['compare', 'plain.csv', '--split', 'era', '--at', '2020'], /era/],
  ];
  it.each(cases)('%s gives 2 and one line', async (_, args, message) => {
    const { code, stdout, stderr } = await driftglass(...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('prints help and the version', async () => {
    expect((await driftglass('--help')).stdout).toContain('driftglass compare REFERENCE CURRENT');
    expect((await driftglass('--version')).stdout.trim()).toBe(VERSION);
  });
});
