// SPDX-License-Identifier: Apache-2.0
import type { MonitorHost } from '../host.js';

/** A host that stands ready to be opened. */
export interface RunningHost {
  readonly host: MonitorHost;
  /** Where it runs ("worker", "page"), and why not elsewhere. */
  readonly place: string;
  readonly notes: readonly string[];
  /** Rejects when what the host runs in dies. */
  readonly died: Promise<never>;
  /** Ends what it runs in. */
  readonly end: () => void;
}
