// SPDX-License-Identifier: Apache-2.0
/** One way to make a worker. */
export interface Rung {
  readonly place: 'worker' | 'blob worker';
  /** What it is, for notes to people. */
  readonly name: string;
  /** Throws, or gives a worker that may yet turn out dead. */
  readonly make: () => Worker;
}
