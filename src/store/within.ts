// SPDX-License-Identifier: Apache-2.0

/** Thrown by `within`; its name tells it from what IndexedDB throws. */
export class Timeout extends Error {
  override readonly name = 'Timeout';
}

/** The promise, or a rejection with Timeout when it takes longer than `ms`. */
export function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Timeout(`no answer within ${ms / 1000} s`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
