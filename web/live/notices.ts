// SPDX-License-Identifier: Apache-2.0
import type { Alert } from '../../src/monitor/alert.js';
import type { WindowVerdict } from '../../src/monitor/window-verdict.js';
import type { Break } from './breaks.js';

/** An alert that was raised after a break had begun. */
export interface Notice {
  readonly id: string;
  readonly subject: string;
  readonly sentence: string;
  /** From the break's begin: ms of event time, ms that a person waited, windows that were judged. */
  readonly after: number;
  readonly waited: number;
  readonly windows: number;
  /** From the break's end: ms of event time; null while it is open. Negative for one that recovered before. */
  readonly recovered: number | null;
}

/** One break and what the monitor said of it. */
export interface Trial {
  readonly broken: Break;
  /** Event time, ms. */
  readonly since: number;
  /** Wall time, ms. */
  readonly began: number;
  readonly ended: number | null;
  readonly windows: number;
  readonly notices: readonly Notice[];
}

export function newTrial(broken: Break, since: number, began: number): Trial {
  return { broken, since, began, ended: null, windows: 0, notices: [] };
}

/** Windows that hold rows of the break, until it ended. */
export function countWindow(trial: Trial, { window }: WindowVerdict): Trial {
  const isOf = window.end > trial.since && trial.ended === null;
  return isOf ? { ...trial, windows: trial.windows + 1 } : trial;
}

/** What an alert says of a break: it was noticed, or it is over. */
export function addAlert(trial: Trial, alert: Alert, now: number): Trial {
  const { id, state, at, subject, sentence } = alert;
  const known = trial.notices.find((notice) => notice.id === id);
  if (state === 'raised' && known === undefined && at > trial.since && isInTime(trial, at)) {
    const notice: Notice = {
      id,
      subject: subject.name,
      sentence,
      after: at - trial.since,
      waited: now - trial.began,
      windows: trial.windows,
      recovered: null,
    };
    return { ...trial, notices: [...trial.notices, notice] };
  }
  if (state !== 'recovered' || known === undefined) return trial;
  const recovered = at - (trial.ended ?? at);
  return {
    ...trial,
    notices: trial.notices.map((notice) => (notice === known ? { ...notice, recovered } : notice)),
  };
}

/** An alert long after the end is about something else. */
function isInTime({ ended }: Trial, at: number): boolean {
  return ended === null || at <= ended + 2 * 86_400_000;
}
