// SPDX-License-Identifier: Apache-2.0
import type { Comparison } from '../distances/comparison.js';
import { DriftglassError } from '../errors.js';
import type { Kernels } from '../kernels/kernels.js';
import type { EmbeddingView } from '../report/embedding-view.js';
import type { EngineInfo, Report } from '../report/report.js';
import type { Bytes } from '../sources/source.js';
import type { Settings } from '../verdict/settings.js';
import { rowsAsText } from './cell-text.js';
import { compareGathered } from './compare-gathered.js';
import { completeSettings, otherFrame } from './complete-settings.js';
import { type Exported, encoded, exportReport } from './export-report.js';
import {
  type Gathered,
  type GatherInput,
  gather,
  gatherReference,
  type ReferenceSide,
  regather,
} from './gather.js';
import { type Helper, LocalHelper } from './helper.js';
import { type OpenedSide, openSide } from './open-side.js';
import { ProgressMeter } from './progress.js';
import type {
  CompareOptions,
  ExportKind,
  FileSpec,
  MapAxes,
  OpenOptions,
  Progress,
  RowTable,
  Side,
  SideInfo,
  SplitOffer,
} from './protocol.js';
import { baselineInfo, baselineOf, savedBaseline } from './saved-baseline.js';
import { WORTH_SHARING } from './worth-sharing.js';

const MIB = 1024 * 1024;
const DEFAULT_MEMORY_BUDGET = 256 * MIB;
/** Rows that are listed at a time. */
const MOST_LISTED = 1_000;

export interface EngineOptions {
  /** Bytes of input from which other threads are asked to help. Default 32 MiB. */
  readonly worthSharing?: number;
  readonly kernels: Kernels;
  readonly openBytes: (file: FileSpec) => Bytes | Promise<Bytes>;
  /** Where this engine runs, for the report. */
  readonly place: EngineInfo['place'];
  /** Why fallbacks were taken. */
  readonly notes?: readonly string[];
  /** The elements' bundle, for HTML export. */
  readonly standaloneScript?: () => Promise<string>;
}

interface Last {
  readonly gathered: Gathered;
  readonly comparison: Comparison;
  readonly report: Report;
  readonly run: RunOptions;
}

export interface RunOptions extends CompareOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Compares two sides. A plain class: the worker exposes it, tests and the Node command use it directly. */
export class Engine {
  readonly #options: EngineOptions;
  /** The lead's own hands last: see crew.ts. */
  readonly #crew: Helper[];
  readonly #local: LocalHelper;
  #nextId = 1;
  #sides: { reference: ReferenceSide | null; current: OpenedSide | null } = {
    reference: null,
    current: null,
  };
  #last: Last | null = null;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#local = new LocalHelper(options.kernels, options.openBytes, { inSteps: this.#inSteps });
    this.#crew = [this.#local];
  }

  /** On the page itself: there the host's frames come first. */
  get #inSteps(): boolean {
    return this.#options.place === 'page';
  }

  /** More hands on other threads; they take parts of the reading and the measuring, of a comparison under way too. */
  addHelper(helper: Helper): void {
    this.#crew.unshift(helper);
  }

  /**
   * Opens the files of one side, or a saved baseline as the reference. A side that fails to open leaves the earlier one
   * in place.
   * @throws SourceError naming file, place and reason
   */
  async open(side: Side, files: readonly FileSpec[], options: OpenOptions = {}): Promise<SideInfo> {
    const baseline = files.length === 1 ? await savedBaseline(await this.#options.openBytes(files[0])) : null;
    if (baseline !== null) {
      if (side === 'current')
        throw new DriftglassError('SourceError', `${files[0].name}: a baseline can only be the reference`);
      this.#sides.reference = { baseline };
      return baselineInfo(baseline, files[0].name);
    }
    const opened = await openSide({ id: this.#nextId++, files, options }, this.#local);
    this.#sides[side] = opened;
    return opened.info;
  }

  /** How the current side's file may be split, from a sample of its rows, best first. */
  async splitOffers(): Promise<readonly SplitOffer[]> {
    const { current } = this.#sides;
    if (current === null) return [];
    const { splitOffers } = await import('./split-offers.js');
    return splitOffers(await this.#local.openSource(current.spec), this.#inSteps ? 1_024 : 8_192);
  }

  /** Forgets a side. */
  close(side: Side): void {
    this.#sides[side] = null;
  }

  /** Reads, measures and rates. @throws SettingsError, SourceError, AbortError; earlier results stay. */
  async compare(run: RunOptions = {}): Promise<Report> {
    const { current, reference } = this.#sides;
    if (current === null)
      throw new DriftglassError('SettingsError', 'there is no current data: open a file first');
    const settings = completeSettings(run.settings);
    const meter = this.#meter(run);
    const input = this.#gatherInput(run, settings, meter);
    const gathered = await gather({
      ...input,
      reference: run.split === undefined ? reference : null,
      current,
      split: run.split ?? null,
      reopen: (spec, schema) => openSide({ ...spec, id: this.#nextId++, schema }, this.#local),
    });
    return this.#finish(gathered, run, settings, meter);
  }

  /** The last comparison under other settings. @throws SettingsError when there is none. */
  async rerate(
    settings: Partial<Settings>,
    options: Pick<RunOptions, 'signal' | 'onProgress'> = {},
  ): Promise<Report> {
    if (this.#last === null) throw new DriftglassError('SettingsError', 'there is no comparison yet');
    const { gathered, comparison, report } = this.#last;
    const run = { ...this.#last.run, ...options, settings };
    const complete = completeSettings(settings);
    const meter = this.#meter(run);
    if (otherFrame(report.settings, complete)) {
      const again = await regather(gathered, this.#gatherInput(run, complete, meter));
      return again === null ? this.compare(run) : this.#finish(again, run, complete, meter);
    }
    if (report.settings.level !== complete.level || report.settings.seed !== complete.seed)
      return this.#finish(gathered, run, complete, meter);
    return this.#rate(gathered, comparison, run, complete, meter);
  }

  /** The last report as a file. */
  async exportAs(kind: ExportKind): Promise<Exported> {
    if (this.#last === null) {
      throw new DriftglassError('SettingsError', 'there is no comparison to export yet');
    }
    const { report, gathered } = this.#last;
    const { frame, reference } = gathered;
    return exportReport(kind, {
      report,
      baseline: () => baselineOf(frame, reference.windowed, reference.name),
      standaloneScript: this.#options.standaloneScript,
    });
  }

  /** What is drawn of an embedding of the last comparison. @throws SettingsError when there is none of that name */
  async embedding(name: string, axes?: MapAxes): Promise<EmbeddingView> {
    if (this.#last === null) throw new DriftglassError('SettingsError', 'there is no comparison yet');
    const { gathered, comparison } = this.#last;
    const { embeddingPicture } = await import('./embedding-picture.js');
    return embeddingPicture(
      comparison.features.find(({ feature }) => feature.name === name),
      { reference: gathered.reference.rows, current: gathered.current.rows },
      { name, axes },
    );
  }

  /** Rows of one side of the last comparison as text; none where rows were not kept. */
  async rows(numbers: readonly number[], side: Side = 'current'): Promise<RowTable> {
    const rows = this.#last?.gathered[side].rows ?? null;
    if (rows === null) return { columns: [], rows: [] };
    return rowsAsText(rows, numbers, MOST_LISTED);
  }

  /** Measures the reference alone and encodes it as a baseline file. */
  async makeBaseline(run: RunOptions = {}): Promise<ArrayBuffer> {
    const { reference } = this.#sides;
    if (reference === null || 'baseline' in reference)
      throw new DriftglassError('SettingsError', 'there is no reference data: open a file first');
    const settings = completeSettings(run.settings);
    const { frame, windowed } = await gatherReference({
      ...this.#gatherInput(run, settings, this.#meter(run)),
      reference,
    });
    return encoded(baselineOf(frame, windowed, reference.info.name));
  }

  async #finish(
    gathered: Gathered,
    run: RunOptions,
    settings: Settings,
    meter: ProgressMeter,
  ): Promise<Report> {
    const comparison = await compareGathered(gathered, {
      settings,
      helpers: this.#helpers(),
      signal: run.signal,
      meter,
    });
    return this.#rate(gathered, comparison, run, settings, meter);
  }

  async #rate(
    gathered: Gathered,
    comparison: Comparison,
    run: RunOptions,
    settings: Settings,
    meter: ProgressMeter,
  ): Promise<Report> {
    const { ratedReport } = await import('./rated-report.js');
    const report = await ratedReport({
      comparison,
      settings,
      notes: gathered.notes,
      inSteps: this.#inSteps,
      signal: run.signal,
      engine: () => ({
        kernels: this.#options.kernels.name,
        place: this.#options.place,
        workers: this.#helpers().length,
        mode: gathered.reference.rows === null ? 'certified' : 'exact',
        milliseconds: Math.round(meter.milliseconds),
        notes: this.#options.notes ?? [],
      }),
    });
    this.#last = { gathered, comparison, report, run };
    return report;
  }

  #gatherInput(
    run: RunOptions,
    settings: Settings,
    meter: ProgressMeter,
  ): Pick<GatherInput, 'settings' | 'helpers' | 'kernels' | 'inSteps' | 'memoryBudget' | 'signal' | 'meter'> {
    const memoryBudget = run.memoryBudget ?? DEFAULT_MEMORY_BUDGET;
    return {
      settings,
      helpers: this.#helpers(),
      kernels: this.#options.kernels,
      inSteps: this.#inSteps,
      memoryBudget,
      signal: run.signal,
      meter,
    };
  }

  /** Others are asked only where there is work enough to be worth their start. */
  #helpers(): readonly Helper[] {
    const bytes = [this.#sides.reference, this.#sides.current].reduce(
      (sum, side) => sum + (side !== null && 'source' in side ? side.source.byteLength : 0),
      0,
    );
    return bytes < (this.#options.worthSharing ?? WORTH_SHARING) ? [this.#local] : this.#crew;
  }

  #meter(run: RunOptions): ProgressMeter {
    const { reference, current } = this.#sides;
    const sides = [run.split === undefined ? reference : null, current];
    const total = sides.reduce(
      (sum, side) => sum + (side !== null && 'source' in side ? side.source.byteLength : 0),
      0,
    );
    return new ProgressMeter(total, run.onProgress);
  }
}
