// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import { planOutcomes } from '../../performance/outcome-plan.js';
import type { Outcomes } from '../../performance/outcomes.js';
import type { StoredState } from '../../store/store.js';
import { AlertBook } from '../alerts/alert-book.js';
import type { SubjectEvidence } from '../alerts/evidence.js';
import type { Chunk, HostConfig, LabelBatch, MetricBatch, SystemSample } from '../host.js';
import type { JoinedLabels, LabelResult } from '../labels/label-batches.js';
import { LabelBook } from '../labels/label-book.js';
import { MetricBook, MOST_NAMES } from '../metrics/metric-book.js';
import type { Annotation } from '../snapshot.js';
import { SystemBook } from '../system/system-book.js';
import type { RowVerdict, WindowFacts, WindowVerdict } from '../window-verdict.js';
import { idsOf } from './block.js';
import type { MeasuredRows } from './measure-runs.js';
import type { NewsDesk } from './news-desk.js';
import type { OutlierWatch } from './outlier-watch.js';
import { type AwaitedWindow, PerformanceWatch } from './performance-watch.js';
import type { SeriesPoint } from './series-book.js';
import type { Session } from './session.js';
import type { SnapshotInput } from './snapshot-of.js';
import type { JudgedWindow } from './window-judge.js';

const MOST_ANNOTATIONS = 200;

export interface BooksOptions {
  readonly config: HostConfig;
  /** Kinds of windows. */
  readonly specs: readonly string[];
  /** null where no windows are of one row. */
  readonly outliers: OutlierWatch | null;
  readonly desk: NewsDesk;
  readonly now: () => number;
  /** Outcomes of these blocks have changed. */
  readonly onOutcomes: (blocks: ReadonlySet<number>) => void;
  /** Labels have found their predictions. */
  readonly onLabels: (joined: readonly JoinedLabels[]) => void;
}

/** What is known beside the windows: labels, alerts, business metrics, the system, rows that stand out, marks of the app's own. */
export class Books {
  readonly #options: BooksOptions;
  #labels: LabelBook;
  #alerts: AlertBook;
  #metrics = new MetricBook();
  #system: SystemBook;
  #annotations: readonly Annotation[] = [];
  readonly #performance = new PerformanceWatch();
  readonly #outliers: OutlierWatch | null;
  /** Whether there are outcomes to wait for. */
  #hasOutcomes = false;
  /** Since they were last stored. They are as large as all else, and windows end seldom. */
  #haveAlertsChanged = false;
  /** The store may hold anything. */
  #isAllDue = true;

  constructor(options: BooksOptions) {
    const { config, outliers, specs } = options;
    this.#options = options;
    this.#labels = new LabelBook({ plan: null, ...config.labels });
    this.#alerts = new AlertBook(config.alerts, undefined, specs);
    this.#system = new SystemBook(config.device);
    this.#outliers = outliers;
  }

  /** The system's own history belongs to no frame. */
  restoreSystem(saved: unknown): void {
    this.#system = new SystemBook(this.#options.config.device, saved);
  }

  /** Nor do the app's marks. */
  restoreAnnotations(saved: readonly Annotation[]): void {
    this.#annotations = saved;
  }

  /** Begins anew for a frame, or goes on with what `read` finds in the store. */
  async begin(
    frame: Frame,
    saved: {
      readonly read: (key: string) => Promise<unknown>;
      readonly outliers: readonly RowVerdict[];
    } | null,
  ): Promise<void> {
    const { config, specs } = this.#options;
    const labels = { plan: planOutcomes(frame), ...config.labels };
    this.#hasOutcomes = labels.plan !== null;
    this.#isAllDue = true;
    this.#labels = saved === null ? new LabelBook(labels) : await LabelBook.restore(labels, saved.read);
    if (config.labels.reference !== undefined) this.#labels.setReference(config.labels.reference);
    this.#alerts = new AlertBook(config.alerts, await saved?.read('alerts'), specs);
    this.#metrics = new MetricBook(await saved?.read('metrics'));
    if (saved === null) return;
    this.#performance.restore(((await saved.read('performance')) ?? []) as readonly AwaitedWindow[]);
    this.#outliers?.restore(saved.outliers);
  }

  /** Keeps what labels of these rows will need. */
  remember(chunk: Chunk, rows: Pick<MeasuredRows, 'from' | 'to' | 'blocks'>): void {
    const { from, to, blocks } = rows;
    this.#joined(this.#labels.remember({ chunk, from, to, blocks }, this.#options.now()));
  }

  label(labels: LabelBatch): void {
    this.#joined(this.#labels.label(labels, this.#options.now()));
  }

  /** Lets go of predictions that have waited too long for their label, though nothing comes. */
  expire(): void {
    this.#labels.expire(this.#options.now());
  }

  metric(metrics: MetricBatch, blocksOf: (time: number) => readonly number[]): void {
    const [refused] = this.#metrics.add(metrics, blocksOf);
    if (refused === undefined) return;
    const message = `metric "${refused}" is one too many: at most ${MOST_NAMES} names`;
    this.#options.desk.error('metrics', 'SettingsError', message);
  }

  annotate(annotation: Annotation): void {
    this.#annotations = [...this.#annotations, annotation].slice(-MOST_ANNOTATIONS);
  }

  sample(sample: SystemSample): void {
    this.#system.add(sample);
    for (const evidence of this.#system.judge()) this.#judgeSubject(evidence);
  }

  /** Tells rows of a measured chunk that stand out. */
  look(chunk: Chunk, session: Session): void {
    if (this.#outliers === null) return;
    this.#options.desk.outliers(this.#outliers.look(chunk, session, this.#options.now()));
  }

  /**
   * Enters a judged window everywhere, tells it and the alerts that come of it; gives the point that the store keeps, and the
   * blocks that nobody looks at any more.
   */
  enter(
    session: Session,
    window: JudgedWindow,
  ): { readonly point: SeriesPoint; readonly gone: readonly number[] } {
    const { desk } = this.#options;
    const { closed, judged } = window;
    // Of their length: what was put together by pushing has room for more.
    const blocks = closed.blocks.flatMap(idsOf).slice();
    this.#haveAlertsChanged = true;
    if (session.isNewVersion(closed.version)) this.#alerts.restart();
    const outcomes = this.#labels.summaryOf(blocks);
    const verdict = outcomes === undefined ? window.verdict : { ...window.verdict, outcomes };
    const book = session.seriesOf(verdict.window.spec);
    const point = book.pointOf(verdict, judged, { metrics: this.#metrics.means(blocks), blocks });
    const gone = book.add(point);
    this.#labels.forget(gone);
    this.#metrics.forget(gone);
    book.latest = verdict;
    desk.verdict(verdict);
    this.#judgeFeatures(session, window, verdict);
    const { spec, start, end, rows } = verdict.window;
    if (this.#hasOutcomes)
      this.#performance.ended({ spec, start, end, rows, blocks, overlap: 1 - window.weight });
    this.#judgeMetrics({ spec, start, end }, blocks);
    return { point, gone };
  }

  #judgeFeatures(session: Session, window: JudgedWindow, verdict: WindowVerdict): void {
    const { reference, judged, closed, profile, overlap, weight, settings } = window;
    if (reference === null || judged === null) return;
    const evidence = {
      verdict,
      frame: session.frame,
      reference: reference.profile,
      referenceWindows: reference.windows,
      holdsFitted: reference.holdsFitted,
      current: profile,
      blocks: closed.blocks.map((block) => block.profile),
      overlap,
      weight,
      settings,
    };
    this.#options.desk.alerts(this.#alerts.judge(evidence));
  }

  #judgeMetrics(window: Pick<WindowFacts, 'spec' | 'start' | 'end'>, blocks: readonly number[]): void {
    for (const { name, drifting, cusum, threshold, sentence } of this.#metrics.judge(window, blocks)) {
      // A spike speaks for itself, whatever the level was before.
      const value = drifting ? Math.max(cusum, 1.01 * threshold) : Math.min(cusum, threshold);
      const subject = { kind: 'metric', name } as const;
      this.#judgeSubject({ ...window, subject, value, low: drifting ? value : 0, threshold, sentence });
    }
  }

  /** The reference is another one: what earlier windows said no longer counts. */
  restart(): void {
    this.#haveAlertsChanged = true;
    this.#alerts.restart();
    this.#outliers?.restart();
  }

  outcomesOf(blocks: readonly number[]): Outcomes | null {
    return this.#labels.outcomesOf(blocks);
  }

  get annotations(): readonly Annotation[] {
    return this.#annotations;
  }

  get outliers(): readonly RowVerdict[] {
    return this.#outliers?.list() ?? [];
  }

  /** For snapshots. */
  get facts(): Pick<SnapshotInput, 'alerts' | 'labels' | 'metrics' | 'system' | 'outliers' | 'annotations'> {
    return {
      alerts: this.#alerts.list(),
      labels: this.#labels,
      metrics: this.#metrics.summaries(),
      system: this.#system.snapshot(),
      outliers: this.outliers,
      annotations: this.annotations,
    };
  }

  /** States to store: those that have changed. */
  changes(): StoredState[] {
    const all = this.#isAllDue;
    const states = [...this.#labels.changes()];
    if (all || this.#haveAlertsChanged) states.push({ key: 'alerts', value: this.#alerts.save() });
    if (all || this.#performance.changed)
      states.push({ key: 'performance', value: this.#performance.save() });
    if (all || this.#metrics.changed) states.push({ key: 'metrics', value: this.#metrics.save() });
    if (all || this.#system.changed) states.push({ key: 'system', value: this.#system.save() });
    this.#haveAlertsChanged = false;
    this.#isAllDue = false;
    return states;
  }

  /** What `changes` gave was not stored. */
  changesFailed(): void {
    this.#labels.changesFailed();
    this.#isAllDue = true;
  }

  /** Performance may be known by now. */
  #joined({ joined, changed }: LabelResult): void {
    if (joined.length > 0) this.#options.onLabels(joined);
    if (changed.size === 0) return;
    this.#options.onOutcomes(changed);
    for (const evidence of this.#performance.take((held) => this.#labels.summaryOf(held)))
      this.#judgeSubject(evidence);
  }

  #judgeSubject(evidence: SubjectEvidence): void {
    this.#haveAlertsChanged = true;
    this.#options.desk.alerts(this.#alerts.judgeSubject(evidence));
  }
}
