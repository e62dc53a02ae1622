// SPDX-License-Identifier: Apache-2.0
import type { Profile } from '../../profile/parts.js';
import type { WindowEvidence } from './evidence.js';

/** Blocks that no earlier window of the kind has held. Where blocks are not at hand, the window stands for its new rows. */
export function newRows(
  { blocks, overlap, weight: worth }: WindowEvidence,
  current: Profile,
): { profile: Profile; weight: number }[] {
  const rows = current.rows;
  if (rows === 0) return [];
  const fresh = Math.min(1, Math.max(0, 1 - overlap));
  const scale = worth === undefined || fresh === 0 ? 1 : Math.min(1, Math.max(0, worth) / fresh);
  if (blocks.length <= 1) return fresh > 0 ? [{ profile: current, weight: fresh * scale }] : [];
  const found: { profile: Profile; weight: number }[] = [];
  let weight = 0;
  for (let i = blocks.length - 1; i >= 0; i--) {
    const block = blocks[i]!;
    // a block that lies at least half in the new part is new
    if (weight + block.rows / rows / 2 > fresh) break;
    weight += block.rows / rows;
    if (block.rows > 0) found.unshift({ profile: block, weight: (block.rows / rows) * scale });
  }
  return found;
}
