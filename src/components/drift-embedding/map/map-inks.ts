// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingColours } from '../../../report/embedding-view.js';
import { formatNumber } from '../../internal/number-text.js';

/** What a point can be drawn in, by number: the place of its colour in `INKS`; 0 is plain. */
const FIRST_CATEGORY = 1;
export const CATEGORIES = 10;
const OTHER = FIRST_CATEGORY + CATEGORIES;
const NONE = OTHER + 1;
export const DIMMED = NONE + 1;
const FIRST_STEP = DIMMED + 1;
/** Steps of the ramp for numbers. */
export const STEPS = 16;

/** Custom properties behind the inks that are not on the ramp, in order. */
export const INKS: readonly string[] = [
  '--_current',
  ...Array.from({ length: CATEGORIES }, (_, i) => `--_category-${i}`),
  '--_faint',
  '--_reference',
  '--_dimmed',
];

interface LegendEntry {
  readonly ink: number;
  readonly label: string;
  readonly rows: number;
}

export interface Inks {
  /** One a row. */
  readonly inks: Uint8Array;
  /** Of categories, the most frequent first. */
  readonly legend: readonly LegendEntry[];
  /** Of numbers: what the ends of the ramp stand for. */
  readonly range?: readonly [number, number];
}

/** Ink of each of `rows` rows by a column; all plain without one. */
export function inksOf(colours: EmbeddingColours | undefined, rows: number): Inks {
  const inks = new Uint8Array(rows);
  if (colours?.codes !== undefined && colours.categories !== undefined) {
    return byCategory(inks, colours.codes, colours.categories);
  }
  return colours?.values === undefined ? { inks, legend: [] } : byValue(inks, colours.values);
}

const byName = new Intl.Collator('en', { numeric: true });

/** The ten most frequent categories in colours of their own, in the order of their names; the rest as one. */
function byCategory(inks: Uint8Array, codes: Uint8Array, categories: readonly string[]): Inks {
  const counts = new Array<number>(categories.length).fill(0);
  let none = 0;
  for (let i = 0; i < inks.length; i++) {
    const code = codes[i] ?? 255;
    if (code < counts.length) counts[code] = (counts[code] as number) + 1;
    else none++;
  }
  const present = counts.flatMap((count, code) => (count > 0 ? [code] : []));
  const shown = present
    .toSorted((a, b) => (counts[b] as number) - (counts[a] as number))
    .slice(0, CATEGORIES)
    // A column of ten grades keeps its order and so its colours, however many rows each has.
    .sort((a, b) => byName.compare(categories[a] ?? '', categories[b] ?? ''));
  const inkOf = new Uint8Array(256).fill(NONE);
  for (const code of present) inkOf[code] = OTHER;
  shown.forEach((code, k) => {
    inkOf[code] = FIRST_CATEGORY + k;
  });
  for (let i = 0; i < inks.length; i++) inks[i] = inkOf[codes[i] ?? 255] as number;
  const legend: LegendEntry[] = shown.map((code, k) => ({
    ink: FIRST_CATEGORY + k,
    label: categories[code] === '' ? '(empty)' : (categories[code] as string),
    rows: counts[code] as number,
  }));
  const others = present.length - shown.length;
  if (others > 0) {
    const rows = present
      .filter((code) => !shown.includes(code))
      .reduce((sum, code) => sum + (counts[code] as number), 0);
    legend.push({ ink: OTHER, label: `${others} others`, rows });
  }
  if (none > 0) legend.push({ ink: NONE, label: 'none', rows: none });
  return { inks, legend };
}

/** Steps between the 2nd and the 98th percentile, so that one outlier does not take all the colours. */
function byValue(inks: Uint8Array, values: Float32Array): Inks {
  const sorted = values.slice(0, inks.length).filter(Number.isFinite).sort();
  const low = sorted[Math.floor(sorted.length * 0.02)] ?? 0;
  const high = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.98))] ?? 1;
  const perStep = high > low ? STEPS / (high - low) : 0;
  for (let i = 0; i < inks.length; i++) {
    const value = values[i] ?? Number.NaN;
    inks[i] = Number.isNaN(value)
      ? NONE
      : FIRST_STEP + Math.min(STEPS - 1, Math.max(0, Math.floor((value - low) * perStep)));
  }
  const none = inks.length - sorted.length;
  return {
    inks,
    legend: none > 0 ? [{ ink: NONE, label: 'none', rows: none }] : [],
    range: [low, high],
  };
}

/** The value of one row in words. */
export function colourText(colours: EmbeddingColours, at: number): string {
  if (colours.codes !== undefined && colours.categories !== undefined) {
    return colours.categories[colours.codes[at] ?? 255] ?? '–';
  }
  return formatNumber(colours.values?.[at], 4);
}
