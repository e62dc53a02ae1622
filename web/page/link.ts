// SPDX-License-Identifier: Apache-2.0
import type { Kind, Role } from '../../src/columns/schema.js';
import { DISTANCE_ORDER } from '../../src/components/internal/words.js';
import type { DistanceName } from '../../src/distances/distance.js';
import {
  type ColumnSettings,
  DEFAULT_SETTINGS,
  type Settings,
  type ToleranceName,
  type Tolerances,
} from '../../src/verdict/settings.js';

/** Settings in the address, behind `#`: it never leaves the browser, and never holds data. */

export interface Link {
  readonly settings: Settings;
  /** Name of a sample to open. */
  readonly sample: string;
}

const MOST_LETTERS = 100_000;
const ROLES: readonly string[] = ['input', 'prediction', 'label', 'key', 'time', 'ignore'] satisfies Role[];
const KINDS: readonly string[] = ['number', 'category', 'boolean', 'time', 'text'] satisfies Kind[];
const SHARES: readonly string[] = ['missing', 'nan', 'unparsable', 'unseen', 'outOfRange', 'tail'];

export function linkHash({ settings, sample }: Link): string {
  const parts = new URLSearchParams();
  if (sample !== '') parts.set('sample', sample);
  const changed = changes(settings);
  if (Object.keys(changed).length > 0) parts.set('settings', JSON.stringify(changed));
  const text = parts.toString();
  return text === '' ? '' : `#${text}`;
}

/** What the address asks for; anything that makes no sense in it is left out. */
export function readHash(hash: string): Link {
  const parts = new URLSearchParams(hash.slice(1, MOST_LETTERS));
  const sample = parts.get('sample') ?? '';
  try {
    return { settings: settingsFrom(JSON.parse(parts.get('settings') ?? '{}')), sample };
  } catch {
    return { settings: DEFAULT_SETTINGS, sample };
  }
}

/** Only what differs from the defaults: short links, and settings files that say what matters. */
function changes(settings: Settings): Partial<Settings> {
  const entries = Object.entries(settings).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(DEFAULT_SETTINGS[key as keyof Settings]),
  );
  return Object.fromEntries(entries) as Partial<Settings>;
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isDistance = (value: unknown): value is DistanceName => DISTANCE_ORDER.includes(value as DistanceName);

export function settingsFrom(value: unknown): Settings {
  if (!isObject(value)) return DEFAULT_SETTINGS;
  const metrics = isObject(value['metrics']) ? value['metrics'] : {};
  const { level, seed, time } = value;
  const columns: Record<string, ColumnSettings> = {};
  for (const [name, column] of Object.entries(isObject(value['columns']) ? value['columns'] : {}).slice(
    0,
    5000,
  )) {
    if (isObject(column))
      Object.defineProperty(columns, name, {
        value: columnFrom(column),
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return {
    level: typeof level === 'number' && level > 0 && level < 1 ? level : DEFAULT_SETTINGS.level,
    metrics: {
      number: isDistance(metrics['number']) ? metrics['number'] : DEFAULT_SETTINGS.metrics.number,
      category: isDistance(metrics['category']) ? metrics['category'] : DEFAULT_SETTINGS.metrics.category,
    },
    tolerances: tolerancesFrom(value['tolerances']),
    columns,
    seed: Number.isSafeInteger(seed) ? (seed as number) : DEFAULT_SETTINGS.seed,
    ...(typeof time === 'string' || time === null ? { time } : {}),
  };
}

function columnFrom({ role, kind, metric, tolerances }: Json): ColumnSettings {
  return {
    ...(ROLES.includes(role as string) ? { role: role as Role } : {}),
    ...(KINDS.includes(kind as string) ? { kind: kind as Kind } : {}),
    ...(isDistance(metric) ? { metric } : {}),
    ...(isObject(tolerances) ? { tolerances: tolerancesFrom(tolerances) } : {}),
  };
}

function tolerancesFrom(value: unknown): Tolerances {
  if (!isObject(value)) return {};
  const known = (name: string): name is ToleranceName => isDistance(name) || SHARES.includes(name);
  return Object.fromEntries(
    Object.entries(value).filter(
      ([name, amount]) => known(name) && typeof amount === 'number' && Number.isFinite(amount) && amount >= 0,
    ),
  );
}
