// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../baseline/frame.js';
import { isDriftglassError } from '../errors.js';
import { mergeOutcomes } from '../performance/add-outcome.js';
import { decodeOutcomes, encodeOutcomes } from '../performance/outcome-codec.js';
import type { Outcomes } from '../performance/outcomes.js';
import { decodeProfile, encodeProfile } from '../profile/codec.js';
import type { Profile } from '../profile/parts.js';
import { mergeAll } from '../profile/profile.js';
import { type Merge, planRetention, type RetentionOptions } from './retention.js';
import type { Store, StoredWindow } from './store.js';

export interface TidyOptions extends Omit<RetentionOptions, 'adds'> {
  /** The frame that profiles were measured with; null where it is not at hand: then they stay whole until they leave. */
  readonly frameOf: (frameId: string) => Frame | null;
  /** Merges of one call, so that it does not keep others waiting. Default 32. */
  readonly mostMerges?: number;
}

export interface Tidied {
  readonly merged: number;
  readonly thinned: number;
  readonly left: number;
  /** Windows whose profile cannot be read any more: removed. */
  readonly damaged: number;
  /** Whether there is more to do. */
  readonly more: boolean;
}

/**
 * Carries out the plan of retention.ts, a commit a merge: stopped at any moment, the sums of the history are what they
 * were, and the next call goes on. Only where one tab at a time writes the store.
 */
export async function tidyStore(store: Store, options: TidyOptions): Promise<Tidied> {
  const { frameOf, mostMerges = 32 } = options;
  const plan = planRetention(await store.records(), { ...options, adds: (id) => frameOf(id) !== null });
  const removed = [...plan.thinned, ...plan.leaving];
  if (removed.length > 0) await store.commit({ removed });
  let damaged = 0;
  for (const merge of plan.merges.slice(0, mostMerges)) {
    damaged += await mergeWindows(store, merge, frameOf(merge.frameId)!);
  }
  return {
    merged: Math.min(plan.merges.length, mostMerges),
    thinned: plan.thinned.length,
    left: plan.leaving.length,
    damaged,
    more: plan.merges.length > mostMerges,
  };
}

/** Gives how many windows could not be read, which leave. */
async function mergeWindows(store: Store, merge: Merge, frame: Frame): Promise<number> {
  const ids = new Set(merge.from.map(({ id }) => id));
  const start = Math.min(...merge.from.map((window) => window.start));
  const end = Math.max(...merge.from.map((window) => window.end));
  const found = await store.windows({ spec: merge.spec, from: start - 1, to: end + 1 });
  const windows = found.filter(({ id }) => ids.has(id));
  const readable: { readonly window: StoredWindow; readonly profile: Profile }[] = [];
  let outcomes: Outcomes | null = null;
  for (const window of windows) {
    const profile = readOr(null, () => decodeProfile(window.profile, frame));
    if (profile === null) continue;
    readable.push({ window, profile });
    const more = readOr(null, () => decodeOutcomes(window.outcomes));
    outcomes = outcomes && more ? addedOutcomes(outcomes, more) : (outcomes ?? more);
  }
  const [first, ...others] = readable;
  const merged: StoredWindow[] = [];
  if (first) {
    const profile = mergeAll([first.profile, ...others.map((other) => other.profile)]);
    merged.push({
      id: merge.id,
      spec: merge.spec,
      start: Math.min(...readable.map(({ window }) => window.start)),
      end: Math.max(...readable.map(({ window }) => window.end)),
      rows: profile.rows,
      frameId: merge.frameId,
      grain: merge.grain,
      profile: new Uint8Array(encodeProfile(profile)),
      outcomes: encodeOutcomes(outcomes),
      verdict: null,
    });
  }
  await store.commit({ windows: merged, removed: [...ids] });
  return merge.from.length - readable.length;
}

/** Of a model with other classes than the one before, the later ones stay: they cannot be added. */
function addedOutcomes(a: Outcomes, b: Outcomes): Outcomes {
  return readOr(b, () => mergeOutcomes(a, b));
}

function readOr<T, E>(otherwise: E, read: () => T): T | E {
  try {
    return read();
  } catch (error) {
    if (isDriftglassError(error)) return otherwise;
    throw error;
  }
}
