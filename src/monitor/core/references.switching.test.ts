// SPDX-License-Identifier: Apache-2.0
/** References switched at any moment, windows open or not: what each verdict was held against, told from rows a second apart. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Batch } from '../../columns/batch.js';
import { durationText, milliseconds } from '../durations.js';
import type { ReferenceSpec } from '../specs.js';
import type { WindowVerdict } from '../window-verdict.js';
import { baselineFileOf, chunkOf, type OpenHost, openHost, rowsOf, START } from './testing/rows.js';

const BASELINE_ROWS = 2_000;
const baseline = baselineFileOf(speeds(BASELINE_ROWS, 1));
/** Blocks are no longer: an end of a window cuts them. */
const LONGEST_BLOCK = 50;
const WINDOWS = [{ rows: LONGEST_BLOCK }, { every: '2m', lateness: 0 }] as const;

/** One column: what is said of it does not matter here. */
function speeds(rows: number, seed: number): Batch {
  const { columns } = rowsOf({ rows, seed });
  return { rows, columns: new Map([['speed', columns.get('speed')!]]) };
}

const rowAt = (time: number): number => Math.round((time - START) / 1_000);

/** A reference that was asked for when so many rows had come. */
interface Choice {
  readonly spec: ReferenceSpec;
  readonly since: number;
}

/** Rows that a verdict may name, at least and at most, and what it must call them. */
function expected(
  { spec, since }: Choice,
  { window: { start, end } }: WindowVerdict,
): { readonly least: number; readonly most: number; readonly label: RegExp } {
  const [first, last] = [rowAt(start), rowAt(end)];
  if (spec === 'baseline')
    return { least: BASELINE_ROWS, most: BASELINE_ROWS, label: /^the baseline "made up"$/ };
  if ('first' in spec) {
    const label = /^the first [\d,]+ rows( of production|, of which [\d,]+ have come)$/;
    const most = spec.first + LONGEST_BLOCK;
    // Rows are not held against themselves.
    if (last <= since + spec.first) return { least: 0, most: 0, label };
    return { least: first >= since + most ? spec.first : 0, most, label };
  }
  if ('healthy' in spec) {
    const [from, to] = [rowAt(spec.healthy.from), rowAt(spec.healthy.to)];
    // Windows and blocks that reach over an end of the span are not in it.
    const least = first >= to ? Math.max(0, to - from - 2 * LONGEST_BLOCK) : 0;
    return { least: since >= to ? least : 0, most: to - from, label: /^production from .* to .* UTC/ };
  }
  const span = milliseconds(spec.last, 'last') / 1_000;
  const before = Math.min(first, span);
  const label = new RegExp(`^the ${durationText(milliseconds(spec.last, 'last'))} before$`);
  return { least: Math.max(0, before - 3 * LONGEST_BLOCK), most: before, label };
}

const specs = fc.oneof(
  fc.constant({ spec: 'baseline' } as const),
  fc.integer({ min: 60, max: 400 }).map((rows) => ({ spec: { first: rows } })),
  fc.constantFrom<{ spec: ReferenceSpec }>({ spec: { last: '5m' } }, { spec: { last: '20m' } }),
  // Of what has come by then, from one share to another.
  fc
    .tuple(fc.double({ min: 0, max: 0.2, noNaN: true }), fc.double({ min: 0.6, max: 1, noNaN: true }))
    .map((healthy) => ({ healthy })),
);

const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 190 }).map((rows) => ({ rows })) },
    { weight: 1, arbitrary: specs },
  ),
  { minLength: 14, maxLength: 20 },
);

test('each verdict names the reference of its moment with its rows, and no window is cut or lost by a switch', async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      const opened: OpenHost = await openHost({ baseline, windows: WINDOWS });
      const { host, clock, verdicts, errors } = opened;
      let choice: Choice = { spec: 'baseline', since: 0 };
      let rows = 0;
      const complete = new Map<Choice, number>();
      for (const [i, step] of list.entries()) {
        if (!('rows' in step)) {
          const part = (share: number): number => START + Math.round(share * rows) * 1_000;
          const spec: ReferenceSpec =
            'spec' in step
              ? step.spec
              : { healthy: { from: part(step.healthy[0]), to: part(step.healthy[1]) } };
          if (typeof spec === 'object' && 'healthy' in spec && rows < 200) continue;
          choice = { spec, since: rows };
          await host.setReference(spec);
          continue;
        }
        const before = verdicts.length;
        clock.now = START + rows * 1_000;
        await host.chunk(chunkOf(speeds(step.rows, i), { start: clock.now }));
        await host.flush();
        rows += step.rows;
        for (const verdict of verdicts.slice(before)) {
          const { least, most, label } = expected(choice, verdict);
          const { reference, features, rating, sentence } = verdict;
          expect(reference.label).toMatch(label);
          if (reference.rows === 0) {
            expect([rating, features.length]).toEqual(['notRated', 0]);
            expect(sentence).toContain(reference.label);
          }
          expect(reference.rows).toBeGreaterThanOrEqual(least);
          expect(reference.rows).toBeLessThanOrEqual(most);
          // The first rows are the same from then on.
          if (typeof choice.spec === 'object' && 'first' in choice.spec && reference.rows > 0) {
            const known = complete.get(choice) ?? reference.rows;
            complete.set(choice, known);
            expect(reference.rows).toBe(known);
          }
          const kind = typeof choice.spec === 'string' ? choice.spec : Object.keys(choice.spec)[0]!;
          if (reference.rows > 0) seen.set(kind, (seen.get(kind) ?? 0) + 1);
        }
        expect((await host.snapshot()).reference.spec).toEqual(choice.spec);
      }
      const { series } = await host.snapshot();
      const [byRows, byTime] = series.map(({ windows, open }) => [
        ...windows.map((window) => window.rows),
        open?.rows ?? 0,
      ]);
      const whole = Math.floor(rows / LONGEST_BLOCK);
      expect(byRows).toEqual([...Array.from({ length: whole }, () => LONGEST_BLOCK), rows % LONGEST_BLOCK]);
      expect(byTime!.reduce((a, b) => a + b, 0)).toBe(rows);
      expect(errors).toEqual([]);
      await host.close();
    }),
    { numRuns: 14, endOnFailure: true },
  );
  // What this is about has come up.
  expect([...seen.keys()].sort()).toEqual(['baseline', 'first', 'healthy', 'last']);
});
