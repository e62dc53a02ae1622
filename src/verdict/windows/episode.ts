// SPDX-License-Identifier: Apache-2.0
/** Names when a change happened, from the ratings of the current calendar windows. */
import type { Rating } from '../verdict.js';

export interface Episode {
  readonly shape: 'temporary' | 'since' | 'throughout' | 'repeated';
  /** First and last window that stands out (ms since 1970 UTC, end exclusive). */
  readonly start: number;
  readonly end: number;
  /** "temporary: 23 Apr – 13 May, back since", "since 3 May", "throughout", "on and off: 5 of 20 windows since 3 May". */
  readonly text: string;
}

export interface EpisodeWindow {
  readonly start: number;
  readonly end: number;
  readonly rating: Rating;
}

/** Share of the windows that must stand out to say "throughout". */
const THROUGHOUT = 0.8;
/** Quiet windows inside one episode, at most: a weekend does not end it. */
const QUIET = 2;
const DAY = 86_400_000;

/**
 * `windows` are the current side's, in time order; windows that could not be rated (`unknown`, `notRated`) neither
 * make nor end an episode. Undefined when none stands out.
 */
export function nameEpisode(windows: readonly EpisodeWindow[]): Episode | undefined {
  const rated = windows.filter(({ rating }) => rating !== 'notRated' && rating !== 'unknown');
  const out = rated.map(({ rating }) => rating === 'drift' || rating === 'watch');
  const count = out.filter(Boolean).length;
  if (count === 0) return undefined;
  const runs = runsOf(out);
  const start = rated[runs[0]![0]]!.start;
  const last = runs.at(-1)!;
  const end = rated[last[1]]!.end;
  const fine = windows.some((window) => window.end - window.start < DAY);
  const from = dateText(rated[last[0]]!.start, fine);
  if (count >= THROUGHOUT * rated.length && count > 1 && rated.length >= windows.length / 2) {
    return { shape: 'throughout', start, end, text: 'throughout' };
  }
  const open = last[1] === rated.length - 1;
  if (runs.length === 1 && open) return { shape: 'since', start, end, text: `since ${from}` };
  if (runs.length === 1) {
    const to = dateText(end - 1, fine);
    const span = from === to ? from : `${from} – ${to}`;
    return { shape: 'temporary', start, end, text: `temporary: ${span}, back since` };
  }
  const text = `on and off: ${count} of ${rated.length} windows since ${dateText(start, fine)}`;
  return { shape: 'repeated', start, end, text };
}

/** Runs [first, last] of true, joined across at most QUIET false ones. */
function runsOf(out: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  out.forEach((high, i) => {
    if (!high) return;
    const run = runs.at(-1);
    if (run && i - run[1] <= QUIET + 1) run[1] = i;
    else runs.push([i, i]);
  });
  return runs;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dateText(ms: number, withHour: boolean): string {
  const date = new Date(ms);
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  return withHour ? `${day} ${String(date.getUTCHours()).padStart(2, '0')}:00` : day;
}
