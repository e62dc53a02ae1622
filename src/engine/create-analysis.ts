// SPDX-License-Identifier: Apache-2.0
import type { AnalysisOptions } from './client.js';
import type { Analysis } from './protocol.js';

/** One comparison in a worker of its own; it and the code for it are loaded by the first call. */
export function createAnalysis(options: AnalysisOptions = {}): Analysis {
  let loaded: Promise<Analysis> | undefined;
  let isDisposed = false;
  const load = async (): Promise<Analysis> => {
    const client = await import('./client.js');
    const analysis = client.createAnalysis(options);
    if (isDisposed) analysis.dispose();
    return analysis;
  };
  const call = async <T>(action: (analysis: Analysis) => Promise<T>): Promise<T> => {
    loaded ??= load();
    return action(await loaded);
  };
  return {
    prepare: (names) => {
      // What fails is told by the first call.
      call(async (analysis) => analysis.prepare(names)).catch(() => {});
    },
    open: (...given) => call((analysis) => analysis.open(...given)),
    splitOffers: () => call((analysis) => analysis.splitOffers()),
    compare: (...given) => call((analysis) => analysis.compare(...given)),
    rerate: (...given) => call((analysis) => analysis.rerate(...given)),
    exportAs: (...given) => call((analysis) => analysis.exportAs(...given)),
    embedding: (...given) => call((analysis) => analysis.embedding(...given)),
    rows: (...given) => call((analysis) => analysis.rows(...given)),
    dispose: () => {
      isDisposed = true;
      loaded?.then((analysis) => analysis.dispose()).catch(() => {});
    },
  };
}
