// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { CATEGORIES, colourText, INKS, inksOf, STEPS } from './map-inks.js';

test('the ten most frequent categories have inks in their own order; the rest share one, and so do rows without', () => {
  const categories = Array.from({ length: 14 }, (_, i) => `grade ${i}`);
  const codes = Uint8Array.from([
    ...categories.flatMap((_, i) => new Array<number>(i + 1).fill(i)),
    255,
    200,
  ]);
  const { inks, legend } = inksOf({ name: 'grade', categories, codes }, codes.length);
  expect(legend.map(({ label }) => label)).toEqual([...categories.slice(4), '4 others', 'none']);
  expect(legend.at(-2)?.rows).toBe(1 + 2 + 3 + 4);
  expect(legend.at(-1)?.rows).toBe(2);
  expect(new Set(inks).size).toBe(CATEGORIES + 2);
  for (const { ink, rows } of legend) expect(inks.filter((other) => other === ink)).toHaveLength(rows);
  for (const { ink } of legend) expect(INKS[ink]).toMatch(/^--_/);
});

test('numbers take steps between their 2nd and 98th percentile; NaN has an ink of its own', () => {
  const values = Float32Array.from({ length: 1000 }, (_, i) =>
    i === 0 ? 1e9 : i === 1 ? Number.NaN : i / 1000,
  );
  const { inks, range, legend } = inksOf({ name: 'v', values }, 1000);
  expect(range?.[0]).toBeCloseTo(0.02, 2);
  expect(range?.[1]).toBeCloseTo(0.98, 2);
  expect(inks[0]).toBe(Math.max(...inks));
  expect((inks[999] as number) - (inks[2] as number)).toBe(STEPS - 1);
  expect(legend).toEqual([{ ink: inks[1], label: 'none', rows: 1 }]);
  const flat = inksOf({ name: 'v', values: new Float32Array(3) }, 3);
  expect(new Set(flat.inks).size).toBe(1);
});

test('no column: all plain; short columns: rows without', () => {
  expect([...inksOf(undefined, 3).inks]).toEqual([0, 0, 0]);
  const short = inksOf({ name: 'c', categories: ['a'], codes: Uint8Array.of(0) }, 3);
  expect(short.legend.map(({ label, rows }) => [label, rows])).toEqual([
    ['a', 1],
    ['none', 2],
  ]);
  expect(colourText({ name: 'c', categories: ['a'], codes: Uint8Array.of(0) }, 0)).toBe('a');
  expect(colourText({ name: 'c', categories: ['a'], codes: Uint8Array.of(0) }, 2)).toBe('–');
});
