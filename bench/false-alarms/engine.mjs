// SPDX-License-Identifier: Apache-2.0
// The engine's own functions, from the compiled tree; DRIFTGLASS_DIST names another one.

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const dist = pathToFileURL(
  `${resolve(process.env.DRIFTGLASS_DIST ?? new URL('../../dist', import.meta.url).pathname)}/`,
);
const load = (path) => import(new URL(path, dist).href);

export const { FrameBuilder } = await load('baseline/frame-builder.js');
export const { WindowedProfiler } = await load('profile/windowed.js');
export const { takeRows } = await load('columns/take-rows.js');
export const { concatColumns } = await load('columns/concat-columns.js');
export const { openSource } = await load('sources/open.js');
export const { bytesFromPath } = await load('sources/bytes-node.js');
export const { measureFeature } = await load('engine/measure-feature.js');
export const { rateComparison } = await load('verdict/rate-report.js');
const windows = await load('verdict/windows/window-parts.js');
export const { DEFAULT_SETTINGS } = await load('verdict/settings.js');
export const { createWasmKernels } = await load('kernels/wasm/wasm.js');
export const { randomFrom } = await load('distances/special/random.js');
export const kernels = await createWasmKernels();

/** One table in memory: its schema and one batch. */
export async function readTable(path, columns) {
  const source = await openSource([await bytesFromPath(path)]);
  const schema = columns ? source.schema.filter(({ name }) => columns.includes(name)) : source.schema;
  const parts = new Map(schema.map(({ name }) => [name, []]));
  let rows = 0;
  for await (const batch of source.read({ columns: schema.map(({ name }) => name) })) {
    rows += batch.rows;
    for (const [name, list] of parts) list.push(batch.columns.get(name));
  }
  const merged = new Map([...parts].map(([name, list]) => [name, concatColumns(list)]));
  return { schema, batch: { rows, columns: merged } };
}

/** Two batches to a rated report, the way the engine does it: all rows in the frame, exact distances, calendar windows. */
export function compare({ schema, reference, current, settings = DEFAULT_SETTINGS, exact = true }) {
  const builder = new FrameBuilder(schema, { time: settings.time, columns: settings.columns }, kernels);
  builder.add(reference);
  const frame = builder.finish();
  const [a, b] = [reference, current].map((batch) => {
    const profiler = new WindowedProfiler(frame, kernels);
    profiler.add(batch);
    return { profiler, profile: profiler.total() };
  });
  const features = frame.features.map((feature) => {
    const { name, kind } = feature;
    const values = {
      reference: reference.columns.get(name).values,
      current: current.columns.get(name)?.values,
    };
    const task = {
      feature,
      reference: a.profile.parts.get(name),
      current: b.profile.parts.get(name),
      level: settings.level,
      seed: settings.seed,
      ...(exact && kind === 'number' && values.reference && values.current ? { values } : {}),
    };
    return measureFeature(task, kernels);
  });
  const list = (side, { profiler }) =>
    frame.windowing === null
      ? []
      : [...profiler.windows].map(([start, profile]) => ({
          side,
          start,
          end: profiler.endOf(start),
          profile,
        }));
  const comparison = {
    frame,
    reference: { name: 'reference', schema, profile: a.profile },
    current: { name: 'current', schema, profile: b.profile },
    features,
    windows: [...list('reference', a), ...list('current', b)].sort((x, y) => x.start - y.start),
  };
  const rated = rateComparison(comparison, settings, { windows });
  return { comparison, rated };
}
