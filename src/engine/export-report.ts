// SPDX-License-Identifier: Apache-2.0
/** The writers, each loaded when it is first asked for. */
import { DriftglassError } from '../errors.js';
import type { Baseline } from '../profile/baseline-file.js';
import type { Report } from '../report/report.js';
import type { ExportKind } from './protocol.js';

export interface Exported {
  readonly type: string;
  readonly data: string | ArrayBuffer;
}

export async function exportReport(
  kind: ExportKind,
  from: {
    readonly report: Report;
    readonly baseline: () => Baseline;
    readonly standaloneScript: (() => Promise<string>) | undefined;
  },
): Promise<Exported> {
  switch (kind) {
    case 'json': {
      const { reportToJson } = await import('../report/json.js');
      return { type: 'application/json', data: reportToJson(from.report) };
    }
    case 'csv': {
      const { reportToCsv } = await import('../report/csv-table.js');
      return { type: 'text/csv', data: reportToCsv(from.report) };
    }
    case 'html': {
      if (from.standaloneScript === undefined) {
        throw new DriftglassError('EngineError', 'HTML export needs the standaloneScript option');
      }
      const { reportToHtml } = await import('../report/html.js');
      return { type: 'text/html', data: await reportToHtml(from.report, await from.standaloneScript()) };
    }
    case 'baseline':
      return { type: 'application/octet-stream', data: await encoded(from.baseline()) };
  }
}

export async function encoded(baseline: Baseline): Promise<ArrayBuffer> {
  const { encodeBaseline } = await import('../profile/baseline-file.js');
  return encodeBaseline(baseline);
}
