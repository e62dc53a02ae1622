// SPDX-License-Identifier: Apache-2.0
import { categoryFrame } from '../baseline/feature-frames.js';
import type { CategoryFrame, Feature, Frame } from '../baseline/frame.js';
import { frameId } from '../baseline/frame-id.js';
import { hashText } from '../baseline/hash.js';
import { DriftglassError } from '../errors.js';
import type { CategoryPart, Part, Profile } from './parts.js';

/**
 * After a full pass over a reference whose frame came from a sample: its unseen names become categories, so that nothing
 * that the reference held is ever unseen. Returns the same frame when there is nothing to promote; otherwise a frame with
 * a new id, to which the reference's profiles are brought by `rebase`.
 */
export function promoteCategories(frame: Frame, reference: Profile): Frame {
  let changed = false;
  const features = frame.features.map((feature): Feature => {
    const part = reference.parts.get(feature.name);
    if (!isCategoryFrame(feature.frame) || !part || !isCategoryPart(part) || part.unseen === 0)
      return feature;
    changed = true;
    return { ...feature, frame: promoted(feature.frame, part) };
  });
  if (!changed) return frame;
  const next = { schema: frame.schema, features, table: frame.table, windowing: frame.windowing };
  return { ...next, id: frameId(next) };
}

function promoted(frame: CategoryFrame, part: CategoryPart): CategoryFrame {
  const counts = new Map(frame.categories.map((name, i) => [name, part.counts[i]!]));
  let named = 0;
  for (const [name, count] of part.unseenNames) {
    counts.set(name, count);
    named += count;
  }
  const { kind, numeric } = frame;
  const next = categoryFrame(counts, { kind, numeric, overflow: frame.overflow || named < part.unseen });
  const otherHashes = Uint32Array.from(new Set([...frame.otherHashes, ...next.otherHashes])).sort();
  return { ...next, otherHashes };
}

/**
 * A profile of `from` as a profile of `to`, where `to` was promoted from `from`: counts move to the new order, promoted
 * names from unseen to counts or other. Measures nothing again.
 */
export function rebase(profile: Profile, from: Frame, to: Frame): Profile {
  if (profile.frameId !== from.id) {
    const message = `a profile of baseline ${profile.frameId} is not one of ${from.id}`;
    throw new DriftglassError('BaselineMismatchError', message);
  }
  if (from.id === to.id) return profile;
  const parts = new Map<string, Part>(profile.parts);
  to.features.forEach((feature, i) => {
    const before = from.features[i];
    const part = profile.parts.get(feature.name);
    if (before?.name !== feature.name || !part) {
      throw new DriftglassError(
        'BaselineMismatchError',
        `feature "${feature.name}" is not the same in both baselines`,
      );
    }
    if (before.frame === feature.frame || !isCategoryPart(part)) return;
    if (isCategoryFrame(before.frame) && isCategoryFrame(feature.frame)) {
      parts.set(feature.name, rebased(part, before.frame, feature.frame));
    }
  });
  return { ...profile, frameId: to.id, parts };
}

function rebased(part: CategoryPart, from: CategoryFrame, to: CategoryFrame): CategoryPart {
  const codeOf = new Map(to.categories.map((name, code) => [name, code]));
  const hashes = new Set(to.otherHashes);
  const counts = new Float64Array(to.categories.length);
  let { other, unseen } = part;
  from.categories.forEach((name, i) => {
    const code = codeOf.get(name);
    if (code === undefined) other += part.counts[i]!;
    else counts[code] = part.counts[i]!;
  });
  const unseenNames = new Map<string, number>();
  for (const [name, count] of part.unseenNames) {
    const code = codeOf.get(name);
    if (code !== undefined) counts[code]! += count;
    else if (to.overflow || hashes.has(hashText(name))) other += count;
    else {
      unseenNames.set(name, count);
      continue;
    }
    unseen -= count;
  }
  if (to.overflow) {
    // Names beyond the bound: with an overflowing dictionary unseen cannot be told from other.
    other += unseen;
    unseen = 0;
    unseenNames.clear();
  }
  return { ...part, counts, other, unseen, unseenNames };
}

function isCategoryFrame(frame: Feature['frame']): frame is CategoryFrame {
  return frame.kind === 'category' || frame.kind === 'boolean';
}

function isCategoryPart(part: Part): part is CategoryPart {
  return part.kind === 'category' || part.kind === 'boolean';
}
