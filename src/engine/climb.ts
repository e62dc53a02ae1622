// SPDX-License-Identifier: Apache-2.0
import { messageOf } from '../errors.js';
import type { Rung } from './rung.js';

/** Long enough for a phone on a slow network; a missing or forbidden script is reported at once, without this wait. */
const PATIENCE_MS = 15_000;

/** Where a worker's work came to run: a worker, a worker whose script is a blob, or the page itself. */
type StartedPlace = 'worker' | 'blob worker' | 'page';

export interface Started {
  /** Loaded and ready for calls; `null` when the page itself has to do the work. */
  readonly worker: Worker | null;
  readonly place: StartedPlace;
  /** One sentence for each way that was tried and failed. */
  readonly notes: readonly string[];
}

export interface StartOptions {
  /** The app's way of making the worker: a fresh one each time. Tried first. */
  readonly worker?: (() => Worker) | undefined;
  /** Longest wait for a worker's first word, in ms. Default 15,000. */
  readonly patienceMs?: number;
}

/**
 * Climbs down the ladder until a worker answers: the app's factory → the rungs, best first → none. Each way is tried once.
 * Never rejects: what failed is in `notes`.
 */
export async function climb(
  rungs: readonly Rung[],
  { worker: own, patienceMs = PATIENCE_MS }: StartOptions = {},
): Promise<Started> {
  const ladder = own === undefined ? rungs : [appRung(own), ...rungs];
  const notes: string[] = [];
  if (typeof Worker === 'undefined') {
    return { worker: null, place: 'page', notes: ['there are no workers here'] };
  }
  for (const { place, name, make } of ladder) {
    let worker: Worker;
    try {
      worker = make();
    } catch (error) {
      notes.push(`${name}: ${messageOf(error)}`);
      continue;
    }
    const failure = await firstWord(worker, patienceMs);
    if (failure === null) return { worker, place, notes };
    worker.terminate();
    notes.push(`${name}: ${failure}`);
  }
  return { worker: null, place: 'page', notes };
}

function appRung(make: () => Worker): Rung {
  return { place: 'worker', name: "the app's worker", make };
}

/** `null` once the worker says that it has loaded, else why it will not. */
function firstWord(worker: Worker, patienceMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const settle = (failure: string | null): void => {
      clearTimeout(timer);
      worker.removeEventListener('message', onMessage);
      worker.removeEventListener('error', onError);
      resolve(failure);
    };
    const onMessage = (event: MessageEvent<unknown>): void => {
      if (isReady(event.data)) settle(null);
    };
    const onError = (event: ErrorEvent): void => {
      // Ours to handle: without this the page's own error handlers would hear of it.
      event.preventDefault();
      // A script that is missing or forbidden gives a bare event, for security: browsers tell only the console.
      settle(event.message || 'its script could not be loaded');
    };
    const timer = setTimeout(() => settle(`no answer within ${patienceMs / 1000} s`), patienceMs);
    worker.addEventListener('message', onMessage);
    worker.addEventListener('error', onError);
  });
}

function isReady(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'driftglass' in data && data.driftglass === 'ready';
}
