// SPDX-License-Identifier: Apache-2.0
import { chooseTimeColumn } from '../baseline/windowing.js';
import type { Batch } from '../columns/batch.js';
import type { Source } from '../sources/source.js';
import { cellText } from './cell-text.js';
import type { SplitOffer } from './protocol.js';
import { giveWay } from './turns.js';

/** A column with more values is not offered by them. */
const MOST_VALUES = 50;
const LONGEST_VALUE = 80;
/** Columns that are looked at: those beyond can still be named. */
const MOST_COLUMNS = 200;
/** Parts of the file that are looked at, spread over it. */
const PARTS = 8;
/** Batches of a part that are looked at, and rows kept of each: the file is not read for an offer. */
const MOST_BATCHES = 64;
const ROWS = 2_048;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Where one file may be cut in two, from a sample of its rows: time columns halfway, others by their values where these are
 * few. The best comes first: the time axis, then the column with the fewest values. `batchRows`: rows between two chances for a host page to draw.
 */
export async function splitOffers(source: Source, batchRows = 8_192): Promise<SplitOffer[]> {
  const fields = source.schema.filter(({ type }) => type !== 'vector').slice(0, MOST_COLUMNS);
  const seen = new Map(fields.map(({ name }) => [name, new Seen()]));
  let rows = 0;
  for (const part of spread(source.parts)) {
    const columns = fields.map(({ name }) => name);
    let batches = 0;
    for await (const batch of source.read({ parts: [part, part + 1], columns, batchRows })) {
      const step = Math.max(1, Math.ceil(batch.rows / ROWS));
      for (const [name, one] of seen) one.add(batch, name, step);
      rows += batch.rows;
      if (++batches >= MOST_BATCHES) break;
      await giveWay();
    }
  }
  const missingShare = (name: string): number => 1 - (seen.get(name)?.present ?? 0) / Math.max(1, rows);
  const times = fields.flatMap(({ name, type }) => {
    const at = type === 'time' ? seen.get(name)!.halfway() : undefined;
    return at === undefined ? [] : [{ column: name, at }];
  });
  const axis = chooseTimeColumn(
    times.map(({ column }) => ({ name: column, missingShare: missingShare(column) })),
  );
  const listed = fields.flatMap(({ name, type }) => {
    const values = type === 'time' ? undefined : seen.get(name)!.list(type !== 'string');
    return values === undefined ? [] : [{ column: name, values }];
  });
  return [
    ...times.sort((a, b) => Number(b.column === axis) - Number(a.column === axis)),
    ...listed.sort((a, b) => a.values.length - b.values.length),
  ];
}

/** Part numbers, evenly spread, the first and the last among them. */
function spread(parts: number): number[] {
  const count = Math.min(PARTS, parts);
  return Array.from({ length: count }, (_, i) => Math.round((i * (parts - 1)) / Math.max(1, count - 1)));
}

class Seen {
  /** Rows with a time. */
  present = 0;
  readonly #texts = new Set<string>();
  /** Times, and how many rows each stands for. */
  readonly #times: [time: number, rows: number][] = [];
  #many = false;

  add(batch: Batch, name: string, step: number): void {
    const column = batch.columns.get(name);
    if (column?.type === 'time') this.#addTimes(column.values, step);
    else if (column !== undefined && !this.#many) {
      // Every row: one in so many would miss an arm that takes turns with another.
      const raw = column.type === 'string' ? column.codes : column.values;
      const known = new Set<number>();
      for (let row = 0; row < batch.rows && !this.#many; row++) {
        const value = raw[row]!;
        if (known.has(value) || Number.isNaN(value) || (column.type === 'string' && value < 0)) continue;
        known.add(value);
        const text = cellText(batch, name, row);
        this.#texts.add(text);
        this.#many = this.#texts.size > MOST_VALUES || text.length > LONGEST_VALUE;
      }
    }
  }

  #addTimes(values: ArrayLike<number>, step: number): void {
    for (let row = 0; row < values.length; row += step) {
      if (Number.isNaN(values[row]!)) continue;
      const stands = Math.min(step, values.length - row);
      this.present += stands;
      this.#times.push([values[row]!, stands]);
    }
  }

  /** The median, at the start of its day (its hour, in a few days) where rows lie on both sides of that. */
  halfway(): string | undefined {
    const sorted = this.#times.sort(([a], [b]) => a - b);
    const first = sorted[0]?.[0];
    const last = sorted.at(-1)?.[0];
    if (first === undefined || last === undefined || !(first < last)) return undefined;
    let below = 0;
    const middle = sorted.find(([, rows]) => {
      below += rows;
      return below > this.present / 2;
    })![0];
    for (const unit of last - first > 4 * DAY ? [DAY, HOUR] : [HOUR]) {
      const start = Math.floor(middle / unit) * unit;
      if (start > first) return timeText(start);
    }
    return timeText(middle > first ? middle : last);
  }

  /** The values in order; undefined when there are too many of them, or just one. */
  list(numeric: boolean): string[] | undefined {
    if (this.#many || this.#texts.size < 2) return undefined;
    const texts = [...this.#texts];
    return numeric
      ? texts.sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1))
      : texts.sort((a, b) => (a < b ? -1 : 1));
  }
}

function timeText(time: number): string | undefined {
  if (!(Math.abs(time) <= 8.64e15)) return undefined;
  return new Date(time).toISOString().replace('T00:00:00.000Z', '');
}
