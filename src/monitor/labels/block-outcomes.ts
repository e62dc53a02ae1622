// SPDX-License-Identifier: Apache-2.0
import {
  absorbOutcomes,
  addOutcome,
  emptyLike,
  type Pair,
  type ScoreOf,
} from '../../performance/add-outcome.js';
import { decodeOutcomes, encodeOutcomes } from '../../performance/outcome-codec.js';
import type { Outcomes } from '../../performance/outcomes.js';
import type { StoredState } from '../../store/store.js';

/** Blocks whose outcomes are kept; beyond, the oldest are let go. */
const MOST_BLOCKS = 16_384;
/** Numbers in all their outcomes together: 4 MiB. */
const MOST_NUMBERS = 2 ** 19;
/** Stored in so many states, so that a label rewrites few of them. */
const BUCKETS = 256;
const BLOCKS_A_BUCKET = 64;

/** Outcomes of the blocks whose windows may still be asked for. */
export class BlockOutcomes {
  readonly #blocks = new Map<number, Outcomes | null>();
  readonly #dirty = new Set<number>();
  #numbers = 0;

  /** Rows of these blocks were remembered. */
  open(ids: readonly number[]): void {
    for (const id of ids) {
      if (this.#blocks.has(id)) continue;
      this.#blocks.set(id, null);
      this.#dirty.add(bucketOf(id));
    }
    this.#bound();
  }

  /** Adds a pair to those that are still kept, and says which they are. */
  add(
    ids: readonly number[],
    pair: Pair,
    { like, scoreOf, sign }: { readonly like: Outcomes; readonly scoreOf: ScoreOf; readonly sign: 1 | -1 },
  ): readonly number[] {
    const kept = ids.filter((id) => this.#blocks.has(id));
    for (const id of kept) {
      let outcomes = this.#blocks.get(id) ?? null;
      if (outcomes === null) {
        outcomes = emptyLike(like);
        this.#blocks.set(id, outcomes);
        this.#numbers += sizeOf(outcomes);
      }
      addOutcome(outcomes, pair, { scoreOf, sign });
      this.#dirty.add(bucketOf(id));
    }
    this.#bound();
    return kept;
  }

  /** Together; null where there are none. A fresh object. */
  of(ids: Iterable<number>): Outcomes | null {
    let sum: Outcomes | null = null;
    for (const id of new Set(ids)) {
      const outcomes = this.#blocks.get(id) ?? null;
      if (outcomes === null) continue;
      sum ??= emptyLike(outcomes);
      absorbOutcomes(sum, outcomes);
    }
    return sum;
  }

  forget(ids: Iterable<number>): void {
    for (const id of ids) this.#drop(id);
  }

  /** States of those that changed since; of `retry` too. Returns the buckets with them. */
  changes(retry: ReadonlySet<number>): {
    readonly states: StoredState[];
    readonly buckets: ReadonlySet<number>;
  } {
    const buckets = new Set([...this.#dirty, ...retry]);
    this.#dirty.clear();
    const values = new Map<number, Map<number, Uint8Array>>(
      [...buckets].map((bucket) => [bucket, new Map()]),
    );
    if (buckets.size > 0)
      for (const [id, outcomes] of this.#blocks) values.get(bucketOf(id))?.set(id, encodeOutcomes(outcomes));
    const states = [...values].map(([bucket, value]) => ({
      key: keyOf(bucket),
      value: value.size > 0 ? value : null,
    }));
    return { states, buckets };
  }

  /** Buckets that hold anything, to be read again after a restart. */
  get buckets(): number[] {
    return [...new Set([...this.#blocks.keys()].map(bucketOf))];
  }

  /** Takes what `changes` gave; what is not understood is left out. */
  async restore(buckets: readonly number[], read: (key: string) => Promise<unknown>): Promise<void> {
    const found: [number, Outcomes | null][] = [];
    for (const bucket of buckets.slice(0, BUCKETS)) {
      const value = await read(keyOf(bucket));
      if (!(value instanceof Map)) continue;
      for (const [id, bytes] of value) {
        if (!Number.isSafeInteger(id) || !(bytes instanceof Uint8Array)) continue;
        found.push([id, decodedOrNull(bytes)]);
      }
    }
    // in the order in which they came, so that the oldest leave first
    for (const [id, outcomes] of found.sort(([a], [b]) => a - b)) {
      this.#blocks.set(id, outcomes);
      if (outcomes !== null) this.#numbers += sizeOf(outcomes);
    }
    this.#bound();
  }

  #bound(): void {
    if (this.#blocks.size <= MOST_BLOCKS && this.#numbers <= MOST_NUMBERS) return;
    for (const id of this.#blocks.keys()) {
      if (this.#blocks.size <= MOST_BLOCKS && this.#numbers <= MOST_NUMBERS) return;
      this.#drop(id);
    }
  }

  #drop(id: number): void {
    const outcomes = this.#blocks.get(id);
    if (outcomes === undefined) return;
    if (outcomes !== null) this.#numbers -= sizeOf(outcomes);
    this.#blocks.delete(id);
    this.#dirty.add(bucketOf(id));
  }
}

function bucketOf(id: number): number {
  return Math.abs(Math.floor(id / BLOCKS_A_BUCKET)) % BUCKETS;
}

function keyOf(bucket: number): string {
  return `labels/blocks/${bucket}`;
}

/** Numbers that outcomes take, scores included. */
function sizeOf(outcomes: Outcomes): number {
  return outcomes.kind === 'numbers' ? 16 : outcomes.counts.length + 80;
}

function decodedOrNull(bytes: Uint8Array): Outcomes | null {
  try {
    return decodeOutcomes(bytes);
  } catch {
    return null;
  }
}
