// SPDX-License-Identifier: Apache-2.0
/** A small part of the study in bench/alerts: windows in which nothing has changed. */
import { describe, expect, test } from 'vitest';
import type { Profile } from '../../profile/parts.js';
import { mergeAll } from '../../profile/profile.js';
import { AlertBook } from './alert-book.js';
import { evidenceOf, makeWorld } from './testing/windows.js';

describe.each([
  { name: 'independent rows', icc: 0, overlap: false },
  { name: 'rows of visitors', icc: 0.5, overlap: false },
  { name: 'rows of visitors, in windows that overlap', icc: 0.5, overlap: true },
])('$name', ({ icc, overlap }) => {
  test('150 windows raise no alert, though rows of visitors are rated drift in many of them', () => {
    const world = makeWorld({ seed: 21, rows: 4_000, icc });
    const book = new AlertBook({});
    let blocks: Profile[] = [];
    let drifting = 0;
    const windows = overlap ? 150 : 100;
    for (let at = 0; at < windows; at++) {
      blocks = overlap ? [...blocks, world.window(60)].slice(-5) : [world.window(300)];
      const current = blocks.length === 1 ? blocks[0]! : mergeAll(blocks as [Profile, ...Profile[]]);
      const evidence = evidenceOf(world, current, { at, blocks, overlap: overlap && at > 0 ? 0.8 : 0 });
      if (evidence.verdict.rating === 'drift') drifting++;
      expect(book.judge(evidence)).toEqual([]);
    }
    if (icc > 0) expect(drifting).toBeGreaterThan(windows / 10);
  });
});
