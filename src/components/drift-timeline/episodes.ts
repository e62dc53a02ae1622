// SPDX-License-Identifier: Apache-2.0
import type { FeatureReport, WindowReport } from '../../report/report.js';
import { formatSpan, formatTime } from '../internal/time-text.js';

/** A run of windows that drifted (or asked to be watched), and whether it ended. */
export interface Episode {
  readonly rating: 'drift' | 'watch';
  /** Window indexes, first inclusive, last exclusive. */
  readonly from: number;
  readonly to: number;
  readonly over: boolean;
  readonly text: string;
}

/** The runs of the current side, longest first; drift before watch. Windows that cannot be told do not break a run. */
export function episodes(
  series: NonNullable<FeatureReport['series']>,
  windows: readonly WindowReport[],
): Episode[] {
  const found: Episode[] = [];
  for (const rating of ['drift', 'watch'] as const) {
    let from = -1;
    let last = -1;
    const close = (): void => {
      if (from >= 0) found.push(describe(rating, [from, last + 1], windows));
      from = -1;
    };
    windows.forEach((window, i) => {
      if (window.side !== 'current') return;
      const here = series.ratings[i];
      if (here === rating) {
        if (from < 0) from = i;
        last = i;
      } else if (here !== 'unknown' && here !== 'notRated') close();
    });
    close();
  }
  const weight = ({ rating, from, to }: Episode): number => (rating === 'drift' ? 1e6 : 0) + (to - from);
  found.sort((a, b) => weight(b) - weight(a));
  // The report's own words name the longest one.
  const [longest] = found;
  if (longest !== undefined && series.episode) found[0] = { ...longest, text: series.episode };
  return found;
}

function describe(
  rating: 'drift' | 'watch',
  [from, to]: readonly [number, number],
  windows: readonly WindowReport[],
): Episode {
  const start = windows[from] as WindowReport;
  const end = windows[to - 1] as WindowReport;
  const over = to < windows.length;
  const step = end.end - end.start;
  const text = over
    ? `${rating} ${formatSpan(start.start, end.end)}, back since`
    : `${rating} since ${formatTime(start.start, Math.min(step, 86_400_000))}`;
  return { rating, from, to, over, text };
}
