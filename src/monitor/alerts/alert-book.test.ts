// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { Profile } from '../../profile/parts.js';
import { mergeAll } from '../../profile/profile.js';
import type { Alert } from '../alert.js';
import { AlertBook } from './alert-book.js';
import type { SubjectEvidence } from './evidence.js';
import { Stream } from './testing/stream.js';
import { type Change, evidenceOf, HOUR, makeWorld } from './testing/windows.js';

describe('a feature that moves', () => {
  test('is told once after three windows, and once more when it is over', () => {
    const stream = new Stream().pass(30);
    expect(stream.told).toEqual([]);
    stream.pass(5, { by: 1 });
    expect(stream.states).toEqual(['size raised']);
    const raised = stream.told[0]!;
    expect(raised.subject).toEqual({ kind: 'feature', name: 'size' });
    expect(raised.windows).toEqual({ drifting: 3, of: 5 });
    expect(raised).toMatchObject({ since: 30 * HOUR, at: 33 * HOUR, spec: '500 rows' });
    expect(raised.value).toBeGreaterThan(0.3);
    expect(raised.value).toBeGreaterThan(raised.threshold);
    expect(raised.sentence).toMatch(
      /^size: The median rose from .* Seen in 3 of the latest 5 windows\. The change is [\d.]+ over 1,500 rows/,
    );
    expect(stream.book.list()).toHaveLength(1);
    // still open: the newest windows are in it
    expect(stream.book.list()[0]).toMatchObject({ id: raised.id, state: 'raised', at: 35 * HOUR });
    stream.pass(10);
    expect(stream.states).toEqual(['size raised', 'size recovered']);
    expect(stream.told[1]).toMatchObject({ id: raised.id, since: raised.since });
    expect(stream.told[1]!.sentence).toBe('size: back within the tolerance for 3 windows.');
    expect(raised.advice).toMatch(/^See whether the source of size changed|^Check the unit of size/);
    expect(stream.told[1]!.advice).toBeUndefined();
    expect(stream.book.list().map(({ state }) => state)).toEqual(['recovered']);
  });

  test('for two windows only is not told', () => {
    expect(new Stream().pass(10).pass(2, { by: 1 }).pass(8).states).toEqual([]);
  });

  test('from the first window on is told soon, since the other features stay', () => {
    expect(new Stream().pass(4, { by: 2 }).states).toEqual(['size raised']);
    expect(new Stream().pass(4, { missing: 0.3 }).states).toEqual(['size raised']);
    expect(new Stream().pass(8, { by: 1 }).states).toEqual(['size raised']);
    // or from the fifth on
    expect(new Stream().pass(4).pass(8, { by: 1 }).states).toEqual(['size raised']);
  });

  test('is told again at growing distances', () => {
    const stream = new Stream({ remindEvery: '4h' }).pass(10).pass(33, { by: 1 });
    const [raised, ...reminders] = stream.told;
    expect(reminders.map(({ state }) => state)).toEqual(['persists', 'persists', 'persists']);
    expect(reminders.map(({ at }) => (at - raised!.at) / HOUR)).toEqual([4, 12, 28]);
    expect(new Set(stream.told.map(({ id }) => id)).size).toBe(1);
  });

  test('asks for as many windows as are wanted', () => {
    const stream = new Stream({ persistence: { k: 5, of: 6 } }).pass(10).pass(4, { by: 1 });
    expect(stream.states).toEqual([]);
    expect(stream.pass(1, { by: 1 }).states).toEqual(['size raised']);
  });

  test('a little, for many windows, is told from many windows together', () => {
    const large = makeWorld({ seed: 5, rows: 40_000 });
    const stream = new Stream({}, large).pass(30).pass(35, { by: 0.25 });
    expect(stream.states[0]).toBe('size raised');
    const { sentence, windows } = stream.told[0]!;
    expect(windows.drifting).toBeGreaterThanOrEqual(3);
    expect(Number(/ over ([\d,]+) rows/.exec(sentence)![1]!.replace(',', ''))).toBeGreaterThan(1_500);
  });

  test('back and forth is told each time, never twice at once', () => {
    const stream = new Stream().pass(10).pass(6, { by: 1 }).pass(10).pass(6, { by: -1 }).pass(10);
    expect(stream.states).toEqual(['size raised', 'size recovered', 'size raised', 'size recovered']);
    expect(new Set(stream.told.map(({ id }) => id)).size).toBe(2);
  });
});

describe('all features that move at once', () => {
  const steady = new Array<Change>(20).fill({});
  const moved = (changes?: readonly Change[], { before = 14, hours = 1 } = {}): string[] => {
    const world = makeWorld({ rows: 10_000, ...(changes && { windows: { rows: 500, hours, changes } }) });
    return new Stream({}, world).pass(before).pass(5, { all: 1.5 }).states;
  };

  test('are told soon where the reference has windows and none of them did the like', () => {
    expect(moved(steady)).toContain('size raised');
  });

  test('are taken for a visitor who stays where windows of the reference had such', () => {
    const visited = steady.map((_, i) => (i % 6 === 3 ? { all: i % 4 === 1 ? 1.5 : -1.5 } : {}));
    expect(moved(visited)).toEqual([]);
  });

  test('or where it has none, until thirty windows have shown nobody who stays', () => {
    expect(moved()).toEqual([]);
    expect(moved(undefined, { before: 30 })).toContain('size raised');
  });

  test('or where its windows are so unlike these that nobody would have shown in them', () => {
    expect(moved(steady, { hours: 24 })).toEqual([]);
  });
});

test('few rows far out of range are told once twelve windows have shown how rows hang together, many at once', () => {
  const told = (before: number, windows: number, far: number): string[] =>
    new Stream().pass(before).pass(windows, { far }).states;
  expect(told(0, 8, 0.1)).toEqual([]);
  expect(told(12, 4, 0.1)).toContain('size raised');
  expect(told(0, 4, 0.6)).toContain('size raised');
});

test('missing values and unseen categories are told in words', () => {
  const stream = new Stream().pass(20).pass(6, { missing: 0.1, unseen: 0.1 });
  expect(stream.states.sort()).toEqual(['colour raised', 'size raised']);
  const sentences = stream.told.map(({ sentence }) => sentence).join('\n');
  expect(sentences).toMatch(/size: Missing values rose from 0 % to/);
  expect(sentences).toMatch(/colour: .*violet/);
});

describe('windows that overlap', () => {
  const world = makeWorld({ seed: 3 });

  /** Windows of 500 rows, one every 100. */
  function slide(changes: readonly Change[], book = new AlertBook({})): { told: Alert[]; steps: number[] } {
    const told: Alert[] = [];
    const steps: number[] = [];
    let blocks: Profile[] = [];
    changes.forEach((change, i) => {
      blocks = [...blocks, world.window(100, change)].slice(-5);
      if (blocks.length < 5) return;
      const current = mergeAll(blocks as [Profile, ...Profile[]]);
      const overlap = i === 4 ? 0 : 0.8;
      for (const alert of book.judge(evidenceOf(world, current, { at: i, blocks, overlap }))) {
        told.push(alert);
        steps.push(i);
      }
    });
    return { told, steps };
  }

  test('count only by what is new in them', () => {
    const still = Array.from({ length: 50 }, () => ({}));
    const moved = Array.from({ length: 25 }, () => ({ by: 1 }));
    const { told, steps } = slide([...still, ...moved]);
    expect(told.map(({ state }) => state)).toEqual(['raised']);
    // three windows' worth of rows, some of which chance may have given before
    expect(steps[0]! - still.length + 1).toBeGreaterThanOrEqual(9);
    expect(steps[0]! - still.length + 1).toBeLessThanOrEqual(18);
  });

  test('a burst of one window is not told, in however many it is seen', () => {
    const still = Array.from({ length: 40 }, () => ({}));
    const burst = Array.from({ length: 5 }, () => ({ by: 1 }));
    expect(slide([...still, ...burst, ...still]).told).toEqual([]);
  });
});

describe('several kinds of windows', () => {
  test('the first to raise owns the alert: another neither doubles nor closes it', () => {
    const stream = new Stream();
    const both = (windows: number, change: Change, other: Change): void => {
      for (let i = 0; i < windows; i++) {
        stream.pass(1, change);
        stream.at--;
        stream.pass(1, other, { spec: '1 h' });
      }
    };
    both(8, {}, {});
    both(5, { by: 1 }, {});
    both(5, { by: 1 }, { by: 1 });
    expect(stream.told.map(({ state, spec }) => `${spec} ${state}`)).toEqual(['500 rows raised']);
    // the other kind is well again, the owner is not
    both(8, { by: 1 }, {});
    expect(stream.told).toHaveLength(1);
    // the owner is well again; what the other kind saw before raises nothing
    both(8, {}, {});
    expect(stream.told.map(({ state, spec }) => `${spec} ${state}`)).toEqual([
      '500 rows raised',
      '500 rows recovered',
    ]);
  });

  test('one that ends more often than the owner does not close the alert either', () => {
    const stream = new Stream().pass(8).pass(3, {}, { spec: '1 h' }).pass(5, { by: 1 });
    expect(stream.states).toEqual(['size raised']);
    stream.pass(8, {}, { spec: '1 h' });
    expect(stream.told).toHaveLength(1);
  });
});

describe('checks', () => {
  test('a missing column is told after two windows, its feature is not told beside it, and it is over after three', () => {
    const stream = new Stream().pass(5).pass(1, { missing: 1 }, { lacking: ['size'] });
    expect(stream.states).toEqual([]);
    stream.pass(6, { missing: 1 }, { lacking: ['size'] });
    expect(stream.states).toEqual(['columnMissing size raised']);
    expect(stream.told[0]).toMatchObject({ at: 7 * HOUR, windows: { drifting: 2, of: 2 } });
    expect(stream.told[0]!.sentence).toBe('size: the column is missing.');
    stream.pass(4);
    expect(stream.states).toEqual(['columnMissing size raised', 'columnMissing size recovered']);
  });
});

describe('other subjects', () => {
  const accuracy = (at: number, value: number, low: number): SubjectEvidence => ({
    subject: { kind: 'performance', name: 'accuracy' },
    spec: '500 rows',
    start: at * HOUR,
    end: (at + 1) * HOUR,
    value,
    low,
    threshold: 0.1,
    sentence: 'Accuracy fell.',
  });
  const states = (values: readonly (readonly [number, number])[]): string[] => {
    const book = new AlertBook({});
    return values.flatMap(([value, low], i) =>
      book.judgeSubject(accuracy(i, value, low)).map(({ state, at }) => `${at / HOUR} ${state}`),
    );
  };

  test('are told when k of the latest have their lower limit over the threshold', () => {
    const bad = [0.2, 0.15] as const;
    const good = [0, -0.05] as const;
    expect(states([bad, good, bad, good, bad])).toEqual(['5 raised']);
    expect(states([bad, bad, good, good, good, bad])).toEqual([]);
    // not when the latest is well, and not by the value alone
    expect(states([bad, bad, good])).toEqual([]);
    expect(
      states([
        [0.2, 0.05],
        [0.2, 0.05],
        [0.2, 0.05],
        [0.2, 0.05],
      ]),
    ).toEqual([]);
  });

  test('are over when three in a row are clearly better, not when they are a little', () => {
    const bad = [0.2, 0.15] as const;
    const good = [0.05, 0] as const;
    const little = [0.08, 0.05] as const;
    expect(states([bad, bad, bad, little, little, little, little])).toEqual(['3 raised']);
    expect(states([bad, bad, bad, good, good, little, good, good])).toEqual(['3 raised']);
    expect(states([bad, bad, bad, good, good, good])).toEqual(['3 raised', '6 recovered']);
  });

  test('count only by what is new in their windows, where those overlap', () => {
    const book = new AlertBook({});
    const told = Array.from({ length: 12 }, (_, i) =>
      book.judgeSubject({ ...accuracy(i, 0.2, 0.15), overlap: 0.75 }),
    );
    // Twelve windows of which a quarter each is new are three.
    expect(told.map((alerts) => alerts.length)).toEqual([...Array(11).fill(0), 1]);
  });
});

describe('state', () => {
  test('a new reference forgets what windows said, and keeps open alerts', () => {
    const stream = new Stream().pass(5).pass(1, { by: 2 });
    stream.book.restart();
    expect(stream.pass(2, { by: 2 }).states).toEqual([]);
    expect(stream.pass(2, { by: 2 }).states).toEqual(['size raised']);
    stream.book.restart();
    expect(stream.book.list()).toHaveLength(1);
    // nothing found in a few windows is no recovery yet
    expect(stream.pass(11).states).toEqual(['size raised']);
    expect(stream.pass(4).states).toEqual(['size raised', 'size recovered']);
  });

  test('what is no state is passed over', () => {
    for (const saved of [null, 7, 'x', {}, { format: 2 }, { format: 1, kinds: 'no' }])
      expect(new AlertBook({}, saved).list()).toEqual([]);
  });

  test('the history holds 100 alerts, open ones before closed', () => {
    const book = new AlertBook({ persistence: { k: 1, of: 1 }, recovery: 1 });
    const say = (name: string, at: number, value: number): void => {
      book.judgeSubject({
        subject: { kind: 'metric', name },
        spec: '1 h',
        start: at,
        end: at + 1,
        value,
        low: value,
        threshold: 1,
        sentence: '',
      });
    };
    say('stays', 0, 2);
    for (let i = 1; i < 150; i++) {
      say(`m${i}`, i, 2);
      say(`m${i}`, i, 0);
    }
    expect(book.list()).toHaveLength(100);
    expect(book.list().filter(({ state }) => state === 'raised')).toHaveLength(1);
    expect(book.list()[0]!.subject.name).toBe('m149');
  });

  test('is small: windows of 35 features take under 1 MB', () => {
    const stream = new Stream().pass(120);
    const { kinds } = stream.book.save() as { kinds: { series: { units: { slots: Float32Array }[] } }[] };
    const { units } = kinds[0]!.series;
    expect(units).toHaveLength(96);
    // three features here
    const bytes = units.reduce((sum, { slots }) => sum + slots.byteLength, 0);
    expect((bytes * 35) / 3).toBeLessThan(1_000_000);
  });
});
