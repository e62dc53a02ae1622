// SPDX-License-Identifier: Apache-2.0
/** The certified way: a frame from a spread sample, then every row read once more, into profiles. */
import type { Frame } from '../baseline/frame.js';
import { FrameBuilder } from '../baseline/frame-builder.js';
import type { Batch } from '../columns/batch.js';
import type { Schema } from '../columns/schema.js';
import { share } from './crew.js';
import { laidFrame } from './embedding-door.js';
import type { Helper, SidedProfiles, SourceSpec } from './helper.js';
import type { LaidFrame } from './laid-frame.js';
import { layFrame } from './lay-frame.js';
import type { MeasuredSides, Part, Work } from './measured-sides.js';
import { emptyWindowed, mergeWindowed, promoteSides, rebaseWindowed } from './windowed-profile.js';

/** Batches of the sample that the frame is made from: spread over all parts. */
const SAMPLE_PARTS = 16;
/** Parts that one thread profiles at a time: what comes back (a profile of every window) is handed over and merged. */
const RUN_PARTS = 4;

export interface Run {
  readonly spec: SourceSpec;
  readonly from: number;
  readonly to: number;
  readonly side: Part['side'];
}

export async function streamed(parts: readonly Part[], schema: Schema, input: Work): Promise<MeasuredSides> {
  const { frame, finish } = await sampledFrame(parts, schema, input);
  // While this thread makes it, the others measure.
  const whole = finish();
  whole.catch(() => {}); // Waited for below, unless measuring fails first.
  let reference = emptyWindowed(frame);
  let current = emptyWindowed(frame);
  let at = 0;
  let bytes = 0;
  const runs = runsOf(parts, schema);
  for await (const sided of profileRuns(runs, frame, input)) {
    const { side } = runs[at++];
    if (side === 'both') reference = mergeWindowed(reference, sided.reference);
    if (side === 'reference') reference = mergeWindowed(reference, sided.current);
    else current = mergeWindowed(current, sided.current);
    bytes += sided.bytes;
    input.meter.at('measuring', reference.profile.rows + current.profile.rows, bytes);
  }
  const notes = [
    'the rows do not fit in memory: cuts come from a sample of the reference, distances from profiles of all rows, with bounds',
  ];
  const finished = await whole;
  const sides = {
    reference: rebaseWindowed(reference, frame, finished),
    current: rebaseWindowed(current, frame, finished),
  };
  return { ...promoteSides(finished, sides), notes };
}

async function sampledFrame(parts: readonly Part[], schema: Schema, work: Work): Promise<LaidFrame> {
  const { helpers, split, settings, kernels, signal, meter } = work;
  const ofReference = parts.filter((part) => part.side !== 'current');
  const step = Math.max(1, ofReference.length / SAMPLE_PARTS);
  const tasks: Part[] = [];
  for (let i = 0; i < ofReference.length; i += step) tasks.push(ofReference[Math.floor(i)]);
  const builder = new FrameBuilder(schema, settings, kernels);
  const run = (helper: Helper, task: Part): Promise<Batch | null> =>
    helper.sample(task.spec, task.part, task.side === 'both' ? split : null, signal);
  meter.at('reading', 0, 0);
  for await (const batch of share({ helpers, tasks, signal, run })) if (batch !== null) builder.add(batch);
  await layFrame(builder, work);
  return laidFrame(builder, settings, signal);
}

/** Parts in runs that do not depend on the number of threads, so that sums do not either. */
export function runsOf(parts: readonly Part[], schema: Schema): Run[] {
  // measuring a part of vectors takes a good part of a second: a longer run would leave the last thread alone with it
  const most = schema.some(({ type }) => type === 'vector') ? 1 : RUN_PARTS;
  const runs: Run[] = [];
  for (const { spec, part, side } of parts) {
    const last = runs[runs.length - 1];
    if (last !== undefined && last.spec === spec && last.to === part && part - last.from < most) {
      runs[runs.length - 1] = { ...last, to: part + 1 };
    } else runs.push({ spec, from: part, to: part + 1, side });
  }
  return runs;
}

export function profileRuns(
  runs: readonly Run[],
  frame: Frame,
  { helpers, split, signal }: Pick<Work, 'helpers' | 'split' | 'signal'>,
): AsyncGenerator<SidedProfiles> {
  return share({
    helpers,
    tasks: runs,
    signal,
    run: (helper, { spec, from, to, side }: Run) =>
      helper.profileParts(spec, [from, to], { split: side === 'both' ? split : null, frame }, signal),
  });
}
