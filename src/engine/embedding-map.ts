// SPDX-License-Identifier: Apache-2.0
/** Places of rows on two axes of an embedding, for a picture. Needs rows at hand: a profile holds none. */
import type { EmbeddingFrame } from '../baseline/frame.js';
import type { LinearKernels } from '../kernels/vectors.js';
import type { EmbeddingPart } from '../profile/parts.js';
import type { EmbeddingAxis, EmbeddingColours, EmbeddingMap } from '../report/embedding-view.js';
import type { MapAxes } from './protocol.js';
import type { Rows } from './rows.js';

/** Points drawn of a side: more are not told apart. */
const MOST_POINTS = 100_000;
/** Categories with inks of their own. */
const MOST_CATEGORIES = 12;
const MOST_COLOURS = 24;
const NO_CODE = 255;

export interface MapSides {
  readonly reference: EmbeddingPart;
  readonly current: EmbeddingPart;
}

/** null where the frame has no two directions, or no current row has a place. */
export function embeddingMap(input: {
  readonly name: string;
  readonly frame: EmbeddingFrame;
  readonly parts: MapSides;
  readonly rows: { readonly reference: Rows | null; readonly current: Rows };
  readonly axes: MapAxes;
  readonly linear: LinearKernels;
}): EmbeddingMap | null {
  const { name, frame, parts, rows, linear } = input;
  if (frame.variances.length < 2) return null;
  const { axes, directions } = axesOf(frame, parts, input.axes);
  const place = (values: Float32Array): Float32Array => placed(values, { frame, directions, linear });
  const { dimension } = frame;
  const current = placesOf(rows.current, { name, dimension, place });
  if (current.row.length === 0) return null;
  const reference =
    rows.reference === null
      ? split(place(frame.sample))
      : placesOf(rows.reference, { name, dimension, place });
  return {
    axes,
    reference: { x: reference.x, y: reference.y },
    current,
    colours: coloursOf(rows.current, current.row),
  };
}

/** Two unit-free directions as the rows of a 2 × d matrix: rows of `frame.directions` or sums of them. */
function axesOf(
  frame: EmbeddingFrame,
  { reference, current }: MapSides,
  wanted: MapAxes,
): { axes: [EmbeddingAxis, EmbeddingAxis]; directions: Float32Array } {
  const { dimension, variances, variance } = frame;
  const component = (i: number): EmbeddingAxis => ({
    name: `component ${i + 1}`,
    ...(variance > 0 ? { share: variances[i]! / variance } : {}),
  });
  const first = frame.directions.subarray(0, dimension);
  const directions = new Float32Array(2 * dimension);
  if (wanted === 'components' || reference.measured === 0 || current.measured === 0) {
    directions.set(frame.directions.subarray(0, 2 * dimension));
    return { axes: [component(0), component(1)], directions };
  }
  // The difference of means in units of the components' spread: Fisher's direction, up to length.
  const shift = Float64Array.from(
    reference.sums,
    (sum, j) => current.sums[j]! / current.measured - sum / reference.measured,
  );
  const length = Math.hypot(...shift) || 1;
  shift.forEach((delta, j) => {
    for (let i = 0; i < dimension; i++) {
      directions[i]! += (delta / length) * frame.directions[j * dimension + i]!;
    }
  });
  directions.set(first, dimension);
  return { axes: [{ name: 'most discriminating' }, component(0)], directions };
}

function placed(
  values: Float32Array,
  { frame, directions, linear }: { frame: EmbeddingFrame; directions: Float32Array; linear: LinearKernels },
): Float32Array {
  const { dimension, center } = frame;
  const places = linear.multiply(values, directions, dimension);
  const offset = linear.multiply(center, directions, dimension);
  for (let i = 0; i < places.length; i++) places[i]! -= offset[i & 1]!;
  return places;
}

function split(places: Float32Array): { x: Float32Array; y: Float32Array } {
  const n = places.length / 2;
  const x = new Float32Array(n);
  const y = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    x[i] = places[2 * i]!;
    y[i] = places[2 * i + 1]!;
  }
  return { x, y };
}

/** Rows with a finite place, evenly thinned to what is drawn. */
function placesOf(
  rows: Rows,
  {
    name,
    dimension,
    place,
  }: { name: string; dimension: number; place: (values: Float32Array) => Float32Array },
): { x: Float32Array; y: Float32Array; row: Uint32Array } {
  const step = Math.max(1, rows.rows / MOST_POINTS);
  const x: number[] = [];
  const y: number[] = [];
  const row: number[] = [];
  let start = 0;
  let next = 0;
  for (const batch of rows.batches) {
    const column = batch.vectors?.get(name);
    // vectors of another length have no place among these
    const places = column?.dimension === dimension ? place(column.values) : null;
    for (; next < start + batch.rows; next += step) {
      const i = Math.floor(next) - start;
      const [a, b] = places === null ? [Number.NaN, Number.NaN] : [places[2 * i]!, places[2 * i + 1]!];
      if (!Number.isFinite(a) || !Number.isFinite(b)) continue;
      x.push(a);
      y.push(b);
      row.push(start + i);
    }
    start += batch.rows;
  }
  return { x: Float32Array.from(x), y: Float32Array.from(y), row: Uint32Array.from(row) };
}

/** The other columns, as far as they can be told apart by ink: few categories, or numbers. */
function coloursOf(rows: Rows, wanted: Uint32Array): EmbeddingColours[] {
  const names = new Set(rows.batches.flatMap(({ columns }) => [...columns.keys()]));
  const found: EmbeddingColours[] = [];
  for (const name of names) {
    if (found.length === MOST_COLOURS) break;
    const colours = colourOf(rows, name, wanted);
    if (colours !== undefined) found.push(colours);
  }
  return found;
}

function colourOf(rows: Rows, name: string, wanted: Uint32Array): EmbeddingColours | undefined {
  const columns = rows.batches.map((batch) => batch.columns.get(name));
  const texts = columns.some((column) => column?.type === 'string');
  const values = new Float32Array(texts ? 0 : wanted.length);
  const codes = new Uint8Array(texts ? wanted.length : 0);
  const categories = new Map<string, number>();
  let at = 0;
  let start = 0;
  for (const [i, batch] of rows.batches.entries()) {
    const column = columns[i];
    for (; at < wanted.length && wanted[at]! < start + batch.rows; at++) {
      const row = wanted[at]! - start;
      if (!texts) {
        values[at] = column === undefined || column.type === 'string' ? Number.NaN : column.values[row]!;
        continue;
      }
      const text = column?.type === 'string' ? column.dictionary[column.codes[row]!] : undefined;
      if (text === undefined) {
        codes[at] = NO_CODE;
        continue;
      }
      const code = categories.get(text) ?? categories.size;
      if (code >= MOST_CATEGORIES) return undefined;
      categories.set(text, code);
      codes[at] = code;
    }
    start += batch.rows;
  }
  if (!texts) return { name, values };
  return categories.size > 1 ? { name, categories: [...categories.keys()], codes } : undefined;
}
