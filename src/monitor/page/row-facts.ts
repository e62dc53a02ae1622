// SPDX-License-Identifier: Apache-2.0

import type { EmbeddingSums } from '../embedding-sums.js';
import type { Chunk } from '../host.js';
import type { ObserveOptions } from '../monitor.js';
import { grown } from './copy-numbers.js';

type Id = string | number | null;
type Sums = EmbeddingSums & { readonly first: number; readonly rows: number };
/** A chunk without its batch; `indices` are the rows of the batch that it holds, null for all in their order. */
export type ChunkFacts = Omit<Chunk, 'batch' | 'refused'> & { readonly indices: Uint32Array | null };

const MOST_SLICES = 16;
/** Versions that may wait at once; rows of further ones are told as the first's. */
const MOST_VERSIONS = 256;
/** Slots fit beside the order of their row in one exact number. */
const SLOTS = 2 ** 20;

/** What comes beside the features of a row: time, id, model version, slices, and the order of rows while they are sampled. */
export class RowFacts {
  #times = new Float64Array(16);
  #ids: Id[] | null = null;
  #versions: string[] = [''];
  /** Per row; null while all have the first version. */
  #versionOf: Uint8Array | null = null;
  readonly #slices = new Map<string, string[]>();
  #sums: Sums[] = [];
  /** While sampling: when each row came. */
  #order: Float64Array | null = null;
  #seen = 0;
  #skipped: number[] = [];
  #options: ObserveOptions | undefined;
  #now = 0;
  #version = 0;
  #chars = 0;

  get skippedRows(): number {
    return this.#skipped.reduce((sum, count) => sum + count, 0);
  }

  /** About what ids and slices hold. */
  get bytes(): number {
    return 2 * this.#chars;
  }

  /** Sums over several rows cannot give one up: where there are some, rows beyond the limit are all left out. */
  get mayReplace(): boolean {
    return this.#sums.length === 0;
  }

  /** Why these options do not go with `count` rows; empty when they do. */
  check(count: number, options: ObserveOptions | undefined): string {
    if (options === undefined) return '';
    const { ids, times, slices, version } = options;
    if (ids !== undefined) {
      const length = isOne(ids) ? 1 : ids.length;
      if (length !== count) return `ids: ${length} for ${count} rows, expected one a row`;
    }
    if (times !== undefined && typeof times !== 'number' && !(times instanceof Date)) {
      if (times === null || times.length !== count)
        return `times: ${times?.length} for ${count} rows, expected one a row or one for all`;
    }
    if (version !== undefined && typeof version !== 'string') return 'version: expected a string';
    if (slices === undefined) return '';
    let keys = this.#slices.size;
    for (const key in slices) {
      const value = slices[key];
      if (typeof value !== 'string' && value?.length !== count)
        return `slice "${key}": ${value?.length} values for ${count} rows, expected one a row or one for all`;
      if (!this.#slices.has(key) && ++keys > MOST_SLICES)
        return `slice "${key}": more than ${MOST_SLICES} keys`;
    }
    return '';
  }

  /** A call begins, of which an adapter has left out so many rows already. */
  begin(options: ObserveOptions | undefined, now: number): number {
    this.#options = options;
    this.#now = now;
    const version = options?.version ?? '';
    this.#version = this.#versions.indexOf(version);
    if (this.#version < 0) {
      const isFirst = this.#versionOf === null && this.#seen === 0 && this.skippedRows === 0;
      if (isFirst) this.#versions = [version];
      this.#version = isFirst
        ? 0
        : this.#versions.length < MOST_VERSIONS
          ? this.#versions.push(version) - 1
          : 0;
    }
    const skipped = Math.max(0, Math.floor(Number(options?.skipped) || 0));
    if (skipped > 0) this.leaveOut(skipped);
    return skipped;
  }

  /** The call's first `count` rows, at places from `at` on. */
  append(at: number, count: number): void {
    const rows = at + count;
    if (this.#times.length < rows) this.#times = grown(this.#times, Math.max(rows, 2 * this.#times.length));
    this.#seen = rows;
    const options = this.#options;
    const times = options?.times;
    if (typeof times === 'object' && !(times instanceof Date))
      for (let i = 0; i < count; i++) this.#times[at + i] = timeOf(times[i], this.#now);
    else this.#times.fill(timeOf(times, this.#now), at, rows);
    if (this.#version > 0 || this.#versionOf !== null) {
      if (this.#versionOf === null || this.#versionOf.length < rows)
        this.#versionOf = grown(this.#versionOf ?? new Uint8Array(0), Math.max(rows, this.#times.length));
      this.#versionOf.fill(this.#version, at, rows);
    }
    if (options === undefined) return;
    if (options.ids !== undefined) for (let i = 0; i < count; i++) this.#setId(at + i, options.ids, i);
    for (const key in options.slices) for (let i = 0; i < count; i++) this.#setSlice(key, at + i, i);
    for (const sums of options.sums ?? []) this.#sums.push({ ...sums, first: at, rows: count });
  }

  /** From now on rows replace others: `size` of them stay. */
  beginSampling(size: number): void {
    this.#order = new Float64Array(size);
    for (let i = 0; i < size; i++) this.#order[i] = i;
    this.#seen = size;
  }

  leaveOut(rows: number): void {
    this.#leaveOutOf(this.#version, rows);
  }

  #leaveOutOf(version: number, rows: number): void {
    this.#skipped[version] = (this.#skipped[version] ?? 0) + rows;
  }

  /** Row `row` of the call takes the place of another. */
  replace(slot: number, row: number): void {
    this.#leaveOutOf(this.#versionOf?.[slot] ?? 0, 1);
    if (this.#order !== null) this.#order[slot] = this.#seen++;
    const options = this.#options;
    const times = options?.times;
    const time = typeof times === 'object' && !(times instanceof Date) ? times[row] : times;
    this.#times[slot] = timeOf(time, this.#now);
    if (this.#version > 0 && this.#versionOf === null) this.#versionOf = new Uint8Array(this.#times.length);
    if (this.#versionOf !== null) this.#versionOf[slot] = this.#version;
    if (options?.ids !== undefined) this.#setId(slot, options.ids, row);
    else if (this.#ids !== null) this.#ids[slot] = null;
    for (const [key, values] of this.#slices) if (options?.slices?.[key] === undefined) values[slot] = '';
    for (const key in options?.slices) this.#setSlice(key, slot, row);
  }

  /** By version, in the order of the rows; begins anew. */
  take(rows: number, isSampled: boolean): ChunkFacts[] {
    const order = isSampled && this.#order !== null ? sortedSlots(this.#order, rows) : null;
    const groups = this.#versions.map((version, code) => ({
      version,
      skipped: this.#skipped[code] ?? 0,
      indices: this.#indicesOf(code, rows, order),
    }));
    const facts = groups
      .filter(
        ({ indices, skipped }, code) =>
          skipped > 0 || (indices === null ? rows : indices.length) > 0 || code === 0,
      )
      .map(({ version, skipped, indices }) => this.#factsOf(version, skipped, indices, rows));
    this.#ids = null;
    this.#versionOf = null;
    this.#versions = [this.#versions[this.#version] ?? ''];
    this.#version = 0;
    this.#slices.clear();
    this.#sums = [];
    this.#order = null;
    this.#seen = 0;
    this.#skipped = [];
    this.#chars = 0;
    this.#options = undefined;
    if (this.#times.length > 8_192) this.#times = new Float64Array(this.#times.length >>> 1);
    return facts;
  }

  #factsOf(version: string, skipped: number, indices: Uint32Array | null, rows: number): ChunkFacts {
    const count = indices?.length ?? rows;
    const at = (i: number): number => (indices === null ? i : indices[i]);
    const ids = this.#ids;
    const slices: Record<string, string[]> = {};
    for (const [key, values] of this.#slices)
      slices[key] = Array.from({ length: count }, (_, i) => values[at(i)] ?? '');
    const sums = this.#sums.flatMap((sum) => {
      const first = indices === null ? sum.first : indices.indexOf(sum.first);
      return first < 0 ? [] : [{ ...sum, first }];
    });
    return {
      times:
        indices === null ? this.#times.slice(0, count) : Float64Array.from(indices, (i) => this.#times[i]),
      ids: ids === null ? null : Array.from({ length: count }, (_, i) => ids[at(i)] ?? null),
      version,
      slices: this.#slices.size === 0 ? null : slices,
      skipped,
      indices,
      ...(sums.length > 0 && { sums }),
    };
  }

  #indicesOf(code: number, rows: number, order: Uint32Array | null): Uint32Array | null {
    const versionOf = this.#versionOf;
    if (versionOf === null) return code === 0 ? order : new Uint32Array(0);
    const all = order ?? Uint32Array.from({ length: rows }, (_, i) => i);
    return all.filter((slot) => versionOf[slot] === code);
  }

  #setId(slot: number, ids: NonNullable<ObserveOptions['ids']>, row: number): void {
    this.#ids ??= [];
    const id = isOne(ids) ? ids : ids[row];
    const isId = typeof id === 'string' || typeof id === 'number';
    this.#ids[slot] = isId ? id : null;
    this.#chars += typeof id === 'string' ? id.length + 8 : 8;
  }

  #setSlice(key: string, slot: number, row: number): void {
    const value = this.#options?.slices?.[key];
    const values = this.#slices.get(key) ?? [];
    this.#slices.set(key, values);
    values[slot] = String(typeof value === 'string' ? value : value?.[row]);
    // References mostly, to texts that the app holds as well.
    this.#chars += 4;
  }
}

function isOne(ids: unknown): ids is string | number {
  return typeof ids === 'string' || typeof ids === 'number';
}

function timeOf(time: unknown, now: number): number {
  const ms = time instanceof Date ? time.getTime() : time;
  return typeof ms === 'number' && Number.isFinite(ms) ? ms : now;
}

/** Slots by the order in which their rows came. */
function sortedSlots(order: Float64Array, rows: number): Uint32Array {
  const keys = Float64Array.from({ length: rows }, (_, slot) => order[slot] * SLOTS + slot).sort();
  return Uint32Array.from(keys, (key) => key % SLOTS);
}
