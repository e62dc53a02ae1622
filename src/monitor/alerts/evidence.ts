// SPDX-License-Identifier: Apache-2.0
/** What alerts are made of. */
import type { Frame } from '../../baseline/frame.js';
import type { WindowProfile } from '../../distances/comparison.js';
import type { Profile } from '../../profile/parts.js';
import type { Settings } from '../../verdict/settings.js';
import type { AlertSubject } from '../alert.js';
import type { WindowVerdict } from '../window-verdict.js';

/** A window that was judged. */
export interface WindowEvidence {
  readonly verdict: WindowVerdict;
  readonly frame: Frame;
  /** The profile that it was compared with. */
  readonly reference: Profile;
  /** The reference's own windows, in the order of time. Default: none are known. */
  readonly referenceWindows?: readonly Pick<WindowProfile, 'start' | 'end' | 'profile'>[];
  /** Whether the frame was fitted on rows of the reference. Default true. */
  readonly holdsFitted?: boolean;
  /** The whole window. */
  readonly current: Profile;
  /** The disjoint blocks of this window, in the order of time; none when they are not at hand. */
  readonly blocks: readonly Profile[];
  /** Share of its rows that the window of the same kind before held too; 0 for windows that do not overlap. */
  readonly overlap: number;
  /** Windows that its new rows count as. Default 1 − overlap; less where they came in a small part of its time. */
  readonly weight?: number;
  /** Tolerances, metrics and roles. Default: those of the library. */
  readonly settings?: Settings;
}

/**
 * One number about anything but a feature, with its limits: realized performance (by how much it fell), a business
 * metric, the system. A larger `value` is worse.
 */
export interface SubjectEvidence {
  readonly subject: AlertSubject;
  /** Kind of window, as in WindowFacts; and the window's times, ms. */
  readonly spec: string;
  readonly start: number;
  readonly end: number;
  readonly value: number;
  /** Lower confidence limit of the value: the window speaks for an alert when it is over the threshold. */
  readonly low: number;
  readonly threshold: number;
  /** Share of what was measured that the window of this kind before measured too. Default 0. */
  readonly overlap?: number;
  /** What happened, for people: "Accuracy fell from 91 % to 84 %." */
  readonly sentence: string;
  /** What to do about it. */
  readonly advice?: string;
}
