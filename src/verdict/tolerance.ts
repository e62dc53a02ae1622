// SPDX-License-Identifier: Apache-2.0

import type { Feature } from '../baseline/frame.js';
import type { Role } from '../columns/schema.js';
import type { DistanceName } from '../distances/distance.js';
import { DEFAULT_TOLERANCES, type Settings, type ToleranceName } from './settings.js';

/** Distances without a default of their own: what a KS or TV of .05 is worth on their scale, roughly. */
const FALLBACK: Readonly<Record<string, number>> = {
  cramerVonMises: 1,
  andersonDarling: 10,
  energy: 0.05,
  wasserstein: Number.POSITIVE_INFINITY,
  hellinger: 0.1,
  populationStability: 0.1,
  chiSquare: Number.POSITIVE_INFINITY,
  gTest: Number.POSITIVE_INFINITY,
  cramersV: 0.1,
  lInfinity: 0.05,
  kullbackLeibler: 0.1,
};

/**
 * The change of `metric` that does not matter in this column: its own setting, else the report's, else the default.
 * Distances in the column's units or growing with the rows (W1 raw, χ², G) have no default: they never alarm unless set.
 */
export function resolveTolerance(settings: Settings, feature: string | null, metric: ToleranceName): number {
  const own = feature === null ? undefined : ownSettings(settings, feature)?.tolerances?.[metric];
  const defaults: Partial<Record<ToleranceName, number>> = DEFAULT_TOLERANCES;
  return (
    own ?? settings.tolerances[metric] ?? defaults[metric] ?? FALLBACK[metric] ?? Number.POSITIVE_INFINITY
  );
}

/** Main metric of a feature. */
export function resolveMetric(settings: Settings, { name, frame }: Feature): DistanceName {
  const byKind =
    frame.kind === 'number'
      ? settings.metrics.number
      : frame.kind === 'embedding'
        ? 'combined'
        : settings.metrics.category;
  return ownSettings(settings, name)?.metric ?? byKind;
}

export function resolveRole(settings: Settings, { name, role }: Feature): Role {
  return ownSettings(settings, name)?.role ?? role;
}

/** True when a person has said what the column is. */
export function roleIsSet(settings: Settings, name: string): boolean {
  return ownSettings(settings, name)?.role !== undefined;
}

/** Column names come from files: "constructor" must not find what every object has. */
function ownSettings(settings: Settings, name: string): Settings['columns'][string] | undefined {
  return Object.hasOwn(settings.columns, name) ? settings.columns[name] : undefined;
}
