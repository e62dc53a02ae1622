// SPDX-License-Identifier: Apache-2.0
import { open, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Engine } from '../engine/engine.js';
import type { FileSpec, Progress, SideInfo } from '../engine/protocol.js';
import { DriftglassError } from '../errors.js';
import { chooseKernels } from '../kernels/choose.js';
import { decodeBaseline } from '../profile/baseline-file.js';
import { isSealed } from '../profile/container.js';
import { CUT_OFF } from '../sources/cut-off.js';
import type { Settings } from '../verdict/settings.js';
import { parseSettings } from '../verdict/settings-file.js';
import type { BaselineArguments, CompareArguments } from './arguments.js';
import { openBytes } from './node-bytes.js';
import { hireHelpers } from './node-crew.js';
import { ProgressLine } from './progress-line.js';
import { rolesText } from './roles-text.js';
import { printable, reportToTerminal } from './terminal-table.js';

const MIB = 1024 * 1024;
const RANK = { stable: 0, notRated: 0, unknown: 0, watch: 1, drift: 2 } as const;

export async function runCompare(options: CompareArguments): Promise<number> {
  const settings = await settingsOf(options);
  return withEngine((engine) => compare(engine, options, settings));
}

async function compare(
  engine: Engine,
  options: CompareArguments,
  settings: Partial<Settings>,
): Promise<number> {
  if (options.baseline !== null) await mustBeBaseline(options.baseline);
  const reference = options.baseline === null ? options.reference : [options.baseline];
  const opened = [
    ...(reference === null ? [] : [await engine.open('reference', fileSpecs(reference), options.open)]),
    await engine.open('current', fileSpecs(options.current), options.open),
  ];
  const progress = new ProgressLine(process.stderr);
  const report = await engine.compare({
    settings,
    memoryBudget: options.memoryMib * MIB,
    ...(options.split === null ? {} : { split: options.split }),
    onProgress: (state: Progress) => progress.show(state),
  });
  progress.clear();
  if (options.html !== null) await writeFile(options.html, (await engine.exportAs('html')).data as string);
  if (options.json) {
    // JSON has no notes; the table tells them.
    opened.forEach(tellCutOff);
    process.stdout.write(`${(await engine.exportAs('json')).data}\n`);
  } else {
    const terminal = process.stdout.isTTY === true;
    const colour = terminal && process.env['NO_COLOR'] === undefined;
    // A log keeps whole sentences; a terminal one line a feature.
    const width = terminal ? process.stdout.columns : Number.POSITIVE_INFINITY;
    process.stdout.write(reportToTerminal(report, { colour, width }));
  }
  return options.failOn !== null && RANK[report.summary.rating] >= RANK[options.failOn] ? 1 : 0;
}

export async function runBaseline(options: BaselineArguments): Promise<number> {
  const settings = await settingsOf({ ...options, tolerances: {}, level: undefined });
  return withEngine((engine) => baseline(engine, options, settings));
}

async function baseline(
  engine: Engine,
  options: BaselineArguments,
  settings: Partial<Settings>,
): Promise<number> {
  tellCutOff(await engine.open('reference', fileSpecs(options.files), options.open));
  const progress = new ProgressLine(process.stderr);
  const buffer = await engine.makeBaseline({
    settings,
    memoryBudget: options.memoryMib * MIB,
    onProgress: (state: Progress) => progress.show(state),
  });
  progress.clear();
  await writeFile(options.output, new Uint8Array(buffer));
  const roles = rolesText(decodeBaseline(buffer).frame.features);
  process.stderr.write(`${options.output}: ${(buffer.byteLength / 1024).toFixed(0)} KiB\n${roles}`);
  return 0;
}

/** A part of a file is read as one; a pipeline should hear of it. */
function tellCutOff({ name, notes }: SideInfo): void {
  for (const note of notes)
    if (note.includes(CUT_OFF)) process.stderr.write(`driftglass: ${printable(`${name}: ${note}`)}\n`);
}

/** Runs `use` with an engine that has every core, and ends its threads whatever happens. */
async function withEngine<T>(use: (engine: Engine) => Promise<T>): Promise<T> {
  const { kernels, reason } = await chooseKernels();
  const engine = new Engine({ kernels, place: 'node', openBytes, notes: [reason], standaloneScript });
  const crew = hireHelpers();
  try {
    for (const helper of crew.helpers) engine.addHelper(helper);
    return await use(engine);
  } finally {
    await crew.end();
  }
}

/** A data file in its place would be read as the reference, with other cuts than the baseline's and no word of it. */
async function mustBeBaseline(path: string): Promise<void> {
  const head = new Uint8Array(16);
  try {
    const file = await open(path);
    try {
      await file.read(head);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new DriftglassError('SourceError', `${path}: cannot be read`, { cause });
  }
  if (!isSealed(head))
    throw new DriftglassError(
      'SourceError',
      `${path}: not a baseline (driftglass baseline FILE -o FILE makes one)`,
    );
}

function fileSpecs(paths: readonly string[]): FileSpec[] {
  return paths.map((path) => ({ name: path.split(/[\\/]/).at(-1) ?? path, path }));
}

/** Command line over settings file over defaults. */
async function settingsOf(
  options: Pick<CompareArguments, 'settings' | 'time' | 'tolerances' | 'level' | 'embeddings'>,
): Promise<Partial<Settings>> {
  const file: Partial<Settings> =
    options.settings === null ? {} : parseSettings(await settingsText(options.settings), options.settings);
  return {
    ...file,
    ...(options.time === undefined ? {} : { time: options.time === 'none' ? null : options.time }),
    ...(options.level === undefined ? {} : { level: options.level }),
    ...(options.embeddings === undefined
      ? {}
      : { embeddings: { ...file.embeddings, ...options.embeddings } }),
    tolerances: { ...file.tolerances, ...options.tolerances },
  };
}

async function settingsText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new DriftglassError('SettingsError', `${path}: cannot be read`, { cause });
  }
}

/** The script that draws a report, for HTML files. */
async function standaloneScript(): Promise<string> {
  return readFile(fileURLToPath(new URL('../report-view.js', import.meta.url)), 'utf8');
}
