// SPDX-License-Identifier: Apache-2.0
import type { SystemSnapshot, SystemSummary } from '../../src/monitor/snapshot.js';
import { randomOf } from './fixture-parts.js';

import { STORY_START } from './fixture-story.js';

export function minuteOf(minute: number): SystemSummary & { start: number } {
  const noise = randomOf(minute + 1);
  const wasm = minute % 60 > 38;
  const p50 = (wasm ? 9.6 : 4.2) * (0.94 + 0.12 * noise());
  return {
    start: STORY_START + minute * 60_000,
    calls: Math.round(880 + 140 * noise()),
    rows: Math.round(880 + 140 * noise()),
    errors: minute % 60 === 38 ? 4 : 0,
    nonFinite: 0,
    p50,
    p95: p50 * (1.8 + 0.3 * noise()),
    p99: p50 * (2.7 + (minute % 17 === 0 ? 1.4 : 0.5 * noise())),
    callsPerSecond: 15.2,
    longTasks: noise() < 0.2 ? 1 + Math.round(noise()) : 0,
    ownLongTasks: 0,
    droppedFrames: Math.round(noise() * 5),
    ownDroppedFrames: 0,
    ownShare: 0.003 + 0.001 * noise(),
  };
}

export function systemOf(judged: number): SystemSnapshot {
  const minutes = Array.from({ length: 60 }, (_, i) => minuteOf(judged * 60 - 60 + i));
  return {
    total: {
      ...minuteOf(0),
      calls: judged * 60 * 940,
      errors: judged * 4,
      longTasks: judged * 11,
      ownLongTasks: 0,
      droppedFrames: judged * 140,
      ownDroppedFrames: 0,
      p50: 4.4,
      p95: 9.8,
      p99: 17.1,
      ownShare: 0.0034,
    },
    minutes,
    backend: 'wasm',
    backendChanges: [{ at: STORY_START + (judged * 60 - 21) * 60_000, from: 'webgl', to: 'wasm' }],
    memory: { heap: 84_300_000 + judged * 12_000, tensors: 212, tensorBytes: 14_200_000 },
    device: '8 cores, 8 GB',
  };
}
