// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../errors.js';

/**
 * Work is cut into turns of about 4 ms, so that messages are heard and, on a page, frames are drawn: after this long, none
 * of the steps, which take about 1 ms on a page, begins.
 */
const TURN_MS = 3;

let turnStarted = 0;

/**
 * To be awaited between pieces of work: gives way to whatever waits (a cancel, another thread's answer, a frame) when this
 * turn has lasted long enough, else goes on at once. Awaiting settled promises alone never lets a message in.
 * @throws AbortError when `signal` is aborted by then
 */
export async function giveWay(signal?: AbortSignal): Promise<void> {
  if (performance.now() - turnStarted >= TURN_MS) {
    await nextTurn();
    turnStarted = performance.now();
  }
  if (signal?.aborted) throw new DriftglassError('AbortError', 'cancelled');
}

/** Takes the steps of one piece of work, and gives way between them. @throws AbortError as `giveWay` */
export async function inTurns<T>(steps: Generator<void, T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await giveWay(signal);
  }
}

/** A message to ourselves: timers are clamped to 4 ms when nested, and there is no other way in every host. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
