// SPDX-License-Identifier: Apache-2.0
import type { Store } from '../../store/store.js';
import type { Annotation } from '../snapshot.js';
import type { ReferenceSpec } from '../specs.js';
import type { RowVerdict, WindowVerdict } from '../window-verdict.js';
import type { RowCounts } from './counters.js';
import type { SavedWatermark } from './watermark.js';

/** Raised when a later version could misread what was saved. */
export const SAVED_VERSION = 1;
export const CORE_STATE = 'core';
export const REFERENCE_STATE = 'reference';
export const LEARNED_STATE = 'learned';
export const LEARNING_STATE = 'learning';

/** Everything small that a monitor remembers, in one state. */
export interface SavedCore {
  readonly version: typeof SAVED_VERSION;
  readonly frameId: string;
  /** What the baseline is called, for people. */
  readonly baseline: string;
  readonly nextId: number;
  readonly sequence: number;
  readonly counts: RowCounts;
  readonly late: number;
  readonly modelVersion: string;
  readonly watermark: SavedWatermark;
  /** What the app asked for, and what is used where somebody has switched. */
  readonly asked: ReferenceSpec;
  readonly reference: ReferenceSpec;
  readonly annotations: readonly Annotation[];
  readonly outliers: readonly RowVerdict[];
  readonly columns: readonly { readonly name: string; readonly type: string; readonly dimension?: number }[];
  /** Labels that go with the next rows, encoded; lacking in what earlier versions saved. */
  readonly labels?: Uint8Array<ArrayBuffer> | null;
  /** By kind of windows. */
  readonly thresholds: Readonly<Record<string, readonly (readonly [string, unknown])[]>>;
  readonly latest: Readonly<Record<string, WindowVerdict>>;
}

/** What was saved, null where there is nothing that this version can read. */
export async function readCore(store: Store): Promise<SavedCore | null> {
  const saved = await store.state(CORE_STATE);
  if (typeof saved !== 'object' || saved === null) return null;
  return (saved as SavedCore).version === SAVED_VERSION ? (saved as SavedCore) : null;
}
