// SPDX-License-Identifier: Apache-2.0

import { endOf } from '../baseline/calendar.js';
import type { Comparison, FeatureComparison, WindowProfile } from '../distances/comparison.js';
import type { Settings } from '../verdict/settings.js';
import { share } from './crew.js';
import type { Gathered, GatheredSide } from './gather.js';
import type { Helper } from './helper.js';
import type { FeatureTask } from './measure-feature.js';
import type { ProgressMeter } from './progress.js';

/** Rows × features that are handed to a thread at a time: few enough to share, enough to be worth a message. */
const GROUP_VALUES = 400_000;

/** Distances of every feature: exact where rows were kept, else from profiles. */
export async function compareGathered(
  gathered: Gathered,
  options: {
    readonly settings: Settings;
    readonly helpers: readonly Helper[];
    readonly signal?: AbortSignal | undefined;
    readonly meter: ProgressMeter;
  },
): Promise<Comparison> {
  const { frame, reference, current } = gathered;
  const { settings, helpers, signal, meter } = options;
  const rows = reference.windowed.profile.rows + current.windowed.profile.rows;
  const group = Math.max(1, Math.floor(GROUP_VALUES / Math.max(1, rows)));
  const tasks: number[][] = [];
  for (let at = 0; at < frame.features.length; at += group) {
    tasks.push(Array.from({ length: Math.min(group, frame.features.length - at) }, (_, i) => at + i));
  }
  const features: FeatureComparison[] = [];
  const run = (helper: Helper, indices: readonly number[]): Promise<FeatureComparison[]> =>
    helper.measure(
      indices.map((index) => featureTask(gathered, index, settings)),
      signal,
    );
  // What is measured alone stays here: the frame need not travel, nor what fitting it left.
  const hands = tasks.length > 1 ? helpers : helpers.slice(-1);
  for await (const measured of share({ helpers: hands, tasks, signal, run })) {
    features.push(...measured);
    meter.at('comparing', rows, 0);
  }
  const side = ({ name, schema, windowed }: GatheredSide): Comparison['reference'] => ({
    name,
    schema,
    profile: windowed.profile,
  });
  const windows = [...windowList(gathered, 'reference'), ...windowList(gathered, 'current')].sort(
    (a, b) => a.start - b.start,
  );
  return { frame, reference: side(reference), current: side(current), features, windows };
}

function featureTask(
  { frame, reference, current }: Gathered,
  index: number,
  settings: Settings,
): FeatureTask {
  const { name, kind } = frame.features[index];
  const values =
    kind === 'number' && reference.rows !== null && current.rows !== null
      ? { values: { reference: reference.rows.values(name), current: current.rows.values(name) } }
      : {};
  const vectors =
    kind === 'embedding' && reference.rows !== null && current.rows !== null
      ? { vectors: { reference: reference.rows.vectors(name), current: current.rows.vectors(name) } }
      : {};
  const part = (side: GatheredSide): FeatureTask['reference'] => {
    const found = side.windowed.profile.parts.get(name);
    if (found === undefined) throw new Error(`profile lacks "${name}"`);
    return found;
  };
  return {
    feature: frame.features[index],
    reference: part(reference),
    current: part(current),
    level: settings.level,
    seed: settings.seed,
    ...values,
    ...vectors,
  };
}

function windowList(gathered: Gathered, side: 'reference' | 'current'): WindowProfile[] {
  const { windowing } = gathered.frame;
  if (windowing === null) return [];
  return [...gathered[side].windowed.windows].map(([start, profile]) => ({
    side,
    start,
    end: endOf(start, windowing.unit),
    profile,
  }));
}
