// SPDX-License-Identifier: Apache-2.0
import type { Report } from '../../../report/report.js';
import type {
  Chunk,
  HostConfig,
  HostNews,
  LabelBatch,
  MetricBatch,
  MonitorHost,
  SystemSample,
} from '../../host.js';
import type { Annotation, MonitorSnapshot } from '../../snapshot.js';
import { emptySnapshot } from '../empty-snapshot.js';

export const NO_NEWS: HostNews = {
  verdicts: [],
  alerts: [],
  outliers: [],
  errors: [],
  exports: [],
  open: null,
  snapshot: null,
};

/** Takes and counts everything, measures nothing. `hold` makes chunks wait until `release`. */
export class RecordingHost implements MonitorHost {
  readonly chunks: Chunk[] = [];
  readonly heard: string[] = [];
  readonly samples: SystemSample[] = [];
  config: HostConfig | null = null;
  tell: (news: Partial<HostNews>) => void = () => {};
  /** What `open` rejects with. */
  failure: Error | null = null;
  /** What the next chunks reject with. */
  chunkFailure: Error | null = null;
  mostUnderWay = 0;
  #underWay = 0;
  #held: (() => void)[] | null = null;
  #counts = { observed: 0, measured: 0, skipped: 0, refused: 0 };

  async open(config: HostConfig, news: (news: HostNews) => void): Promise<MonitorSnapshot> {
    this.config = config;
    this.tell = (told) => news({ ...NO_NEWS, ...told });
    if (this.failure !== null) throw this.failure;
    return this.snapshot();
  }

  async chunk(chunk: Chunk): Promise<void> {
    const { batch, skipped, refused } = chunk;
    this.heard.push(`chunk of ${batch.rows}`);
    this.mostUnderWay = Math.max(this.mostUnderWay, ++this.#underWay);
    const held = this.#held;
    if (held !== null) await new Promise<void>((resolve) => held.push(resolve));
    this.#underWay--;
    if (this.chunkFailure !== null) throw this.chunkFailure;
    this.chunks.push(chunk);
    this.#counts = {
      observed: this.#counts.observed + batch.rows + skipped + refused,
      measured: this.#counts.measured + batch.rows,
      skipped: this.#counts.skipped + skipped,
      refused: this.#counts.refused + refused,
    };
  }

  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const resolve of held) resolve();
  }

  async labels({ ids, values }: LabelBatch): Promise<void> {
    this.heard.push(`labels ${ids.map((id, i) => `${id}=${values[i]}`).join(' ')}`);
  }

  async metrics({ names, values, times }: MetricBatch): Promise<void> {
    this.heard.push(`metrics ${names.map((name, i) => `${name}=${values[i]}@${times[i]}`).join(' ')}`);
  }

  async system(sample: SystemSample): Promise<void> {
    this.samples.push(sample);
  }

  async annotate({ at, text }: Annotation): Promise<void> {
    this.heard.push(`mark ${text}@${at}`);
  }

  async snapshot(): Promise<MonitorSnapshot> {
    const empty = emptySnapshot({
      name: 'recorded',
      state: 'running',
      reason: '',
      reference: 'baseline',
      store: 'memory',
      storeBytes: 0,
      device: '',
    });
    return { ...empty, rows: { ...this.#counts, waiting: 0, late: 0 } };
  }

  async watch(watched: boolean): Promise<void> {
    this.heard.push(`watched ${watched}`);
  }

  async report(): Promise<Report | null> {
    return null;
  }

  async setReference(reference: unknown): Promise<void> {
    this.heard.push(`reference ${JSON.stringify(reference)}`);
  }

  async flush(): Promise<void> {
    this.heard.push('flush');
  }

  async close(): Promise<void> {
    this.heard.push('close');
  }
}
