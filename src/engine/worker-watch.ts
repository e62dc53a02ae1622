// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../errors.js';

/**
 * A promise that rejects when `worker` dies. A script error fires an event; a worker that the browser kills (out of memory)
 * fires none, so the worker holds a Web Lock of its own (see `holdLock`), which the browser frees with it. `advice` ends the
 * message.
 */
export function watchWorker(
  worker: Worker,
  lockName: string,
  stop: AbortSignal,
  advice = 'the files are kept, try again',
): Promise<never> {
  const died = new Promise<never>((_, reject) => {
    const fail = (reason: string): void =>
      reject(new DriftglassError('EngineError', `the worker died${reason}; ${advice}`));
    worker.addEventListener(
      'error',
      (event) => {
        // Ours to handle: without this the page's own error handlers would hear of it.
        event.preventDefault();
        fail(event.message ? `: ${event.message}` : '');
      },
      { signal: stop },
    );
    worker.addEventListener('messageerror', () => fail(': a message could not be read'), { signal: stop });
    // Sandboxed frames refuse locks; then only the events are left.
    locks()
      ?.request(lockName, { signal: stop }, () => fail(''))
      .catch(() => {});
  });
  died.catch(() => {});
  return died;
}

/** randomUUID is for secure contexts only; an intranet page over http is none. */
export function newLockName(): string {
  return `driftglass-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
}

/** In the worker: holds the lock for as long as the worker lives. Resolves once it is held, or cannot be. */
export function holdLock(lockName: string): Promise<void> {
  return new Promise((held) => {
    const request = locks()?.request(lockName, () => {
      held();
      return new Promise<never>(() => {});
    });
    if (request === undefined) held();
    else request.catch(() => held());
  });
}

function locks(): LockManager | undefined {
  return (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks;
}
