// SPDX-License-Identifier: Apache-2.0
// Made-up rows of 30 numbers and 5 categories, and a baseline of them.
import { FrameBuilder } from '../../dist/baseline/frame-builder.js';
import { encodeBaseline } from '../../dist/profile/baseline-file.js';
import { Profiler } from '../../dist/profile/profile.js';

const NUMBERS = 30;
const CATEGORIES = 5;
const NAMES = Array.from({ length: 40 }, (_, i) => `name ${i}`);

export function rowsOf(rows, seed) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  const columns = new Map();
  for (let i = 0; i < NUMBERS; i++) {
    const values = Float32Array.from({ length: rows }, () => random() + random() + random() - 1.5);
    columns.set(`number ${i}`, { type: 'number', values, status: null });
  }
  for (let i = 0; i < CATEGORIES; i++) {
    const codes = Int32Array.from({ length: rows }, () => Math.floor(random() ** 2 * NAMES.length));
    columns.set(`category ${i}`, { type: 'string', codes, dictionary: NAMES });
  }
  return { rows, columns };
}

export function baselineOf(batch, kernels) {
  const schema = [...batch.columns].map(([name, { type }]) => ({ name, type }));
  const builder = new FrameBuilder(schema, { columns: { 'number 29': { role: 'prediction' } } }, kernels);
  builder.add(batch);
  const frame = builder.finish();
  const profiler = new Profiler(frame, kernels);
  profiler.add(batch);
  return encodeBaseline({
    name: 'made up',
    createdBy: 'bench',
    frame,
    profile: profiler.profile,
    windows: [],
  });
}

export function configOf(baseline, windows) {
  return {
    name: 'bench',
    baseline,
    reference: 'baseline',
    windows,
    settings: {},
    alerts: {},
    store: 'memory',
    storeBytes: 8 * 2 ** 20,
    labels: { expireMs: 86_400_000, most: 100_000 },
    place: 'node',
    notes: [],
    device: '',
    exports: false,
  };
}
