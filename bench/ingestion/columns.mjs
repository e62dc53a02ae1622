// SPDX-License-Identifier: Apache-2.0
// Processor time of measuring 30 numbers and 5 categories: number columns together (profile/columns-meter.ts) beside one by
// one (profile/meter.ts), in turns within one run, so that the ratio holds on a busy machine too. Needs `npm run build`.
// Options: --rows N (of a batch, default 4,096), --rounds N (default 40).
import { chooseKernels } from '../../dist/kernels/choose.js';
import { startColumns } from '../../dist/kernels/wasm/columns.js';
import { decodeBaseline } from '../../dist/profile/baseline-file.js';
import { ColumnsMeter, columnPlans } from '../../dist/profile/columns-meter.js';
import { FrameMeter } from '../../dist/profile/meter.js';
import { emptyPacked, sumProfiles } from '../../dist/profile/packed-profile.js';
import { emptyProfile, mergeAll } from '../../dist/profile/profile.js';
import { option } from '../option.mjs';
import { baselineOf, rowsOf } from './made-up.mjs';

const ROWS = option('rows', 4_096);
const ROUNDS = option('rounds', 40);
/** Batches a round: enough that the processor's clock tells. */
const BATCHES = Math.ceil(40_000 / ROWS);

const { kernels } = await chooseKernels();
const { frame } = decodeBaseline(baselineOf(rowsOf(50_000, 1), kernels));
const together = new ColumnsMeter(frame, (await startColumns())(columnPlans(frame)), kernels);
const apart = new FrameMeter(frame, kernels);
const batches = Array.from({ length: 4 }, (_, i) => rowsOf(ROWS, 2 + i));

const loose = () => emptyProfile(frame, { sketches: false });
const packed = () => emptyPacked(frame);
const measured = (meter, profile) => {
  for (let i = 0; i < BATCHES; i++) {
    meter.addOwnCounts(profile, batches[i % batches.length]);
    meter.addJoint(profile, batches[i % batches.length]);
  }
  return profile;
};
const filled = (meter, empty) => Array.from({ length: 16 }, () => measured(meter, empty()));
const looseBlocks = filled(apart, loose);
const packedBlocks = filled(together, packed);

const works = {
  'measured one by one, µs a row': [() => measured(apart, loose()), BATCHES * ROWS],
  'measured together, µs a row': [() => measured(together, packed()), BATCHES * ROWS],
  '16 blocks added one array after another, µs a block': [() => mergeAll(looseBlocks), 16],
  '16 blocks added as one array each, µs a block': [() => sumProfiles(packedBlocks), 16],
};
const best = new Map();
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, [work, per]] of Object.entries(works)) {
    const start = process.cpuUsage();
    const times = per === 16 ? 40 : 1;
    for (let i = 0; i < times; i++) work();
    const { user, system } = process.cpuUsage(start);
    best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, (user + system) / per / times));
  }
}
console.log(`${kernels.name}, batches of ${ROWS} rows, best of ${ROUNDS} rounds, processor time`);
for (const [name, time] of best) console.log(`${name}: ${time.toFixed(3)}`);
const [a, b, c, d] = best.values();
console.log(`together ${(a / b).toFixed(1)} times as fast; blocks ${(c / d).toFixed(1)} times`);
