// SPDX-License-Identifier: Apache-2.0
/**
 * Any function that predicts, watched:
 *
 *     import { watchFunction } from 'driftglass/functions';
 *
 *     const score = watchFunction(model.score, monitor, { inputs: (row) => row, outputs: (score) => ({ score }) });
 */
import type { Monitor } from '../monitor/monitor.js';
import { type AnyFunction, type FunctionOptions, FunctionWatch } from './function-watch.js';
import { standIn } from './stand-in.js';
import { remembered } from './watches.js';

export type { FunctionOptions } from './function-watch.js';
export { unwatch } from './watches.js';

/**
 * A function that does as `fn` does, and whose calls the monitor hears of. Sync or async as `fn` is. Never throws of its own: what
 * goes wrong in watching is told to the monitor's `onError`.
 */
export function watchFunction<F extends AnyFunction>(
  fn: F,
  monitor: Monitor,
  options: FunctionOptions<F> = {},
): F {
  return remembered(fn, monitor, (original) => {
    const watch = new FunctionWatch(original, monitor, options);
    const call = (self: unknown, args: readonly unknown[]) => watch.call(self, args);
    return { standIn: standIn(original, new Map(), call), watch };
  });
}
