// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../baseline/frame.js';
import type { Baseline } from '../profile/baseline-file.js';
import { isSealed } from '../profile/container.js';
import type { Bytes } from '../sources/source.js';
import { VERSION } from '../version.js';
import type { SideInfo } from './protocol.js';
import type { WindowedProfile } from './windowed-profile.js';

/** What a baseline file holds of a measured reference. */
export function baselineOf(frame: Frame, { profile, windows }: WindowedProfile, name: string): Baseline {
  return {
    frame,
    profile,
    windows: [...windows].map(([start, window]) => ({ start, profile: window })),
    name,
    createdBy: `driftglass ${VERSION}`,
  };
}

/** An opened baseline as a side. */
export function baselineInfo(baseline: Baseline, file: string): SideInfo {
  return {
    name: baseline.name || file,
    format: 'baseline',
    rows: baseline.profile.rows,
    bytes: 0,
    schema: baseline.frame.schema,
    groups: [],
    notes: [`baseline ${baseline.frame.id}`],
    preview: [],
  };
}

/** The baseline that a file holds; null where it is data. */
export async function savedBaseline(bytes: Bytes): Promise<Baseline | null> {
  if (!isSealed(await bytes.slice(0, Math.min(16, bytes.size)))) return null;
  const all = await bytes.slice(0, bytes.size);
  const { decodeBaseline } = await import('../profile/baseline-file.js');
  return decodeBaseline(all);
}
