// SPDX-License-Identifier: Apache-2.0
import type { TemplateResult } from 'lit';
import type { WindowReport } from '../../report/report.js';
import { listed } from '../../verdict/words/number-words.js';
import { type DataTable, dataTable } from '../internal/data-table.js';
import type { TimedFeature } from '../internal/heat.js';
import type { Timeline } from '../internal/live-series.js';
import { formatCount, formatNumber } from '../internal/number-text.js';
import { outcomeName } from '../internal/outcome-plot.js';
import { formatSpan } from '../internal/time-text.js';
import { metricName, metricShort, ratingWord } from '../internal/words.js';

/** What the heat map and the lines of a timeline show, by window. */
export function timelineTable(
  { windows, spans, features, outcomes, annotations }: Timeline,
  { name, series }: TimedFeature,
  opening: Pick<DataTable, 'open' | 'onToggle'>,
): TemplateResult {
  return dataTable({
    summary: 'as a table',
    caption: `${metricName(series.metric)} of ${name} by window`,
    head: [
      'window',
      'side',
      'rows',
      metricShort(series.metric),
      'threshold',
      'rating',
      'features in drift',
      ...(outcomes === null ? [] : [outcomeName(outcomes.find(Boolean)?.metric ?? 'accuracy')]),
      ...(annotations.length === 0 ? [] : ['noted']),
    ],
    rows: () =>
      windows.map((window, i) => [
        formatSpan(spans[i]?.start ?? 0, spans[i]?.end ?? 0),
        window.side,
        formatCount(window.rows),
        formatNumber(series.values[i]),
        formatNumber(series.threshold),
        ratingWord(series.ratings[i] ?? 'unknown'),
        driftingIn(i, features),
        ...(outcomes === null ? [] : [formatNumber(outcomes[i]?.value)]),
        ...(annotations.length === 0 ? [] : [notedIn(window, annotations)]),
      ]),
    ...opening,
  });
}

/** What the heat map shows of one window, in words. */
function driftingIn(window: number, features: readonly TimedFeature[]): string {
  const names = features.filter(({ series }) => series.ratings[window] === 'drift').map(({ name }) => name);
  return names.length === 0 ? 'none' : listed(names, 5);
}

function notedIn(window: WindowReport, annotations: Timeline['annotations']): string {
  const texts = annotations.filter(({ at }) => at >= window.start && at < window.end).map(({ text }) => text);
  return texts.length === 0 ? '–' : texts.join(', ');
}
