// SPDX-License-Identifier: Apache-2.0
/** What is watched, by all adapters of this copy of the package. */
import { messageOf } from '../errors.js';
import type { Monitor } from '../monitor/monitor.js';

/** Something that can be stopped. */
interface Watch {
  stop(): void;
}

const watches = new WeakMap<object, Set<Watch>>();
/** Stand-ins, and what they stand for. */
const originals = new WeakMap<object, object>();

/** What a stand-in stands for; anything else is itself. */
function originalOf<T extends object>(watched: T): T {
  return (originals.get(watched) as T | undefined) ?? watched;
}

/**
 * Makes a stand-in and remembers it until `unwatch`. What throws on the way is told to the monitor, and the original is
 * given back.
 */
export function remembered<T extends object>(
  given: T,
  monitor: Monitor,
  make: (original: T) => { readonly standIn: T; readonly watch: Watch },
): T {
  try {
    const original = originalOf(given);
    const { standIn, watch } = make(original);
    watches.set(original, (watches.get(original) ?? new Set<Watch>()).add(watch));
    originals.set(standIn, original);
    return standIn;
  } catch (error) {
    try {
      monitor.problem(error instanceof Error ? error : new Error(messageOf(error)));
    } catch {
      // Nobody is left to tell.
    }
    return given;
  }
}

/**
 * Stops watching a model, session or function, given itself or what `watch` gave, for all monitors, and frees all that was
 * kept for it. The stand-ins go on working as what they stand for.
 */
export function unwatch(watched: object): void {
  const original = originalOf(watched);
  for (const watch of watches.get(original) ?? []) watch.stop();
  watches.delete(original);
}
