// SPDX-License-Identifier: Apache-2.0
import type { ChosenKernels } from '../../kernels/choose.js';
import type { Baseline } from '../../profile/baseline-file.js';
import type { Store } from '../../store/store.js';
import type { Settings } from '../../verdict/settings.js';
import type { HostConfig } from '../host.js';
import type { NewsDesk } from './news-desk.js';
import type { MonitorTools } from './tools.js';
import type { WindowPlans } from './window-plan.js';

/** What a core is made of, the same for as long as its tab leads. */
export interface CoreOptions {
  readonly config: HostConfig;
  readonly plans: WindowPlans;
  readonly settings: Settings;
  /** null where the app gave none. */
  readonly baseline: Baseline | null;
  readonly kernels: ChosenKernels;
  readonly tools: MonitorTools;
  readonly store: Store;
  readonly desk: NewsDesk;
  readonly now: () => number;
  /** ms that only grow. */
  readonly clock: () => number;
  /** Called when windows wait, before more rows are measured. */
  readonly onPause: () => Promise<void>;
}
