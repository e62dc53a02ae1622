// SPDX-License-Identifier: Apache-2.0
/** The exact way: every row read once and kept, then measured. */
import type { Frame } from '../baseline/frame.js';
import { FrameBuilder } from '../baseline/frame-builder.js';
import type { Schema } from '../columns/schema.js';
import { share } from './crew.js';
import { finishedFrame } from './embedding-door.js';
import type { Helper, ProfiledRows, SidedBatches } from './helper.js';
import { layFrame } from './lay-frame.js';
import type { MeasuredSides, Part, Work } from './measured-sides.js';
import { Rows } from './rows.js';
import { giveWay } from './turns.js';
import { promoteSides } from './windowed-profile.js';

/** Rows and names of a side between which handing it to another thread pays. */
const ROWS_WORTH_HANDING = 200_000;
const NAMES_WORTH_HANDING = 200_000;
/** Values of one column in one message: below, a message of many columns costs more than measuring them. */
const BATCH_WORTH_HANDING = 8_192;

export interface KeptRows {
  readonly reference: Rows;
  readonly current: Rows;
}

/**
 * Every row in memory, and the frame, which is made while other threads still read; null as soon as the rows turn out to
 * be over twice the budget.
 */
export async function keepRows(
  parts: readonly Part[],
  schema: Schema,
  input: Work,
): Promise<{ rows: KeptRows; frame: Frame } | null> {
  const kept = { reference: new Rows(), current: new Rows() };
  const { helpers, split, signal, meter } = input;
  const builder = new FrameBuilder(schema, input.settings, input.kernels);
  let at = 0;
  let bytes = 0;
  meter.at('reading', 0, 0);
  for await (const sided of share({
    helpers,
    tasks: parts,
    signal,
    run: (helper, task: Part): Promise<SidedBatches> => helper.readPart(task.spec, task.part, split, signal),
  })) {
    const { side } = parts[at++];
    for (const batch of sided.reference) kept.reference.add(batch);
    for (const batch of sided.current) (side === 'reference' ? kept.reference : kept.current).add(batch);
    bytes += sided.bytes;
    if (kept.reference.bytes + kept.current.bytes > 2 * input.memoryBudget) return null;
    meter.at('reading', kept.reference.rows + kept.current.rows, bytes);
    for (const batch of side === 'reference' ? sided.current : sided.reference) {
      builder.add(batch);
      await giveWay(signal);
    }
  }
  await layFrame(builder, input);
  return { rows: kept, frame: await finishedFrame(builder, input.settings, signal) };
}

/** The frame of rows that were kept before, under other settings. */
export async function frameOf(
  rows: Rows,
  schema: Schema,
  input: Pick<Work, 'settings' | 'kernels' | 'inSteps' | 'signal'>,
): Promise<Frame> {
  const { settings, kernels, signal } = input;
  const builder = new FrameBuilder(schema, settings, kernels);
  for (const batch of rows.batches) {
    builder.add(batch);
    await giveWay(signal);
  }
  await layFrame(builder, input);
  return finishedFrame(builder, settings, signal);
}

/**
 * Both sides measured, the current one on another thread where that pays: its rows are handed over and back, and are lost
 * when this fails in between. So `helpers` is to hold the lead's own alone where the rows are needed afterwards all the same.
 */
export async function profileRows(
  rows: KeptRows,
  frame: Frame,
  { helpers, signal, meter }: Pick<Work, 'helpers' | 'signal' | 'meter'>,
): Promise<MeasuredSides> {
  meter.at('measuring', rows.reference.rows + rows.current.rows, 0);
  const own = helpers[helpers.length - 1];
  const profiled = (helper: Helper, side: Rows): Promise<ProfiledRows> =>
    helper.profileRows([...side.batches], frame, signal);
  const away = helpers.length > 1 && worthHanding(rows) ? profiled(helpers[0], rows.current) : null;
  // Waited for below, unless this thread's side fails first.
  away?.catch(() => {});
  const reference = await profiled(own, rows.reference);
  const current = await (away ?? profiled(own, rows.current));
  rows.current.replace(current.batches);
  return { ...promoteSides(frame, { reference: reference.windowed, current: current.windowed }), notes: [] };
}

/** 1,000 columns × 10,000 rows took 1.1 s on one thread and 1.6 s on two: many small buffers, and twice the dictionaries. */
function worthHanding({ reference, current }: KeptRows): boolean {
  return [reference, current].every(
    (side) =>
      side.rows >= ROWS_WORTH_HANDING &&
      side.rows >= BATCH_WORTH_HANDING * side.batches.length &&
      side.names <= NAMES_WORTH_HANDING,
  );
}
