// SPDX-License-Identifier: Apache-2.0
/**
 * How long history is kept, as a pure plan. Recent windows stay whole. Older ones of one kind and one frame are added up by
 * hour, then day, then week (UTC), which loses their verdicts and no count, since profiles add. Where all that is more than the
 * limit, less stays whole; where even that does not help, the oldest leave.
 *
 * Windows of a sliding kind share rows and must not be added up. Of the old ones only some that do not overlap are kept: the
 * oldest, the first that starts after its end, and so on. Those are added up like others. Rows of the gaps in between, which
 * there are none of while rows come in the order of their times, are then no longer in the history of that kind.
 */
import { startOf } from '../baseline/calendar.js';
import { inTimeOrder } from './order.js';
import type { WindowRecord } from './store.js';

export interface RetentionOptions {
  readonly now: number;
  /** Most bytes that the windows may take together. */
  readonly limitBytes: number;
  /** Whether profiles of a frame can be added up, because the frame is at hand. Default: all. */
  readonly adds?: (frameId: string) => boolean;
}

export interface Merge {
  /** "<spec>/<grain>/<start of the calendar unit>/<frame>": the same whenever it is made. */
  readonly id: string;
  readonly spec: string;
  readonly grain: 'hour' | 'day' | 'week';
  readonly frameId: string;
  /** In time order; at least two. May hold the window that had this id before. */
  readonly from: readonly WindowRecord[];
}

export interface RetentionPlan {
  readonly merges: readonly Merge[];
  /** Ids of old windows of a sliding kind that share rows with one that is kept. */
  readonly thinned: readonly string[];
  /** Ids of the oldest, which leave because there is no room. */
  readonly leaving: readonly string[];
  /** Bytes of the windows once it is carried out, about. */
  readonly bytes: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GRAINS = ['window', 'hour', 'day', 'week'] as const;
type Grain = (typeof GRAINS)[number];

/** How much stays as it is: windows of the latest `whole` ms and at least `count` of a kind, then hours, then days. */
interface Schedule {
  readonly whole: number;
  readonly count: number;
  readonly hours: number;
  readonly days: number;
}

/** The first that fits is taken. Two days, two weeks and a quarter of a year, then less and less. */
export const SCHEDULES: readonly Schedule[] = [
  { whole: 48 * HOUR, count: 240, hours: 14 * DAY, days: 91 * DAY },
  { whole: 24 * HOUR, count: 120, hours: 7 * DAY, days: 91 * DAY },
  { whole: 12 * HOUR, count: 60, hours: 4 * DAY, days: 28 * DAY },
  { whole: 6 * HOUR, count: 30, hours: 2 * DAY, days: 14 * DAY },
  { whole: 3 * HOUR, count: 15, hours: 1 * DAY, days: 7 * DAY },
];

/** What is to be done with windows so that they are kept as long as they should be. An empty plan is right as they are. */
export function planRetention(windows: readonly WindowRecord[], options: RetentionOptions): RetentionPlan {
  const kinds = new Map<string, WindowRecord[]>();
  for (const window of inTimeOrder([...windows])) {
    const kind = kinds.get(window.spec);
    if (kind) kind.push(window);
    else kinds.set(window.spec, [window]);
  }
  let drafted: Draft | null = null;
  for (const schedule of SCHEDULES) {
    drafted = draft([...kinds.values()], schedule, options);
    if (drafted.bytes <= options.limitBytes) break;
  }
  return withRoom(drafted!, options.limitBytes);
}

interface Draft {
  readonly merges: Merge[];
  readonly thinned: string[];
  /** What the history would hold. */
  readonly kept: { readonly ids: readonly string[]; readonly end: number; readonly bytes: number }[];
  bytes: number;
}

function draft(kinds: readonly WindowRecord[][], schedule: Schedule, options: RetentionOptions): Draft {
  const { now, adds = () => true } = options;
  const drafted: Draft = { merges: [], thinned: [], kept: [], bytes: 0 };
  for (const windows of kinds) {
    const cuts = cutsOf(windows, now, schedule);
    const { spec } = windows[0]!;
    const old = hasSteps(spec) ? windows.filter(({ start }) => start < cuts.hour) : [];
    const thinned = new Set(
      [...new Set(old.map(({ frameId }) => frameId))].flatMap((frameId) =>
        overlapping(old.filter((window) => window.frameId === frameId)),
      ),
    );
    const units = new Map<string, { grain: Grain; members: WindowRecord[] }>();
    for (const window of windows) {
      if (thinned.has(window)) {
        drafted.thinned.push(window.id);
        continue;
      }
      const grain = coarser(window.grain, grainAt(window.start, cuts));
      const id =
        grain === 'window' || !adds(window.frameId)
          ? window.id
          : `${spec}/${grain}/${startOf(window.start, grain)}/${window.frameId.slice(0, 8)}`;
      const unit = units.get(id);
      if (unit) unit.members.push(window);
      else units.set(id, { grain, members: [window] });
    }
    for (const [id, { grain, members }] of units) {
      const [first] = members;
      const bytes = Math.max(...members.map((member) => member.bytes));
      const ids = members.map((member) => member.id);
      drafted.kept.push({ ids, end: Math.max(...members.map(({ end }) => end)), bytes });
      drafted.bytes += bytes;
      if (members.length === 1 || grain === 'window') continue;
      drafted.merges.push({ id, spec, grain, frameId: first!.frameId, from: members });
    }
  }
  return drafted;
}

/** Lets the oldest leave until the rest fits. What is to be merged and leaves is not merged first. */
function withRoom({ merges, thinned, kept, bytes }: Draft, limit: number): RetentionPlan {
  const leaving = new Set<string>();
  let left = bytes;
  for (const unit of kept.sort((a, b) => a.end - b.end)) {
    if (left <= limit) break;
    for (const id of unit.ids) leaving.add(id);
    left -= unit.bytes;
  }
  return {
    merges: merges.filter(({ from }) => !leaving.has(from[0]!.id)),
    thinned,
    leaving: [...leaving],
    bytes: left,
  };
}

interface Cuts {
  readonly hour: number;
  readonly day: number;
  readonly week: number;
}

/** What starts before `hour` is merged by hour, and so on. Each is the start of a unit, so that none is merged in part; NaN, which
 * nothing is before, where all stays whole. */
function cutsOf(windows: readonly WindowRecord[], now: number, schedule: Schedule): Cuts {
  const whole = windows.filter(({ grain }) => grain === 'window');
  const counted = whole.at(-schedule.count)?.start ?? Number.NEGATIVE_INFINITY;
  const recent = Math.min(now - schedule.whole, counted);
  return {
    hour: startOf(recent, 'hour'),
    day: startOf(Math.min(recent, now - schedule.hours), 'day'),
    week: startOf(Math.min(recent, now - schedule.days), 'week'),
  };
}

function grainAt(start: number, cuts: Cuts): Grain {
  if (start < cuts.week) return 'week';
  if (start < cuts.day) return 'day';
  return start < cuts.hour ? 'hour' : 'window';
}

/** What has been merged is never taken apart. */
function coarser(a: Grain, b: Grain): Grain {
  return GRAINS.indexOf(a) > GRAINS.indexOf(b) ? a : b;
}

/** Of windows of one frame in time order, those that overlap one that is kept. What has been merged is kept. */
function overlapping(windows: readonly WindowRecord[]): WindowRecord[] {
  const thinned: WindowRecord[] = [];
  const merged = windows.filter(({ grain }) => grain !== 'window');
  let next = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const window of windows) {
    if (window.grain !== 'window') {
      end = Math.max(end, window.end);
      continue;
    }
    while (next < merged.length && merged[next]!.start < window.start) next++;
    const isFree = window.start >= end && !(next < merged.length && merged[next]!.start < window.end);
    if (isFree) end = window.end;
    else thinned.push(window);
  }
  return thinned;
}

/** "1 h every 5 min": the names of sliding kinds say their step. */
function hasSteps(spec: string): boolean {
  return / every /.test(spec);
}
