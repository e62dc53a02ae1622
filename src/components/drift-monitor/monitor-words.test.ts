// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { snapshotOf, youngSnapshot } from '../../../test/look/fixture-monitor.js';
import { headline, openAlerts, rowNotes, shownRating, stateWords } from './monitor-words.js';

const learning = youngSnapshot({
  state: 'learning',
  reference: { spec: { first: 5000 }, label: 'the first 5,000 rows', rows: 1250 },
  rows: { observed: 1300, measured: 1250, skipped: 0, waiting: 50, late: 0, refused: 0 },
});

test('every state has its word and its sentence', () => {
  expect(stateWords(null).sentence).toBe('There is no monitor to show yet.');
  expect(stateWords(null, 'flights').sentence).toContain('“flights”');
  expect(stateWords(learning)).toEqual({
    word: 'learning',
    sentence: 'Learning what is usual: 1,250 of the first 5,000 rows.',
    progress: 0.25,
  });
  const failed = youngSnapshot({ state: 'failed', reason: 'flights.baseline: too short' });
  expect(stateWords(failed)).toMatchObject({ word: 'failed', sentence: 'flights.baseline: too short' });
  for (const state of ['starting', 'running', 'paused', 'inert', 'disposed'] as const) {
    const { word, sentence } = stateWords(youngSnapshot({ state, sentence: '', reason: '' }));
    expect(word).not.toBe('');
    expect(sentence).toMatch(/\.$/);
  }
});

test('what is not measured yet is unknown, not stable', () => {
  expect(shownRating(null)).toBe('notRated');
  expect(shownRating(learning)).toBe('unknown');
  expect(shownRating({ ...learning, state: 'failed', rating: 'stable' })).toBe('unknown');
  expect(shownRating(snapshotOf())).toBe('drift');
});

test('alerts count while they are open, rows where they were lost', () => {
  expect(openAlerts(snapshotOf(40))).toEqual([]);
  expect(openAlerts(snapshotOf()).map(({ subject }) => subject.name)).toEqual([
    'score',
    'temperature',
    'accuracy',
  ]);
  const rows = { observed: 10, measured: 4, skipped: 3, waiting: 0, late: 1, refused: 2 };
  expect(rowNotes(snapshotOf(40, { rows }))).toEqual([
    '3 left out by sampling',
    '1 too late for their window',
    '2 refused',
  ]);
});

test('the headline names what is wrong, or is the first sentence of what the monitor says', () => {
  expect(headline(snapshotOf())).toBe('temperature and score have drifted; accuracy is worse.');
  const many = snapshotOf().alerts.flatMap((alert) =>
    alert.subject.kind === 'feature'
      ? ['a', 'b', 'c'].map((name) => ({
          ...alert,
          state: 'raised' as const,
          subject: { kind: 'feature' as const, name },
        }))
      : [],
  );
  expect(headline(snapshotOf(96, { alerts: many }))).toBe('a, b and 7 more have drifted.');
  const calm = snapshotOf(10, { sentence: 'age 3.5 % higher, e.g. more of 0.2. Nothing else. So it is.' });
  expect(headline(calm)).toBe('age 3.5 % higher, e.g. more of 0.2.');
  const named = 'distance and dense_2 drifted. distance: The median rose from 556 to 880. More.';
  expect(headline({ ...calm, sentence: named })).toBe('distance and dense_2 drifted.');
  expect(headline({ ...calm, sentence: 'no full stop' })).toBe('no full stop');
});
