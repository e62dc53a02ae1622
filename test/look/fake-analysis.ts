// SPDX-License-Identifier: Apache-2.0
import type {
  Analysis,
  CompareOptions,
  ExportKind,
  Progress,
  RowTable,
  SideInfo,
  SplitOffer,
} from '../../src/engine/protocol.js';
import { DriftglassError } from '../../src/errors.js';
import type { EmbeddingView } from '../../src/report/embedding-view.js';
import type { Report } from '../../src/report/report.js';
import { DEFAULT_SETTINGS, type Settings } from '../../src/verdict/settings.js';
import { flightsReport } from './fixture-report.js';

/** An analysis without an engine, for pictures and tests of the page. Files called bad* fail to open. */
export class FakeAnalysis implements Analysis {
  readonly calls: string[] = [];
  report: Report = flightsReport();
  #comparing = false;
  /** Comparing waits for this. */
  hold: Promise<void> = Promise.resolve();

  prepare(): void {}

  async open(
    side: 'reference' | 'current',
    files: readonly { name: string }[],
    options: object = {},
  ): Promise<SideInfo> {
    const name = files.map((file) => file.name).join(', ');
    this.calls.push(
      `open ${side} ${name}${Object.keys(options).length > 0 ? ` ${JSON.stringify(options)}` : ''}`,
    );
    if (name.startsWith('bad')) {
      throw new DriftglassError(
        'SourceError',
        `${name}: not a table: the first bytes are those of a PNG picture`,
      );
    }
    const csv = name.endsWith('.csv');
    return {
      name,
      format: csv ? 'csv' : 'parquet',
      rows: csv ? undefined : 3_000_000,
      bytes: 13_493_022,
      schema: [
        { name: 'date', type: 'time', declared: 'timestamp[us]' },
        { name: 'delay', type: 'number', declared: 'int64' },
        { name: 'origin', type: 'string' },
      ],
      notes: csv ? ['delimiter ;', 'first row names the columns', 'decimal comma'] : [],
      groups: [],
      preview: [
        ['2001-01-01 00:01', '14', 'LAX'],
        ['2001-01-01 00:05', '-3', 'ORD'],
      ],
      ...(csv
        ? {
            dialect: {
              delimiter: ';',
              quote: '"',
              header: true,
              skipRows: 0,
              comment: '',
              decimal: ',',
              encoding: 'utf-8',
            },
          }
        : {}),
    };
  }

  async splitOffers(): Promise<readonly SplitOffer[]> {
    return [
      { column: 'date', at: '2001-04-01' },
      { column: 'origin', values: ['LAX', 'ORD', 'SFO'] },
    ];
  }

  async embedding(): Promise<EmbeddingView> {
    return { map: null, projections: [], shift: { mean: [], spread: [], clusters: [] }, typical: [] };
  }

  async rows(): Promise<RowTable> {
    return { columns: [], rows: [] };
  }

  async compare(
    options: CompareOptions & { signal?: AbortSignal; onProgress?: (progress: Progress) => void } = {},
  ): Promise<Report> {
    // As the engine does: it ends a cancelled comparison at its next part, and refuses a second one until then.
    if (this.#comparing) throw new DriftglassError('EngineError', 'a comparison is running: cancel it first');
    this.#comparing = true;
    try {
      return await this.#compare(options);
    } finally {
      this.#comparing = false;
    }
  }

  async #compare(
    options: CompareOptions & { signal?: AbortSignal; onProgress?: (progress: Progress) => void },
  ): Promise<Report> {
    this.calls.push(`compare${options.split === undefined ? '' : ` split ${JSON.stringify(options.split)}`}`);
    options.onProgress?.({
      phase: 'reading',
      rows: 1_310_720,
      bytes: 5_890_000,
      totalBytes: 13_493_022,
      seconds: 0.61,
    });
    await this.hold;
    if (options.signal?.aborted) throw new DriftglassError('AbortError', 'cancelled');
    return this.#with(options.settings);
  }

  async rerate(settings: Partial<Settings>): Promise<Report> {
    this.calls.push(`rerate ${JSON.stringify(settings.tolerances ?? {})}`);
    return this.#with(settings);
  }

  async exportAs(kind: ExportKind): Promise<Blob> {
    this.calls.push(`export ${kind}`);
    return new Blob([kind]);
  }

  dispose(): void {
    this.calls.push('dispose');
  }

  #with(settings: Partial<Settings> = {}): Report {
    return { ...this.report, settings: { ...DEFAULT_SETTINGS, ...settings } };
  }
}
