// SPDX-License-Identifier: Apache-2.0
import { buildReport } from '../../report/build-report.js';
import type { embeddingDrawing } from '../../report/embedding-drawing.js';
import type { Report } from '../../report/report.js';
import type { Settings } from '../../verdict/settings.js';
import { VERSION } from '../../version.js';
import type { Judged } from './judged.js';

/** The whole report of a judged window. */
export function reportOf(
  { comparison, rated }: Judged,
  options: {
    readonly settings: Settings;
    readonly kernels: string;
    readonly place: string;
    readonly notes: readonly string[];
    readonly embeddings: { readonly embeddingDrawing: typeof embeddingDrawing } | null;
  },
): Report {
  const { settings, kernels, place, notes, embeddings } = options;
  return buildReport({
    comparison,
    rated,
    settings,
    version: VERSION,
    notes: [],
    embeddingDrawing: embeddings?.embeddingDrawing,
    engine: { kernels, place, workers: 1, mode: 'certified', milliseconds: 0, notes },
  });
}
