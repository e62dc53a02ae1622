// SPDX-License-Identifier: Apache-2.0
import { parseArgs } from 'node:util';
import type { OpenOptions } from '../engine/protocol.js';
import { DriftglassError } from '../errors.js';
import type { EmbeddingSettings, Tolerances } from '../verdict/settings.js';
import { parseTolerance } from '../verdict/settings-file.js';

export const USAGE = `driftglass: what changed between two data sets, whether it is real, and whether it matters

  driftglass compare REFERENCE CURRENT [options]
  driftglass compare --baseline FILE CURRENT [options]
  driftglass compare FILE --split COLUMN --at TIME|--value VALUE [options]
  driftglass baseline FILE -o FILE [--time COL] [--settings FILE]

REFERENCE and CURRENT are CSV, TSV, NDJSON, JSON, Parquet, Arrow, Feather, NPY or NPZ files; several files of one
side are joined with commas.

  --json                      print the report as JSON
  --html FILE                 write the report as one standalone HTML file
  --fail-on drift|watch       exit with 1 when the report is rated so, or worse
  --time COL                  time column (default: inferred; "none" for none)
  --settings FILE             settings file (JSON)
  --tolerance METRIC=VALUE    change that does not matter, for one metric; may be repeated
  --level VALUE               false-alarm level of the whole report (default 0.01)
  --vectors group|columns     compare a matrix (NPY, rows of JSON numbers) as one embedding, or column by column
  --group PREFIX              compare number columns PREFIX0, PREFIX1 … as one embedding, or a text column
                              PREFIX that holds "[0.1, 0.2, …]" in each cell; may be repeated
  --embedding-size full|small small: baselines under 300 kB an embedding, at some power (default full)
  --no-rows                   keep no row of an embedding in a baseline
  --memory MIB                memory for rows; beyond it distances are certified from profiles (default 1024)
  --help, --version

Exit: 0, or 1 when --fail-on is met, 2 for bad usage or input.
`;

export interface CompareArguments {
  readonly command: 'compare';
  readonly reference: readonly string[] | null;
  readonly current: readonly string[];
  readonly baseline: string | null;
  readonly split: { readonly column: string; readonly at?: string; readonly value?: string } | null;
  readonly json: boolean;
  readonly html: string | null;
  readonly failOn: 'drift' | 'watch' | null;
  readonly time: string | undefined;
  readonly settings: string | null;
  readonly tolerances: Tolerances;
  readonly level: number | undefined;
  readonly embeddings: EmbeddingSettings | undefined;
  readonly open: OpenOptions;
  readonly memoryMib: number;
}

export interface BaselineArguments {
  readonly command: 'baseline';
  readonly files: readonly string[];
  readonly output: string;
  readonly time: string | undefined;
  readonly settings: string | null;
  readonly embeddings: EmbeddingSettings | undefined;
  readonly open: OpenOptions;
  readonly memoryMib: number;
}

export type Arguments =
  | CompareArguments
  | BaselineArguments
  | { readonly command: 'help' }
  | { readonly command: 'version' };

/** @throws SettingsError in one line, naming the argument. */
export function parseArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parsed(argv);
  if (values.version) return { command: 'version' };
  if (values.help || positionals.length === 0) return { command: 'help' };
  const [command, ...files] = positionals;
  const shared = {
    time: values.time,
    settings: values.settings ?? null,
    memoryMib: numberOption('--memory', values.memory) ?? 1024,
    embeddings: embeddingOptions(values),
    open: openOptions(values),
  };
  if (command === 'compare') return { command, ...compareArguments(values, files), ...shared };
  if (command !== 'baseline') throw usage(`"${command}" is not a command: use compare or baseline`);
  if (files.length !== 1) throw usage('baseline takes one FILE');
  const { output } = values;
  if (output === undefined) throw usage('baseline needs -o FILE to write to');
  return { command, files: paths(files[0]), output, ...shared };
}

/** What only a comparison takes. */
function compareArguments(
  values: Values,
  files: readonly string[],
): Omit<CompareArguments, 'command' | keyof BaselineArguments> {
  const failOn = values['fail-on'] ?? null;
  if (failOn !== null && failOn !== 'drift' && failOn !== 'watch')
    throw usage(`--fail-on takes drift or watch, not "${failOn}"`);
  const baseline = values.baseline ?? null;
  const split = splitOption(values);
  const wanted = baseline === null && split === null ? 2 : 1;
  if (files.length !== wanted)
    throw usage(
      wanted === 2
        ? 'compare takes REFERENCE and CURRENT'
        : 'compare takes one file with --baseline or --split',
    );
  return {
    reference: wanted === 2 ? paths(files[0]) : null,
    current: paths(files[files.length - 1]),
    baseline,
    split,
    json: values.json ?? false,
    html: values.html ?? null,
    failOn,
    tolerances: Object.assign({}, ...(values.tolerance ?? []).map(parseTolerance)),
    level: numberOption('--level', values.level),
  };
}

type Values = ReturnType<typeof parsed>['values'];

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        html: { type: 'string' },
        'fail-on': { type: 'string' },
        time: { type: 'string' },
        settings: { type: 'string' },
        tolerance: { type: 'string', multiple: true },
        level: { type: 'string' },
        memory: { type: 'string' },
        vectors: { type: 'string' },
        group: { type: 'string', multiple: true },
        'embedding-size': { type: 'string' },
        'no-rows': { type: 'boolean' },
        baseline: { type: 'string' },
        split: { type: 'string' },
        at: { type: 'string' },
        value: { type: 'string' },
        output: { type: 'string', short: 'o' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message.split('. ')[0] : String(error));
  }
}

function embeddingOptions(values: {
  'embedding-size'?: string;
  'no-rows'?: boolean;
}): EmbeddingSettings | undefined {
  const size = values['embedding-size'];
  if (size !== undefined && size !== 'full' && size !== 'small')
    throw usage(`--embedding-size takes full or small, not "${size}"`);
  const withoutRows = values['no-rows'] ?? false;
  if (size === undefined && !withoutRows) return undefined;
  return { ...(size === undefined ? {} : { size }), ...(withoutRows ? { rows: 0 } : {}) };
}

function openOptions({ vectors, group }: { vectors?: string; group?: string[] }): OpenOptions {
  if (vectors !== undefined && vectors !== 'group' && vectors !== 'columns')
    throw usage(`--vectors takes group or columns, not "${vectors}"`);
  return { ...(vectors === undefined ? {} : { vectors }), ...(group === undefined ? {} : { groups: group }) };
}

function splitOption(values: { split?: string; at?: string; value?: string }): CompareArguments['split'] {
  const { split, at, value } = values;
  if (split === undefined) {
    if (at !== undefined || value !== undefined) throw usage('--at and --value need --split COLUMN');
    return null;
  }
  if ((at === undefined) === (value === undefined))
    throw usage('--split needs one of --at TIME and --value VALUE');
  return at !== undefined ? { column: split, at } : { column: split, value: value as string };
}

/** Several files of one side, "a.csv,b.csv". */
function paths(text: string): string[] {
  return text.split(',').filter((path) => path !== '');
}

function numberOption(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0)) throw usage(`${name} takes a number above 0, not "${text}"`);
  return value;
}

function usage(message: string): DriftglassError {
  return new DriftglassError('SettingsError', `${message} (driftglass --help)`);
}
