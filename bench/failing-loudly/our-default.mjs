// SPDX-License-Identifier: Apache-2.0
// driftglass's default for embeddings, on the classifier's penultimate layer against the whole reference: a frame fitted on the
// reference, additive sums of each side, and the three statistics as one p.
import { linear, load, vectors } from './engine.mjs';
import { VIEWS } from './reductions.mjs';

const VIEW = 'hidden';

const { fitEmbedding } = await load('baseline/embedding/fit.js');
const { addPartial, emptyEmbedding, vectorPlan } = await load('profile/embedding.js');
const { compareEmbedding } = await load('distances/embedding/compare.js');

/** The reference last asked about: fitted once, whatever number of windows is held against it. */
let kept = null;

export async function ourDefault({ reference, window, n }) {
  if (kept?.reference !== reference) {
    kept?.meter.close();
    kept = { reference, ...(await baselineOf(reference.view(VIEW))) };
  }
  const { frame, meter, part } = kept;
  const current = await profile(frame, meter, window.first(VIEW, n));
  const { distances } = await compareEmbedding({
    frame,
    reference: part,
    current,
    level: 0.05,
    seed: frame.seed,
    linear,
  });
  return distances.combined.pValue;
}

async function baselineOf(rows) {
  const frame = await fitEmbedding(rows, { dimension: VIEWS[VIEW], seed: 1, linear });
  const meter = vectors.prepare(vectorPlan(frame));
  return { frame, meter, part: await profile(frame, meter, rows) };
}

async function profile(frame, meter, rows) {
  const sums = meter.open();
  sums.add(rows);
  const part = emptyEmbedding(frame);
  addPartial(part, await sums.take(), 0);
  sums.close();
  return part;
}
