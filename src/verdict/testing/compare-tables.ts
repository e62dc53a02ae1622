// SPDX-License-Identifier: Apache-2.0
/** Two small tables to a comparison and its ratings, the way the engine does it. */
import { FrameBuilder } from '../../baseline/frame-builder.js';
import type { Batch } from '../../columns/batch.js';
import type { Column } from '../../columns/column.js';
import type { Schema } from '../../columns/schema.js';
import { compareParts } from '../../distances/compare-parts.js';
import type { Comparison, WindowProfile } from '../../distances/comparison.js';
import { randomFrom } from '../../distances/special/random.js';
import { cpuKernels } from '../../kernels/cpu/cpu.js';
import { WindowedProfiler } from '../../profile/windowed.js';
import { adviceOn } from '../advice/advice.js';
import { rateComparison } from '../rate-report.js';
import type { RatedReport } from '../rated-report.js';
import { DEFAULT_SETTINGS, type Settings } from '../settings.js';
import { swappedColumns } from '../swapped-columns.js';
import * as windowParts from '../windows/window-parts.js';

export type Table = Record<string, readonly (number | string | null)[]>;

/** Strings make a string column, names in `times` a time column, all else numbers; null is missing. */
export function batchOf(table: Table, times: readonly string[] = []): { schema: Schema; batch: Batch } {
  const columns = new Map<string, Column>();
  const schema = Object.entries(table).map(([name, values]) => {
    const column = columnOf(values, times.includes(name));
    columns.set(name, column);
    return { name, type: column.type };
  });
  return { schema, batch: { rows: Object.values(table)[0]?.length ?? 0, columns } };
}

function columnOf(values: readonly (number | string | null)[], time: boolean): Column {
  if (values.some((value) => typeof value === 'string')) {
    const dictionary = [...new Set(values.filter((value) => value !== null).map(String))];
    const places = new Map(dictionary.map((name, i) => [name, i]));
    return {
      type: 'string',
      codes: Int32Array.from(values, (v) => (v === null ? -1 : places.get(String(v))!)),
      dictionary,
    };
  }
  return {
    type: time ? 'time' : 'number',
    values: Float64Array.from(values, (v) => (v === null ? Number.NaN : Number(v))),
    status: values.includes(null) ? Uint8Array.from(values, (v) => (v === null ? 1 : 0)) : null,
  };
}

export function compareTables(
  reference: Table,
  current: Table,
  { settings = {}, times = [] }: { settings?: Partial<Settings>; times?: readonly string[] } = {},
): { comparison: Comparison; rated: RatedReport; settings: Settings } {
  const before = batchOf(reference, times);
  const now = batchOf(current, times);
  const all = { ...DEFAULT_SETTINGS, ...settings };
  const builder = new FrameBuilder(before.schema, all, cpuKernels);
  builder.add(before.batch);
  const frame = builder.finish();
  const sides = [before.batch, now.batch].map((batch) => {
    const profiler = new WindowedProfiler(frame, cpuKernels);
    profiler.add(batch);
    return { profiler, profile: profiler.total() };
  });
  const features = frame.features.map((feature) =>
    compareParts({
      feature,
      reference: sides[0]!.profile.parts.get(feature.name)!,
      current: sides[1]!.profile.parts.get(feature.name)!,
      level: all.level,
      seed: all.seed,
    }),
  );
  const windows = sides.flatMap(({ profiler }, i): WindowProfile[] =>
    frame.windowing === null
      ? []
      : [...profiler.windows].map(([start, profile]) => ({
          side: i === 0 ? 'reference' : 'current',
          start,
          end: profiler.endOf(start),
          profile,
        })),
  );
  const comparison: Comparison = {
    frame,
    reference: { name: 'reference', schema: before.schema, profile: sides[0]!.profile },
    current: { name: 'current', schema: now.schema, profile: sides[1]!.profile },
    features,
    windows: windows.sort((a, b) => a.start - b.start),
  };
  return {
    comparison,
    rated: rateComparison(comparison, all, { adviceOn, swappedColumns, windows: windowParts }),
    settings: all,
  };
}

/** `rows` values of `draw`. */
export function column<T>(rows: number, draw: (i: number) => T): T[] {
  return Array.from({ length: rows }, (_, i) => draw(i));
}

/** Standard normal numbers from a seed. */
export function normals(seed: number): () => number {
  const random = randomFrom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
