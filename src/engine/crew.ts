// SPDX-License-Identifier: Apache-2.0
import type { Helper } from './helper.js';
import { giveWay } from './turns.js';

/** Tasks a remote helper is given ahead, so that it does not wait while the lead thread computes. */
const AHEAD = 2;

/**
 * Gives `tasks` to the helpers as they become free and yields results in the order of the tasks. Helpers that join the
 * list meanwhile, before its last, are given tasks too. At most
 * helpers × AHEAD + `AHEAD` results wait at a time, so memory is bounded by that many results.
 * @throws AbortError between tasks when `signal` is aborted (`run` has to hear it within one); the first error of a task.
 */
export async function* share<Task, Result>(options: {
  readonly helpers: readonly Helper[];
  readonly tasks: readonly Task[];
  readonly run: (helper: Helper, task: Task) => Promise<Result>;
  readonly signal?: AbortSignal | undefined;
}): AsyncGenerator<Result> {
  const { helpers, tasks, run, signal } = options;
  const slots: Helper[] = [];
  const free: number[] = [];
  const running = new Map<number, Promise<{ slot: number; index: number; result: Result }>>();
  const done = new Map<number, Result>();
  let next = 0;
  let yielded = 0;
  while (yielded < tasks.length) {
    await giveWay(signal);
    for (const helper of helpers) {
      if (slots.includes(helper)) continue;
      // The lead's own helper (last) takes one at a time; the others are fed ahead.
      for (let i = helper === helpers[helpers.length - 1] ? 1 : AHEAD; i > 0; i--)
        free.push(slots.push(helper) - 1);
    }
    while (free.length > 0 && next < tasks.length && next - yielded < slots.length * 2) {
      const slot = free.shift() as number;
      const index = next++;
      const started = run(slots[slot], tasks[index]).then((result) => ({ slot, index, result }));
      started.catch(() => {}); // The first failure ends the share; later ones must not count as unhandled.
      running.set(slot, started);
    }
    if (!done.has(yielded)) {
      const finished = await Promise.race(running.values());
      running.delete(finished.slot);
      free.push(finished.slot);
      done.set(finished.index, finished.result);
    }
    while (done.has(yielded)) {
      const result = done.get(yielded) as Result;
      done.delete(yielded);
      yielded++;
      yield result;
    }
  }
}
