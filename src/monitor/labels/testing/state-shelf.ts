// SPDX-License-Identifier: Apache-2.0
import type { StoredState } from '../../../store/store.js';

/** Keeps states as a store does: by key, cloned. */
export class StateShelf {
  readonly states = new Map<string, unknown>();

  keep(changes: readonly StoredState[]): void {
    for (const { key, value } of changes) this.states.set(key, structuredClone(value));
  }

  readonly read = async (key: string): Promise<unknown> => structuredClone(this.states.get(key));
}
