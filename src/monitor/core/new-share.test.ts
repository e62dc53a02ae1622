// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { WindowSpec } from '../specs.js';
import { type ClosedWindow, idsOf, type NumberedBlock } from './block.js';
import { newShareOf } from './new-share.js';
import { planWindows } from './window-plan.js';

/** A window of blocks of 100 rows each, by their ids. */
function windowOf(spec: WindowSpec, ids: readonly number[]): ClosedWindow {
  const blocks = ids.map((id) => ({ id, start: 0, end: 1, profile: { rows: 100 } }) as NumberedBlock);
  return {
    plan: planWindows([spec]).windows[0],
    start: 0,
    end: 1,
    blocks: blocks as [NumberedBlock, ...NumberedBlock[]],
    late: 0,
    version: '',
    merged: 1,
  };
}

const heldBy = ({ blocks }: ClosedWindow): Set<number> => new Set(blocks.flatMap(idsOf));
const NONE: ReadonlySet<number> = new Set();

const SLIDING = { every: '1h', step: '15m' } as const;

describe('what is new in a window', () => {
  test('all of it, where windows follow each other or none came before', () => {
    expect(newShareOf(NONE, windowOf({ rows: 100 }, [1]))).toEqual({ overlap: 0, weight: 1 });
    expect(newShareOf(heldBy(windowOf({ every: '1h' }, [1])), windowOf({ every: '1h' }, [2]))).toEqual({
      overlap: 0,
      weight: 1,
    });
    expect(newShareOf(NONE, windowOf(SLIDING, [1, 2, 3, 4]))).toEqual({ overlap: 0, weight: 1 });
  });

  test('the rows of its newest blocks, where windows slide', () => {
    const rows = { rows: 400, step: 100 };
    expect(newShareOf(heldBy(windowOf(rows, [1, 2, 3, 4])), windowOf(rows, [2, 3, 4, 5]))).toEqual({
      overlap: 0.75,
      weight: 0.25,
    });
  });

  test('no more than the time in which they came: after a gap a quarter of an hour is no hour', () => {
    const night = windowOf(SLIDING, [1, 2, 3, 4]);
    const first = windowOf(SLIDING, [9]);
    const second = windowOf(SLIDING, [9, 10]);
    expect(newShareOf(heldBy(night), first)).toEqual({ overlap: 0, weight: 0.25 });
    expect(newShareOf(heldBy(first), second)).toEqual({ overlap: 0.5, weight: 0.25 });
  });

  test('blocks that were put together count by what they were', () => {
    const joined = windowOf(SLIDING, [1, 4]);
    const [first, last] = joined.blocks;
    const blocks = [{ ...first, ids: [1, 2, 3] }, last!] as const;
    expect(newShareOf(NONE, { ...joined, blocks })).toEqual({ overlap: 0, weight: 1 });
  });
});
