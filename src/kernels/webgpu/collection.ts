// SPDX-License-Identifier: Apache-2.0
import type { VectorPartial } from '../vectors.js';

/** What one `take` collects. */
export interface Collection {
  readonly partial: VectorPartial;
  /** Batches that are not in `partial` yet. */
  pending: number;
  /** Nobody wants it any more. */
  dropped: boolean;
  /** Why it cannot be had, once that is so. */
  failed?: unknown;
  settle?: { resolve(partial: VectorPartial): void; reject(error: unknown): void };
}

/** Answers whoever waits. */
export function settle({ failed, partial, settle: waiter }: Collection): void {
  if (failed === undefined) waiter?.resolve(partial);
  else waiter?.reject(failed);
}
