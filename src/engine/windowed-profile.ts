// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../baseline/frame.js';
import type { Profile } from '../profile/parts.js';
import { emptyProfile, mergeProfiles } from '../profile/profile.js';
import { promoteCategories, rebase } from '../profile/promote.js';
import type { WindowedProfiler } from '../profile/windowed.js';

/** The profile of all rows, and those of the calendar windows by their start (ms). Adds like a profile. */
export interface WindowedProfile {
  readonly profile: Profile;
  readonly windows: ReadonlyMap<number, Profile>;
}

export function emptyWindowed(frame: Frame): WindowedProfile {
  return { profile: emptyProfile(frame), windows: new Map() };
}

export function windowedOf(profiler: WindowedProfiler): WindowedProfile {
  return { profile: profiler.total(), windows: profiler.windows };
}

export function mergeWindowed(a: WindowedProfile, b: WindowedProfile): WindowedProfile {
  const windows = new Map(a.windows);
  for (const [start, profile] of b.windows) {
    const known = windows.get(start);
    windows.set(start, known === undefined ? profile : mergeProfiles(known, profile));
  }
  return { profile: mergeProfiles(a.profile, b.profile), windows };
}

/** A windowed profile of `from` as one of `to`, which measures the same but for categories (see profile/promote.ts). */
export function rebaseWindowed(
  { profile, windows }: WindowedProfile,
  from: Frame,
  to: Frame,
): WindowedProfile {
  return {
    profile: rebase(profile, from, to),
    windows: new Map([...windows].map(([start, window]) => [start, rebase(window, from, to)])),
  };
}

/**
 * The frame with every category that the whole reference held, and both sides brought to it: a frame that came from a
 * sample does not call what it missed unseen.
 */
export function promoteSides(
  frame: Frame,
  sides: { readonly reference: WindowedProfile; readonly current: WindowedProfile },
): { frame: Frame; reference: WindowedProfile; current: WindowedProfile } {
  const promoted = promoteCategories(frame, sides.reference.profile);
  if (promoted === frame) return { frame, ...sides };
  return {
    frame: promoted,
    reference: rebaseWindowed(sides.reference, frame, promoted),
    current: rebaseWindowed(sides.current, frame, promoted),
  };
}
