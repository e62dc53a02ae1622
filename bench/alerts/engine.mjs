// SPDX-License-Identifier: Apache-2.0
// The engine's own functions, from the compiled tree; DRIFTGLASS_DIST names another one.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const dist = pathToFileURL(
  `${resolve(process.env.DRIFTGLASS_DIST ?? new URL('../../dist', import.meta.url).pathname)}/`,
);
const load = (path) => import(new URL(path, dist).href);

export const { FrameBuilder } = await load('baseline/frame-builder.js');
export const { emptyProfile, mergeAll } = await load('profile/profile.js');
const { FrameMeter } = await load('profile/meter.js');
export const { compareParts } = await load('distances/compare-parts.js');
export const { rateComparison } = await load('verdict/rate-report.js');
export const { DEFAULT_SETTINGS } = await load('verdict/settings.js');
export const { AlertBook } = await load('monitor/alerts/alert-book.js');
const { createWasmKernels } = await load('kernels/wasm/wasm.js');
export const kernels = await createWasmKernels();

/**
 * A frame, the reference's profile and those of its windows (one batch each), and how windows are measured. `lean`: without
 * what no alert asks for (distinct values, duplicates, sums of products across columns).
 */
export function referenceOf({ schema, batches, lean }) {
  const builder = new FrameBuilder(schema, { time: null, columns: {} }, kernels);
  for (const batch of batches) builder.add(batch);
  const built = builder.finish();
  const frame = lean ? { ...built, table: { orders: [], joint: [], jointRanks: [] } } : built;
  const meter = new FrameMeter(frame, kernels);
  const measure = (rows) => {
    const profile = emptyProfile(frame, { sketches: !lean });
    const conformed = meter.conformed(rows);
    meter.addCounts(profile, conformed);
    if (!lean) meter.addSketches(profile, conformed);
    return profile;
  };
  const parts = batches.map(measure);
  return { frame, schema, profile: parts.length === 1 ? parts[0] : mergeAll(parts), parts, measure };
}

const { createWasmVectorKernels } = await load('kernels/wasm/vectors.js');
const { fitEmbedding } = await load('baseline/embedding/fit.js');
const { addPartial, emptyEmbedding, vectorPlan } = await load('profile/embedding.js');
const { emptyTable } = await load('profile/table.js');

/** A frame of one embedding fitted on these rows, their profile, and how windows are measured. */
export async function embeddingParts(rows, { dimension, frequencies, seed }) {
  const { vectors, linear } = await createWasmVectorKernels();
  const embedding = await fitEmbedding(rows, { dimension, frequencies, seed, linear });
  const features = [{ name: 'vector', kind: 'embedding', role: 'input', frame: embedding }];
  const table = { orders: [], joint: [], jointRanks: [] };
  const frame = { id: `vectors ${seed}`, schema: [], features, table, windowing: null };
  const meter = vectors.prepare(vectorPlan(embedding));
  const measure = async (batch) => {
    const part = emptyEmbedding(embedding);
    const sums = meter.open();
    sums.add(batch);
    const partial = await sums.take();
    sums.close();
    part.rows = batch.length / dimension;
    addPartial(part, partial, 0);
    const parts = new Map([['vector', part]]);
    return {
      frameId: frame.id,
      rows: part.rows,
      skipped: 0,
      parts,
      table: emptyTable(frame, { counted: false }),
    };
  };
  return { frame, schema: [], profile: await measure(rows), measure };
}

/** A window judged as the monitor judges it: all features and checks under one correction. */
export function judged({ frame, schema, profile: reference }, current, window) {
  const { level, seed } = DEFAULT_SETTINGS;
  const features = frame.features.map((feature) =>
    compareParts({
      feature,
      reference: reference.parts.get(feature.name),
      current: current.parts.get(feature.name),
      level,
      seed,
    }),
  );
  const rated = rateComparison(
    {
      frame,
      reference: { name: 'reference', schema, profile: reference },
      current: { name: 'current', schema, profile: current },
      features,
      windows: [],
    },
    DEFAULT_SETTINGS,
  );
  return {
    window,
    rating: rated.summary.rating,
    sentence: '',
    features: frame.features.map(({ name, role }) => ({
      name,
      role,
      delta: NaN,
      ...rated.verdicts.get(name),
    })),
    checks: rated.checks.filter(({ passed }) => !passed),
    reference: { label: 'reference', rows: reference.rows },
  };
}
