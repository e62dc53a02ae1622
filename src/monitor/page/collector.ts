// SPDX-License-Identifier: Apache-2.0

import type { Batch } from '../../columns/batch.js';
import type { Column, VectorColumn } from '../../columns/column.js';
import { takeRows } from '../../columns/take-rows.js';
import { messageOf } from '../../errors.js';
import type { Chunk } from '../host.js';
import type { Observed, ObservedColumns, ObservedMatrix, ObserveOptions, Value } from '../monitor.js';
import { appendPart, cellsOf, hasNames, sameNames } from './append-part.js';
import { ColumnBuffer } from './column-buffer.js';
import { type Parts, partsOf, type Row, roughCount } from './observed-parts.js';
import { Reservoir } from './reservoir.js';
import { MOST_COLUMNS, type Plan, RowBlock, tooMany } from './row-block.js';
import { RowFacts } from './row-facts.js';

export interface CollectorLimits {
  /** Rows that may wait. */
  readonly rows: number;
  /** Bytes that may wait, dictionaries included; at least one row always may. */
  readonly bytes: number;
  /** For sampling beyond the limits. */
  readonly random?: () => number;
  readonly now?: () => number;
}

/** Rows as objects go through a block of so many, which is kept. */
const BLOCK_ROWS = 256;

/**
 * Rows in whatever shape, copied into columns; given away as chunks. Beyond its limits it holds a uniform sample of the
 * rows since the last chunk, in their order. No call throws: what cannot be taken is refused and counted.
 */
export class Collector {
  readonly #limits: CollectorLimits;
  readonly #random: () => number;
  readonly #now: () => number;
  readonly #columns: ColumnBuffer[] = [];
  readonly #byName = new Map<string, ColumnBuffer>();
  /** The names of the latest calls in their order, with their columns: mostly the next call has the same. */
  readonly #plans: Plan[] = [];
  readonly #facts = new RowFacts();
  #rowPlan: Plan = { names: [], columns: [] };
  #rows = 0;
  #call = 0;
  #reservoir: Reservoir | null = null;
  readonly #block = new RowBlock();
  #observed = 0;
  #refused = 0;

  constructor(limits: CollectorLimits) {
    this.#limits = limits;
    this.#random = limits.random ?? Math.random;
    this.#now = limits.now ?? Date.now;
  }

  /** Rows that wait. */
  get rows(): number {
    return this.#rows;
  }

  /** Rows left out, and refused, since the last chunk. */
  get skipped(): number {
    return this.#facts.skippedRows;
  }

  get refused(): number {
    return this.#refused;
  }

  /** Bytes that wait, about. */
  get bytes(): number {
    return this.#rows * this.#rowBytes() + this.#chars();
  }

  /** Rows handed over so far: taken, left out or refused. */
  get observed(): number {
    return this.#observed;
  }

  /** Copies the rows. Returns why they were refused, empty where they were not. */
  observe(observed: Observed, options?: ObserveOptions): string {
    const before = this.#rows;
    let count = 0;
    try {
      const parts = partsOf(observed);
      if (typeof parts === 'string') return this.#refuse(roughCount(observed), parts);
      count = parts.kind === 'rows' ? parts.rows.length : parts.rows;
      const wrong =
        this.#facts.check(count, options) || (parts.kind === 'parts' ? this.#plan(parts.parts) : '');
      if (wrong !== '') return this.#refuse(Math.max(1, count), wrong);
      const left = this.#facts.begin(options, this.#now());
      this.#observed += left;
      if (count === 0) return '';
      const room = this.#reservoir === null ? Math.min(count, this.#room()) : 0;
      const isWhole = (options?.sums?.length ?? 0) > 0;
      if (isWhole && room < count) this.#facts.leaveOut(count);
      else {
        if (room > 0) this.#append(parts, room);
        if (room < count) this.#sample(parts, room, count);
      }
      this.#observed += count;
      return '';
    } catch (error) {
      // A getter of the app's may throw, and a proxy may lie: the rows are then as if they had never come.
      this.#rows = before;
      for (const column of this.#columns) column.truncate(before);
      return this.#refuse(Math.max(1, count), `the rows could not be read: ${messageOf(error)}`);
    }
  }

  /** All that waits, by model version, in order; counts of what was left out and refused are in it. Empty when there is nothing. */
  take(): Chunk[] {
    const rows = this.#rows;
    const refused = this.#refused;
    if (rows === 0 && this.skipped + refused === 0) return [];
    const columns = new Map<string, Column>();
    const vectors = new Map<string, VectorColumn>();
    for (const column of this.#columns) {
      if (column.length === 0) continue;
      const taken = column.take(rows);
      if (taken.type === 'vector') vectors.set(column.name, taken);
      else columns.set(column.name, taken);
    }
    const batch: Batch = { rows, columns, ...(vectors.size > 0 && { vectors }) };
    this.#rows = 0;
    this.#refused = 0;
    const isSampled = this.#reservoir !== null;
    this.#reservoir = null;
    return this.#facts
      .take(rows, isSampled)
      .map(({ indices, ...facts }, index) => ({
        batch: indices === null ? batch : takeRows(batch, indices),
        ...facts,
        refused: index === 0 ? refused : 0,
      }))
      .filter((chunk) => chunk.batch.rows + chunk.skipped + chunk.refused > 0);
  }

  #refuse(count: number, complaint: string): string {
    this.#observed += count;
    this.#refused += count;
    return complaint;
  }

  /** Rows that may still come before there are too many. */
  #room(): number {
    if (this.#rows >= this.#limits.rows) return 0;
    const bytes = this.#limits.bytes - this.#chars();
    const most = Math.max(1, Math.floor(bytes / (this.#rowBytes() || 1)));
    return Math.max(0, Math.min(this.#limits.rows, most) - this.#rows);
  }

  #rowBytes(): number {
    let bytes = 8;
    for (const column of this.#columns) bytes += column.rowBytes;
    return bytes;
  }

  #chars(): number {
    let chars = 0;
    for (const column of this.#columns) chars += column.chars;
    return 2 * chars + this.#facts.bytes;
  }

  /** Finds the column of every name of the parts. */
  #plan(parts: readonly (ObservedColumns | ObservedMatrix)[]): string {
    this.#call++;
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i];
      this.#plans[i] ??= { names: [], columns: [] };
      const plan = this.#plans[i];
      if ('columns' in part) {
        let at = 0;
        for (const name in part.columns) if (plan.names[at++] !== name) at = Number.POSITIVE_INFINITY;
        if (at !== plan.names.length) this.#plans[i] = this.#planOf(Object.keys(part.columns));
      } else if (!sameNames(plan.names, part)) {
        this.#plans[i] = this.#planOf('names' in part ? Array.from(part.names) : [part.embedding]);
      }
      for (const column of this.#plans[i].columns) {
        if (column === undefined) return tooMany();
        if (column.stamp === this.#call) return `"${column.name}" occurs twice, expected each name once`;
        column.stamp = this.#call;
      }
    }
    return '';
  }

  #planOf(names: readonly string[]): Plan {
    const fresh = names.reduce((count, name) => count + (this.#byName.has(name) ? 0 : 1), 0);
    if (this.#columns.length + fresh > MOST_COLUMNS) this.#forget();
    return { names, columns: names.map((name) => this.#column(name)) };
  }

  /** Undefined where there are too many. */
  #column(name: string): ColumnBuffer | undefined {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    if (this.#columns.length >= MOST_COLUMNS) return undefined;
    const column = new ColumnBuffer(name);
    this.#columns.push(column);
    this.#byName.set(name, column);
    return column;
  }

  /** Columns without a row since the last chunk make room for others. */
  #forget(): void {
    this.#plans.length = 0;
    this.#rowPlan = { names: [], columns: [] };
    const kept = this.#columns.filter((column) => column.length > 0);
    for (const column of this.#columns) if (column.length === 0) this.#byName.delete(column.name);
    this.#columns.splice(0, this.#columns.length, ...kept);
  }

  #append(parts: Parts, count: number): void {
    const at = this.#rows;
    if (parts.kind === 'rows')
      for (let from = 0; from < count; from += BLOCK_ROWS)
        this.#appendRows(parts.rows, from, at + from, Math.min(BLOCK_ROWS, count - from));
    else
      for (let i = 0; i < parts.parts.length; i++)
        appendPart(parts.parts[i], this.#plans[i].columns as ColumnBuffer[], at, count);
    this.#facts.append(at, count);
    this.#rows = at + count;
  }

  #appendRows(all: readonly Row[], from: number, at: number, count: number): void {
    const rows = count === all.length ? all : all.slice(from, from + count);
    if (!hasNames(rows[0], this.#rowPlan.names)) this.#rowPlan = this.#planOf(Object.keys(rows[0]));
    this.#block.append(rows, this.#rowPlan, at, (name) => this.#column(name));
  }

  /** Rows from `from` to `to` of the parts compete with those that wait. */
  #sample(parts: Parts, from: number, to: number): void {
    const size = this.#rows;
    if (this.#reservoir === null) {
      for (const column of this.#columns) column.pad(size);
      this.#reservoir = new Reservoir(size, this.#random);
      this.#facts.beginSampling(size);
    }
    for (let row = from; row < to; row++) {
      const gap = this.#facts.mayReplace ? this.#reservoir.next(to - row) : -1;
      if (gap < 0) {
        this.#facts.leaveOut(to - row);
        return;
      }
      this.#facts.leaveOut(gap);
      row += gap;
      this.#replace(parts, row, this.#reservoir.slot());
    }
  }

  #replace(parts: Parts, row: number, slot: number): void {
    // Read before anything is written: a getter that throws must not leave half a row.
    const cells: [ColumnBuffer | undefined, Value][] =
      parts.kind === 'rows'
        ? Object.keys(parts.rows[row]).map((name) => [this.#column(name), parts.rows[row][name]])
        : parts.parts.flatMap((part, i) => cellsOf(part, this.#plans[i].columns as ColumnBuffer[], row));
    for (const column of this.#columns) column.write(null, slot);
    for (const [column, value] of cells) column?.write(value, slot);
    for (const column of this.#columns)
      if (column.entries > 2 * this.#rows + 16) column.compact(column.length);
    this.#facts.replace(slot, row);
  }
}
