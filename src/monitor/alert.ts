// SPDX-License-Identifier: Apache-2.0
import type { Duration } from './specs.js';

/** What an alert is about: a feature, a check, realized performance, a business metric, or the system. */
export interface AlertSubject {
  readonly kind: 'feature' | 'check' | 'performance' | 'metric' | 'system';
  /** Name of the feature or metric; of a check, its name. */
  readonly name: string;
}

/**
 * A verdict that should reach a person. One subject has one open alert at a time: it is raised once, told again while it
 * lasts (`persists`, at growing distances), and closed once.
 */
export interface Alert {
  /** Unique within a monitor's history, the same from `raised` to `recovered`. */
  readonly id: string;
  readonly subject: AlertSubject;
  readonly state: 'raised' | 'persists' | 'recovered';
  /** Kind of window it was seen in ("1,000 rows"). */
  readonly spec: string;
  /** ms; start of the first window that pointed to it, and end of the latest. */
  readonly since: number;
  readonly at: number;
  /** Windows that spoke for it, of the latest that were looked at. */
  readonly windows: { readonly drifting: number; readonly of: number };
  readonly value: number;
  readonly threshold: number;
  /** What happened and how sure it is, for people. */
  readonly sentence: string;
  /** What to do about it, by its likely cause; absent where it has recovered, or none is known. */
  readonly advice?: string;
}

export interface AlertOptions {
  /** Windows that must drift, of so many, before a person is told. Default 3 of 5. */
  readonly persistence?: { readonly k: number; readonly of: number };
  /** Windows in a row that must be clearly better than the threshold before it counts as recovered. Default 3. */
  readonly recovery?: number;
  /** Shortest time between two tellings of one alert that persists. Default "1d". */
  readonly remindEvery?: Duration;
}
