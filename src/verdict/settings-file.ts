// SPDX-License-Identifier: Apache-2.0
/**
 * The small settings file, JSON. Everything is optional:
 * { "level": 0.01, "seed": 1, "time": "date", "metrics": { "number": "kolmogorovSmirnov", "category": "totalVariation" },
 *   "tolerances": { "kolmogorovSmirnov": 0.1 }, "embeddings": { "size": "full", "rows": 256 },
 *   "columns": { "delay": { "role": "label", "kind": "number", "metric": "wassersteinNormalized", "tolerances": { "missing": 0 } } } }
 */
import type { Kind, Role } from '../columns/schema.js';
import { DISTANCE_NAMES } from '../distances/distance.js';
import { DriftglassError } from '../errors.js';
import {
  type ColumnSettings,
  DEFAULT_SETTINGS,
  DEFAULT_TOLERANCES,
  type EmbeddingSettings,
  type Settings,
  type ToleranceName,
  type Tolerances,
} from './settings.js';

/** Distances that both sides of a category have. */
const CATEGORY_DISTANCES = DISTANCE_NAMES.slice(
  DISTANCE_NAMES.indexOf('totalVariation'),
  DISTANCE_NAMES.indexOf('mmd'),
);
/** Distances of columns of one value a row. */
const NUMBER_DISTANCES = DISTANCE_NAMES.slice(0, DISTANCE_NAMES.indexOf('mmd'));
const TOLERANCES = [
  ...new Set<string>([...DISTANCE_NAMES, ...Object.keys(DEFAULT_TOLERANCES)]),
] as ToleranceName[];
const ROLES = ['input', 'prediction', 'label', 'key', 'time', 'ignore'] as const satisfies readonly Role[];
const KINDS = [
  'number',
  'category',
  'boolean',
  'time',
  'text',
  'embedding',
] as const satisfies readonly Kind[];

/** Reads a settings file. SettingsError names the place (`settings.json: columns.delay.role`) and the reason. */
export function parseSettings(text: string, name = 'settings'): Settings {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new DriftglassError('SettingsError', `${name}: not JSON: ${(cause as Error).message}`, { cause });
  }
  return validSettings(value, name);
}

/** Checks a plain value (a parsed file, a part of a link) and fills in the defaults. */
function validSettings(value: unknown, name = 'settings'): Settings {
  const place = (key: string) => `${name}: ${key}`;
  const root = objectOf(value, name);
  knownKeys(root, ['level', 'seed', 'time', 'metrics', 'tolerances', 'columns', 'embeddings'], name);
  const {
    level = DEFAULT_SETTINGS.level,
    seed = DEFAULT_SETTINGS.seed,
    time,
    metrics,
    tolerances,
    columns,
    embeddings,
  } = root;
  if (!(typeof level === 'number' && level > 0 && level < 1)) {
    fail(place('level'), `must be a number between 0 and 1, not ${shown(level)}`);
  }
  if (!Number.isSafeInteger(seed)) fail(place('seed'), `must be a whole number, not ${shown(seed)}`);
  if (time !== undefined && time !== null && typeof time !== 'string') {
    fail(place('time'), `must be the name of a column, or null for none, not ${shown(time)}`);
  }
  return {
    level: level as number,
    seed: seed as number,
    metrics: metricsOf(metrics, place('metrics')),
    tolerances: tolerancesOf(tolerances, place('tolerances')),
    columns: columnsOf(columns, place('columns')),
    ...(embeddings === undefined ? {} : { embeddings: embeddingsOf(embeddings, place('embeddings')) }),
    ...(time === undefined ? {} : { time: time as string | null }),
  };
}

/** "kolmogorovSmirnov=.1" from a command line, as one tolerance. */
export function parseTolerance(text: string): Tolerances {
  const at = text.indexOf('=');
  const place = `tolerance "${text}"`;
  if (at < 0) fail(place, 'must look like METRIC=VALUE');
  const metric = oneOf(TOLERANCES, text.slice(0, at).trim(), place);
  const value = text.slice(at + 1).trim();
  return { [metric]: toleranceOf(value === '' ? Number.NaN : Number(value), place) };
}

function metricsOf(value: unknown, place: string): Settings['metrics'] {
  if (value === undefined) return DEFAULT_SETTINGS.metrics;
  const metrics = objectOf(value, place);
  knownKeys(metrics, ['number', 'category'], place);
  const { number = DEFAULT_SETTINGS.metrics.number, category = DEFAULT_SETTINGS.metrics.category } = metrics;
  return {
    number: oneOf(NUMBER_DISTANCES, number, `${place}.number`),
    category: oneOf(CATEGORY_DISTANCES, category, `${place}.category`),
  };
}

function columnsOf(value: unknown, place: string): Settings['columns'] {
  if (value === undefined) return {};
  const entries = Object.entries(objectOf(value, place));
  return Object.fromEntries(entries.map(([name, column]) => [name, columnOf(column, `${place}.${name}`)]));
}

function columnOf(value: unknown, place: string): ColumnSettings {
  const column = objectOf(value, place);
  knownKeys(column, ['role', 'kind', 'metric', 'tolerances'], place);
  const { role, kind, metric, tolerances } = column;
  return {
    ...(role === undefined ? {} : { role: oneOf(ROLES, role, `${place}.role`) }),
    ...(kind === undefined ? {} : { kind: oneOf(KINDS, kind, `${place}.kind`) }),
    ...(metric === undefined ? {} : { metric: oneOf(DISTANCE_NAMES, metric, `${place}.metric`) }),
    ...(tolerances === undefined ? {} : { tolerances: tolerancesOf(tolerances, `${place}.tolerances`) }),
  };
}

function embeddingsOf(value: unknown, place: string): EmbeddingSettings {
  const embeddings = objectOf(value, place);
  knownKeys(embeddings, ['size', 'rows'], place);
  const { size, rows } = embeddings;
  if (rows !== undefined && !(Number.isSafeInteger(rows) && (rows as number) >= 0))
    fail(`${place}.rows`, `must be a whole number of at least 0, not ${shown(rows)}`);
  return {
    ...(size === undefined ? {} : { size: oneOf(['full', 'small'] as const, size, `${place}.size`) }),
    ...(rows === undefined ? {} : { rows: rows as number }),
  };
}

function tolerancesOf(value: unknown, place: string): Tolerances {
  if (value === undefined) return {};
  const entries = Object.entries(objectOf(value, place));
  return Object.fromEntries(
    entries.map(([metric, tolerance]) => [
      oneOf(TOLERANCES, metric, place),
      toleranceOf(tolerance, `${place}.${metric}`),
    ]),
  );
}

function toleranceOf(value: unknown, place: string): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  return fail(place, `must be a number of at least 0, not ${shown(value)}`);
}

function objectOf(value: unknown, place: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  return fail(place, `must be an object, not ${shown(value)}`);
}

function knownKeys(value: Record<string, unknown>, known: readonly string[], place: string): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) fail(`${place}: ${key}`, `is not a setting; there are ${known.join(', ')}`);
  }
}

function oneOf<T extends string>(known: readonly T[], value: unknown, place: string): T {
  const found = known.find((name) => name === value);
  return found ?? fail(place, `${shown(value)} is none of ${known.join(', ')}`);
}

function fail(place: string, reason: string): never {
  throw new DriftglassError('SettingsError', `${place} ${reason}`);
}

function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'nothing');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
