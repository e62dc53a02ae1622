// SPDX-License-Identifier: Apache-2.0
/** Whatever comes, in whatever order: what holds of every history of alerts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Alert } from '../alert.js';
import { AlertBook } from './alert-book.js';
import type { SubjectEvidence, WindowEvidence } from './evidence.js';
import { keyOf } from './register.js';
import { evidenceOf, HOUR, makeWorld } from './testing/windows.js';

const world = makeWorld({ seed: 11 });
const SPECS = ['500 rows', '1 h'];
/** Windows are made once: what varies is which of them come, and when. */
const windows = [{}, {}, { by: 1 }, { by: 1 }, { by: -1 }, { missing: 0.2 }, { unseen: 0.2 }].map(
  (change) => {
    const current = world.window(400, change);
    return evidenceOf(world, current, { at: 0 });
  },
);
const lacking = evidenceOf(world, world.window(400, { missing: 1 }), { at: 0, lacking: ['size'] });
const all = [...windows, lacking];

type Step =
  | { readonly window: number; readonly spec: number; readonly overlap: number; readonly times: number }
  | { readonly name: number; readonly spec: number; readonly value: number; readonly times: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    window: fc.nat(all.length - 1),
    spec: fc.nat(1),
    overlap: fc.constantFrom(0, 0, 0.5),
    times: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({ name: fc.nat(2), spec: fc.nat(1), value: fc.nat(3), times: fc.integer({ min: 1, max: 5 }) }),
);

function feed(book: AlertBook, steps: readonly Step[], at: number): { told: Alert[]; at: number } {
  const told: Alert[] = [];
  for (const one of steps)
    for (let i = 0; i < one.times; i++, at++)
      told.push(...('window' in one ? book.judge(windowAt(one, at)) : book.judgeSubject(subjectAt(one, at))));
  return { told, at };
}

function windowAt({ window, spec, overlap }: Extract<Step, { window: number }>, at: number): WindowEvidence {
  const evidence = all[window]!;
  const times = { spec: SPECS[spec]!, start: at * HOUR, end: (at + 1) * HOUR };
  return {
    ...evidence,
    overlap,
    verdict: { ...evidence.verdict, window: { ...evidence.verdict.window, ...times } },
  };
}

function subjectAt({ name, spec, value }: Extract<Step, { name: number }>, at: number): SubjectEvidence {
  return {
    subject: { kind: 'metric', name: `m${name}` },
    spec: SPECS[spec]!,
    start: at * HOUR,
    end: (at + 1) * HOUR,
    value,
    low: value - 0.5,
    threshold: 1,
    sentence: '',
  };
}

const steps = fc.array(step, { minLength: 1, maxLength: 25 });
const options = fc.record({
  persistence: fc.constantFrom({ k: 1, of: 1 }, { k: 2, of: 3 }, { k: 3, of: 5 }),
  recovery: fc.integer({ min: 1, max: 3 }),
  remindEvery: fc.constantFrom('2h' as const, '1d' as const),
});

describe('alerts', () => {
  test('of one subject follow each other: raised, persists*, recovered, with one id and one kind of window', () => {
    fc.assert(
      fc.property(steps, options, (some, with_) => {
        const book = new AlertBook(with_);
        const { told } = feed(book, some, 0);
        const open = new Map<string, Alert>();
        const ids = new Set<string>();
        for (const alert of told) {
          const key = keyOf(alert.subject);
          const before = open.get(key);
          if (alert.state === 'raised') {
            expect(before).toBeUndefined();
            expect(ids.has(alert.id)).toBe(false);
            ids.add(alert.id);
            open.set(key, alert);
            expect(alert.since).toBeLessThan(alert.at);
          } else {
            expect(before).toBeDefined();
            expect([alert.id, alert.spec, alert.since]).toEqual([before!.id, before!.spec, before!.since]);
            expect(alert.at).toBeGreaterThan(before!.at);
            if (alert.state === 'recovered') open.delete(key);
            else open.set(key, alert);
          }
        }
        const listed = book.list().filter(({ state }) => state !== 'recovered');
        expect(listed.map(({ id }) => id).sort()).toEqual([...open.values()].map(({ id }) => id).sort());
      }),
      { numRuns: 60 },
    );
  });

  test('go on as they would have, from a state saved at any moment', () => {
    fc.assert(
      fc.property(steps, steps, options, (before, after, with_) => {
        const book = new AlertBook(with_);
        const { at } = feed(book, before, 0);
        const saved = book.save();
        const copy = structuredClone(saved);
        const future = feed(book, after, at).told;
        // what was saved is not changed by what comes later
        expect(saved).toEqual(copy);
        const restored = new AlertBook(with_, copy);
        expect(feed(restored, after, at).told).toEqual(future);
        expect(restored.list()).toEqual(book.list());
        expect(restored.save()).toEqual(book.save());
      }),
      { numRuns: 40 },
    );
  });
});
