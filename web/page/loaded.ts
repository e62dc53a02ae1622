// SPDX-License-Identifier: Apache-2.0
import type { OpenOptions, Side, SideInfo } from '../../src/engine/protocol.js';
import { isSealed } from '../../src/profile/container.js';

/** What is on one side of the page. A file that failed keeps its name and the reason. */
export interface Loaded {
  readonly files: readonly File[];
  readonly name: string;
  readonly info?: SideInfo;
  readonly error?: string;
  readonly opening: boolean;
  readonly options: OpenOptions;
}

/** More than two files: which side each goes to. */
export interface Assignment {
  readonly file: File;
  readonly side: Side;
}

/** What stands in the form to split a file before it is sent. */
export interface SplitDraft {
  readonly column: string;
  readonly byTime: boolean;
  readonly place: string;
}

/** True for a file that driftglass itself wrote. One that cannot be read is left to the engine to explain. */
export async function isSaved(file: File): Promise<boolean> {
  try {
    return isSealed(new Uint8Array(await file.slice(0, 16).arrayBuffer()));
  } catch {
    return false;
  }
}
