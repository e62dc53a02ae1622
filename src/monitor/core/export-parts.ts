// SPDX-License-Identifier: Apache-2.0
import type { FeatureFrame, Frame, NumberFrame } from '../../baseline/frame.js';
import { hashText, SECOND_HALF } from '../../baseline/hash.js';
import { encodeProfile } from '../../profile/codec.js';
import type { NumberPart, Part, Profile } from '../../profile/parts.js';
import type { ExportPart } from '../export-part.js';

/** `sendBeacon` takes 64 KiB in all. */
export const PART_BYTES = 60 * 1_024;

/** A window as an exporter gets it: its counts and sums, and nothing that only one row may have held. */
export function exportParts(
  profile: Profile,
  frame: Frame,
  facts: Pick<ExportPart, 'name' | 'window' | 'closed'>,
): ExportPart[] {
  const bytes = new Uint8Array(encodeProfile(withoutRows(profile, frame)));
  const of = Math.max(1, Math.ceil(bytes.length / PART_BYTES));
  return Array.from({ length: of }, (_, index) => ({
    ...facts,
    baselineId: frame.id,
    bytes: bytes.slice(index * PART_BYTES, (index + 1) * PART_BYTES),
    index,
    of,
  }));
}

/**
 * The profile without what might be one person's own value: categories that the baseline does not know by hash only, no
 * tokens, no extremes (those of the baseline's range stand for them), no samples of hashes.
 */
function withoutRows(profile: Profile, frame: Frame): Profile {
  const parts = new Map<string, Part>();
  for (const feature of frame.features)
    parts.set(feature.name, publicPart(profile.parts.get(feature.name)!, feature.frame));
  const none = () => ({ threshold: 0, hashes: new Map<string, number>() });
  const keys = new Map([...profile.table.keys.keys()].map((name) => [name, none()]));
  return { ...profile, parts, table: { ...profile.table, duplicates: none(), keys } };
}

function publicPart(part: Part, frame: FeatureFrame): Part {
  if (part.kind === 'number' && frame.kind === 'number') return publicNumber(part, frame);
  if (part.kind === 'text' && frame.kind === 'text') {
    return {
      ...part,
      length: publicNumber(part.length, frame.length),
      words: publicNumber(part.words, frame.words),
      tokens: new Map(),
      // No token is told, so any may have been as frequent as all are.
      tokenError: part.tokenCount,
      distinct: new Uint8Array(0),
    };
  }
  if (part.kind === 'category' || part.kind === 'boolean') {
    const unseenNames = new Map<string, number>();
    for (const [name, count] of part.unseenNames) {
      const hashed = hashed64(name);
      unseenNames.set(hashed, (unseenNames.get(hashed) ?? 0) + count);
    }
    return { ...part, unseenNames, distinct: new Uint8Array(0) };
  }
  if (part.kind === 'time' && frame.kind === 'time') {
    const bucket = (time: number): number =>
      Number.isFinite(time)
        ? frame.origin + Math.floor((time - frame.origin) / frame.widthMs) * frame.widthMs
        : time;
    return { ...part, min: bucket(part.min), max: bucket(part.max) };
  }
  return part;
}

/** What lies beyond the baseline's range counts as its edge: a bin that few reach would tell their values by its sum. */
function publicNumber(part: NumberPart, { cuts }: NumberFrame): NumberPart {
  const any = part.min <= part.max;
  const last = cuts.length - 1;
  if (last < 0)
    return { ...part, min: any ? 0 : part.min, max: any ? 0 : part.max, distinct: new Uint8Array(0) };
  const binSums = part.binSums.slice();
  binSums[0] = part.counts[0] === 0 ? 0 : part.counts[0] * cuts[0];
  binSums[last + 1] = part.counts[last + 1] === 0 ? 0 : part.counts[last + 1] * cuts[last];
  return {
    ...part,
    min: any ? cuts[0] : part.min,
    max: any ? cuts[last] : part.max,
    binSums,
    distinct: new Uint8Array(0),
  };
}

function hashed64(name: string): string {
  const hex = (hash: number): string => (hash >>> 0).toString(16).padStart(8, '0');
  return `#${hex(hashText(name))}${hex(hashText(name, SECOND_HALF))}`;
}
