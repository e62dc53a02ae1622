// SPDX-License-Identifier: Apache-2.0
/** Timers as a host has them, or as a test wants them. */
export interface Timers {
  set(callback: () => void, ms: number): unknown;
  clear(timer: unknown): void;
}

export const hostTimers: Timers = {
  set(callback, ms) {
    const timer = setTimeout(callback, ms);
    // Where timers keep a process alive they must not.
    (timer as { unref?: () => void }).unref?.();
    return timer;
  },
  clear(timer) {
    clearTimeout(timer as ReturnType<typeof setTimeout>);
  },
};
