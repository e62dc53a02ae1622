// SPDX-License-Identifier: Apache-2.0
/** Small windows for tests of alerts: a table of three numbers and a category, measured and judged as in the monitor. */
import type { Frame } from '../../../baseline/frame.js';
import { FrameBuilder } from '../../../baseline/frame-builder.js';
import type { Schema } from '../../../columns/schema.js';
import { compareParts } from '../../../distances/compare-parts.js';
import type { WindowProfile } from '../../../distances/comparison.js';
import { randomFrom } from '../../../distances/special/random.js';
import { cpuKernels } from '../../../kernels/cpu/cpu.js';
import type { Profile } from '../../../profile/parts.js';
import { emptyProfile, mergeAll, Profiler } from '../../../profile/profile.js';
import { rateComparison } from '../../../verdict/rate-report.js';
import { DEFAULT_SETTINGS } from '../../../verdict/settings.js';
import { batchOf, normals, type Table } from '../../../verdict/testing/compare-tables.js';
import type { WindowVerdict } from '../../window-verdict.js';
import type { WindowEvidence } from '../evidence.js';

export const HOUR = 3_600_000;

export interface Change {
  /** sd by which `size` moves. */
  readonly by?: number;
  /** sd by which every feature moves. */
  readonly all?: number;
  /** Share of `size` that is impossibly large. */
  readonly far?: number;
  /** Share of `size` that is missing. */
  readonly missing?: number;
  /** Share of rows whose colour nobody knows. */
  readonly unseen?: number;
  /** `size` has not come at all: no row of it, missing or not. */
  readonly sizeless?: boolean;
}

export interface World {
  readonly schema: Schema;
  readonly frame: Frame;
  readonly reference: Profile;
  /** The reference's own. */
  readonly windows: readonly Pick<WindowProfile, 'start' | 'end' | 'profile'>[];
  /** So many rows of now. */
  readonly window: (rows: number, change?: Change) => Profile;
}

interface WorldOptions {
  readonly seed?: number;
  /** Of the reference. */
  readonly rows?: number;
  /** Correlation of the rows of one visitor, who brings 10 to 50 of them in a row. */
  readonly icc?: number;
  /** What every so many rows of the reference do, its windows. Default: it has none. */
  readonly windows?: { readonly rows: number; readonly hours?: number; readonly changes: readonly Change[] };
}

export function makeWorld({ seed = 7, rows = 5_000, icc = 0, windows }: WorldOptions = {}): World {
  const normal = normals(seed);
  const random = randomFrom(seed + 1);
  let left = 0;
  let own: readonly number[] = [0, 0, 0, 0];
  const drawn = (): number[] => {
    if (icc > 0 && left-- <= 0) {
      left = Math.floor(10 + 41 * random());
      own = [normal(), normal(), normal(), normal()];
    }
    return own.map((visitor) => Math.sqrt(icc) * visitor + Math.sqrt(1 - icc) * normal());
  };
  const table = (
    count: number,
    { by = 0, all = 0, far = 0, missing = 0, unseen = 0 }: Change = {},
  ): Table => {
    const size: (number | null)[] = [];
    const weight: number[] = [];
    const depth: number[] = [];
    const colour: string[] = [];
    for (let i = 0; i < count; i++) {
      const [a, b, c, d] = drawn().map((value) => value + all) as [number, number, number, number];
      size.push(random() < missing ? null : far > 0 && random() < far ? 9_999 : a + by);
      weight.push(Math.exp(b));
      depth.push(d);
      colour.push(random() < unseen ? 'violet' : c < 0 ? 'red' : c < 1 ? 'green' : 'blue');
    }
    return { size, weight, depth, colour };
  };
  const tables = windows ? windows.changes.map((change) => table(windows.rows, change)) : [table(rows)];
  const { schema } = batchOf(tables[0]!);
  const builder = new FrameBuilder(schema, { time: null, columns: {} }, cpuKernels);
  for (const each of tables) builder.add(batchOf(each).batch);
  const frame = builder.finish();
  const profileOf = (of: Table): Profile => {
    const profiler = new Profiler(frame, cpuKernels);
    profiler.add(batchOf(of).batch);
    return profiler.profile;
  };
  const [first, ...others] = tables.map(profileOf);
  const length = HOUR * (windows?.hours ?? 1);
  return {
    schema,
    frame,
    reference: mergeAll([first!, ...others]),
    windows: windows
      ? [first!, ...others].map((profile, i) => ({ start: i * length, end: (i + 1) * length, profile }))
      : [],
    window: (count, change) => {
      const profile = profileOf(table(count, change));
      if (change?.sizeless) profile.parts.set('size', emptyProfile(frame).parts.get('size')!);
      return profile;
    },
  };
}

export interface WindowOptions {
  /** Place of the window; one ends every hour. */
  readonly at: number;
  readonly spec?: string;
  readonly blocks?: readonly Profile[];
  readonly overlap?: number;
  /** Names of columns that are said to be missing. */
  readonly lacking?: readonly string[];
}

/** A window as it comes to the book. */
export function evidenceOf(world: World, current: Profile, options: WindowOptions): WindowEvidence {
  const { at, spec = '500 rows', blocks = [current], overlap = 0, lacking = [] } = options;
  const { frame, reference, schema, windows: referenceWindows } = world;
  const { level, seed } = DEFAULT_SETTINGS;
  const features = frame.features.map((feature) =>
    compareParts({
      feature,
      reference: reference.parts.get(feature.name)!,
      current: current.parts.get(feature.name)!,
      level,
      seed,
    }),
  );
  const here = schema.filter(({ name }) => !lacking.includes(name));
  const rated = rateComparison(
    {
      frame,
      reference: { name: 'reference', schema, profile: reference },
      current: { name: 'current', schema: here, profile: current },
      features,
      windows: [],
    },
    DEFAULT_SETTINGS,
  );
  const verdict: WindowVerdict = {
    window: {
      id: `${spec}/${at}`,
      spec,
      start: at * HOUR,
      end: (at + 1) * HOUR,
      rows: current.rows,
      skipped: 0,
      late: 0,
      version: '',
    },
    rating: rated.summary.rating,
    sentence: '',
    features: frame.features.map(({ name, role }) => ({
      name,
      role,
      delta: Number.NaN,
      ...rated.verdicts.get(name)!,
    })),
    checks: rated.checks.filter(({ passed }) => !passed),
    reference: { label: 'reference', rows: reference.rows },
  };
  return { verdict, frame, reference, referenceWindows, current, blocks, overlap };
}
