// SPDX-License-Identifier: Apache-2.0
/** Made-up production: rows, baselines of them, chunks, and hosts with clocks of their own. */
import { FrameBuilder } from '../../../baseline/frame-builder.js';
import type { Batch } from '../../../columns/batch.js';
import type { Column } from '../../../columns/column.js';
import { sliceBatch } from '../../../columns/slice-rows.js';
import { uniform } from '../../../engine/testing/tables.js';
import { cpuKernels } from '../../../kernels/cpu/cpu.js';
import { encodeBaseline } from '../../../profile/baseline-file.js';
import { Profiler } from '../../../profile/profile.js';
import type { Chunk, HostConfig, HostNews } from '../../host.js';
import { LocalHost, type LocalHostOptions } from '../../local-host.js';
import type { ObservedColumns } from '../../monitor.js';
import type { WindowVerdict } from '../../window-verdict.js';

export interface RowsOptions {
  readonly rows: number;
  readonly seed: number;
  /** Added to `speed`, whose sd is 1. */
  readonly shift?: number;
  /** Share of `city` that is "Bergen", which the plain rows do not hold. */
  readonly unseen?: number;
}

/** Columns: speed (number, sd 1), load (number), city (category), score (prediction). */
export function rowsOf({ rows, seed, shift = 0, unseen = 0 }: RowsOptions): Batch {
  const random = uniform(seed);
  const speed = new Float64Array(rows);
  const load = new Float32Array(rows);
  const score = new Float64Array(rows);
  const codes = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    speed[row] = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()) + shift;
    load[row] = random() * 100;
    codes[row] = random() < unseen ? 4 : Math.floor(random() ** 2 * 4);
    score[row] = random();
  }
  const columns = new Map<string, Column>([
    ['speed', { type: 'number', values: speed, status: null }],
    ['load', { type: 'number', values: load, status: null }],
    ['city', { type: 'string', codes, dictionary: ['Oslo', 'Rome', 'Lima', 'Quito', 'Bergen'] }],
    ['score', { type: 'number', values: score, status: null }],
  ]);
  return { rows, columns };
}

/** The rows as an app hands them to `observe`, by columns. */
export function observedOf({ columns }: Batch): ObservedColumns {
  const values = [...columns].map(([name, column]) => [
    name,
    column.type === 'string'
      ? Array.from(column.codes, (code) => (code < 0 ? null : column.dictionary[code]))
      : column.values,
  ]);
  return { columns: Object.fromEntries(values) };
}

/** A baseline file of these rows. */
export function baselineFileOf(batch: Batch, name = 'made up'): ArrayBuffer {
  const schema = [...batch.columns].map(([column, { type }]) => ({ name: column, type }));
  const builder = new FrameBuilder(schema, { columns: { score: { role: 'prediction' } } });
  builder.add(batch);
  const frame = builder.finish();
  const profiler = new Profiler(frame, cpuKernels);
  profiler.add(batch);
  return encodeBaseline({ name, createdBy: 'test', frame, profile: profiler.profile, windows: [] });
}

export const START = Date.UTC(2026, 2, 2, 8);

/** A chunk whose rows are `everyMs` apart. */
export function chunkOf(
  batch: Batch,
  {
    start = START,
    everyMs = 1_000,
    times,
    ...others
  }: Partial<Chunk> & { start?: number; everyMs?: number } = {},
): Chunk {
  return {
    batch,
    times: times ?? Float64Array.from({ length: batch.rows }, (_, row) => start + row * everyMs),
    ids: null,
    version: '',
    slices: null,
    skipped: 0,
    refused: 0,
    ...others,
  };
}

/** The rows of a chunk cut after so many rows each. */
export function cutChunk(chunk: Chunk, ends: readonly number[]): Chunk[] {
  const cuts = [...new Set([0, ...ends.map((end) => Math.min(end, chunk.batch.rows)), chunk.batch.rows])];
  cuts.sort((a, b) => a - b);
  return cuts.slice(1).map((to, i) => ({
    ...chunk,
    batch: sliceBatch(chunk.batch, cuts[i], to),
    times: chunk.times.slice(cuts[i], to),
    ids: chunk.ids?.slice(cuts[i], to) ?? null,
    skipped: i === 0 ? chunk.skipped : 0,
    refused: i === 0 ? chunk.refused : 0,
  }));
}

export const CONFIG: HostConfig = {
  name: 'test',
  baseline: null,
  reference: 'baseline',
  windows: [{ rows: 1_000 }],
  settings: {},
  alerts: {},
  store: 'memory',
  storeBytes: 8 * 2 ** 20,
  labels: { expireMs: 7 * 86_400_000, most: 100_000 },
  place: 'test',
  notes: [],
  device: '',
  exports: false,
};

export interface OpenHost {
  readonly host: LocalHost;
  readonly news: HostNews[];
  readonly verdicts: WindowVerdict[];
  readonly errors: { readonly name: string; readonly message: string }[];
  /** The system's clock: settable. */
  readonly clock: { now: number };
}

/** A host whose clock stands still unless it is set, and whose timers never fire: `flush` does what they do. */
export async function openHost(
  config: Partial<HostConfig> = {},
  options: LocalHostOptions = {},
): Promise<OpenHost> {
  const clock = { now: START };
  const host = new LocalHost({
    kernels: cpuKernels,
    now: () => clock.now,
    clock: () => 0,
    timers: { set: () => 0, clear: () => {} },
    ...options,
  });
  const news: HostNews[] = [];
  const verdicts: WindowVerdict[] = [];
  const errors: { name: string; message: string }[] = [];
  await host.open({ ...CONFIG, ...config }, (told) => {
    news.push(told);
    verdicts.push(...told.verdicts);
    errors.push(...told.errors);
  });
  return { host, news, verdicts, errors, clock };
}
