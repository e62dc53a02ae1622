// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knownOutcomes } from '../../performance/known-outcomes.js';
import type { StoredState } from '../../store/store.js';
import { LabelBook, type LabelBookOptions } from './label-book.js';
import { PredictionRing, REPLACED, SEGMENT } from './prediction-ring.js';
import { CLASS_PLAN, chunkOf, labelsOf, NUMBER_PLAN } from './testing/label-world.js';

const OPTIONS: LabelBookOptions = { plan: CLASS_PLAN, expireMs: 5_000, most: 50 };

/** What an app does, in any order. */
const id = fc.oneof(fc.nat(8), fc.nat(120));
const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('predict' as const),
        ids: fc.array(id, { maxLength: 30 }),
        block: fc.nat(20),
        answer: fc.boolean(),
      }),
    },
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('label' as const), id, answer: fc.boolean() }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(3).map((s) => 1_000 * s) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), block: fc.nat(20) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  ),
  { minLength: 10, maxLength: 60 },
);

const word = (answer: boolean) => (answer ? 'yes' : 'no');

interface Pair {
  readonly block: number;
  readonly predicted: boolean;
  label: boolean;
}

interface Waiting {
  readonly id: number;
  readonly block: number;
  readonly at: number;
  readonly predicted: boolean;
  label: boolean | null;
  isOld: boolean;
  pair: Pair | null;
}

/** The same by the simplest means: a list of predictions, a list of pairs. */
class Model {
  now = 0;
  waiting: Waiting[] = [];
  pairs: Pair[] = [];
  joined = 0;
  expired = 0;
  readonly early = new Map<number, { label: boolean; at: number }>();
  readonly live = new Set<number>();

  predict(ids: readonly number[], block: number, predicted: boolean): void {
    this.expire();
    if (ids.length > 0) this.live.add(block);
    for (const one of ids) {
      while (
        this.waiting.filter(({ label, isOld }) => label === null && !isOld).length >= 50 ||
        this.waiting.length >= 100
      )
        this.drop();
      for (const known of this.waiting) if (known.id === one) known.isOld = true;
      this.waiting.push({ id: one, block, at: this.now, predicted, label: null, isOld: false, pair: null });
      const early = this.early.get(one);
      if (early === undefined) continue;
      this.early.delete(one);
      this.label(one, early.label);
    }
  }

  label(one: number, label: boolean): void {
    this.expire();
    const found = this.waiting.findLast((known) => known.id === one && !known.isOld);
    if (found === undefined) {
      this.early.set(one, { label, at: this.now });
      return;
    }
    if (found.label === null) this.joined++;
    const { block, predicted } = found;
    if (found.pair !== null) found.pair.label = label;
    else if (this.live.has(block)) {
      found.pair = { block, predicted, label };
      this.pairs.push(found.pair);
    }
    found.label = label;
  }

  expire(): void {
    while (this.waiting[0] !== undefined && this.now - this.waiting[0].at > 5_000) this.drop();
    for (const [one, { at }] of this.early) if (this.now - at > 30_000) this.early.delete(one);
  }

  drop(): void {
    const gone = this.waiting.shift()!;
    if (gone.label === null && !gone.isOld) this.expired++;
  }
}

/** Stores states as a store does: by key, cloned. */
class Shelf {
  readonly states = new Map<string, unknown>();

  keep(changes: readonly StoredState[]): void {
    for (const { key, value } of changes) this.states.set(key, structuredClone(value));
  }

  readonly read = async (key: string): Promise<unknown> => structuredClone(this.states.get(key));
}

test('against a model of lists, restarts included', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      const model = new Model();
      const shelf = new Shelf();
      let book = new LabelBook(OPTIONS);
      let forgot = false;
      for (const step of list) {
        switch (step.kind) {
          case 'predict': {
            // a block that was let go is never used again
            const block = forgot && !model.live.has(step.block) ? 100 + step.block : step.block;
            const rows = step.ids.map((one) => ({ id: one, predicted: word(step.answer) }));
            book.remember({ chunk: chunkOf(rows), blocks: [block] }, model.now);
            model.predict(step.ids, block, step.answer);
            break;
          }
          case 'label':
            book.label(labelsOf([[step.id, word(step.answer)]]), model.now);
            model.label(step.id, step.answer);
            break;
          case 'wait':
            model.now += step.ms;
            book.expire(model.now);
            model.expire();
            break;
          case 'forget':
            forgot = true;
            book.forget([step.block]);
            model.live.delete(step.block);
            model.pairs = model.pairs.filter(({ block }) => block !== step.block);
            break;
          case 'restart':
            shelf.keep(book.changes());
            book = await LabelBook.restore(OPTIONS, shelf.read);
            // labels that came too early do not outlive a restart
            model.early.clear();
        }
        const { joined, waiting, expired } = book.counts();
        const still = model.waiting.filter(({ label, isOld }) => label === null && !isOld).length;
        expect({ joined, waiting, expired }).toEqual({
          joined: model.joined,
          waiting: still,
          expired: model.expired,
        });
      }
      for (let block = 0; block <= 120; block++) {
        const counts = new Float64Array(4);
        for (const pair of model.pairs)
          if (pair.block === block) counts[2 * Number(pair.predicted) + Number(pair.label)]!++;
        const found = book.outcomesOf([block]);
        const shown = found?.kind === 'classes' ? found.counts : new Float64Array(4);
        expect(shown).toEqual(counts);
      }
    }),
    { numRuns: 200 },
  );
});

describe('the ring', () => {
  test('finds what a map finds, whatever the hashes', () => {
    // few hashes, so that they collide and wrap around the table's end
    const hash = fc.constantFrom(0, 1, 2, -1, -2, 2_047, 2_046, 4_096);
    const push = fc.record({ upper: hash, lower: fc.nat(40) });
    fc.assert(
      fc.property(fc.array(fc.oneof(push, fc.constant(null)), { maxLength: 400 }), (list) => {
        const ring = new PredictionRing(10_000);
        const model: { upper: number; lower: number; place: number }[] = [];
        for (const entry of list) {
          if (entry === null) {
            if (ring.head === ring.tail) continue;
            ring.shift();
            model.shift();
          } else {
            const before = model.findLast(
              ({ upper, lower }) => upper === entry.upper && lower === entry.lower,
            );
            const replaced = ring.push({ ...entry, time: 0, predicted: 0, score: 0, slice: 0 });
            expect(replaced).toBe(before?.place ?? -1);
            if (replaced >= 0) ring.segmentOf(replaced).states[replaced % SEGMENT] = REPLACED;
            model.push({ ...entry, place: ring.tail - 1 });
          }
        }
        for (const { upper, lower } of model) {
          const newest = model.findLast((one) => one.upper === upper && one.lower === lower)!;
          expect(ring.find(upper, lower)).toBe(newest.place);
        }
        expect(ring.find(3, 3)).toBe(-1);
      }),
    );
  });
});

describe('what is stored', () => {
  const thousands = (count: number, first = 0) =>
    chunkOf(
      Array.from({ length: count }, (_, i) => ({
        id: first + i,
        predicted: i % 2 ? 'yes' : 'no',
        slices: { parity: String(i % 2) },
      })),
    );

  test('comes back whole: counts, outcomes, slices, what waits', async () => {
    const options = { ...OPTIONS, expireMs: 1e9, most: 10_000 };
    const shelf = new Shelf();
    const book = new LabelBook(options);
    book.remember({ chunk: thousands(5_000), blocks: [3, 9] }, 0);
    shelf.keep(book.changes());
    for (let i = 0; i < 1_200; i++) book.label(labelsOf([[i, 'yes']]), 1);
    book.label(labelsOf([[-5, 'no']]), 1);
    shelf.keep(book.changes());
    const back = await LabelBook.restore(options, shelf.read);
    expect(back.counts()).toEqual(book.counts());
    expect(back.outcomesOf([3])).toEqual(book.outcomesOf([3]));
    expect(back.total).toEqual(book.total);
    expect(back.slices()).toEqual(book.slices());
    expect(back.summaryOf([9])).toEqual(book.summaryOf([9]));
    expect(back.summaryOf([9])!.reference).toBe(0.5);
    expect(back.changes()).toEqual([]);
    expect(
      back.label(
        labelsOf([
          [4_999, 'yes'],
          [0, 'yes'],
          [1, 'no'],
        ]),
        2,
      ).changed,
    ).toEqual(new Set([3, 9]));
    expect(back.counts()).toMatchObject({ joined: 1_201, repeated: 2 });
  });

  test('a reference that was given comes back, whole counts or not', async () => {
    const shelf = new Shelf();
    const book = new LabelBook(OPTIONS);
    book.setReference(knownOutcomes({ value: 0.91, rows: 1_234 }, CLASS_PLAN));
    book.remember({ chunk: thousands(2), blocks: [1] }, 0);
    book.label(labelsOf([[1, 'yes']]), 0);
    shelf.keep(book.changes());
    const back = await LabelBook.restore(OPTIONS, shelf.read);
    expect(back.summaryOf([1])).toMatchObject({ rows: 1, value: 1, reference: expect.closeTo(0.91, 12) });
  });

  test('only what changed is written', () => {
    const book = new LabelBook({ ...OPTIONS, expireMs: 1e9, most: 10_000 });
    const keys = () =>
      book
        .changes()
        .map(({ key }) => key)
        .sort();
    expect(keys()).toEqual([]);
    book.remember({ chunk: thousands(4_096), blocks: [1] }, 0);
    expect(keys().filter((key) => key.includes('/predicted/'))).toHaveLength(4);
    expect(keys()).toEqual([]);
    book.label(labelsOf([[2_000, 'yes']]), 0);
    expect(keys()).toEqual(['labels', 'labels/blocks/0', 'labels/labelled/1', 'labels/slices']);
    book.remember({ chunk: thousands(1, 9_999), blocks: [1] }, 0);
    expect(keys()).toEqual(['labels', 'labels/labelled/4', 'labels/predicted/4']);
  });

  test('shares no memory with the book', () => {
    const book = new LabelBook(OPTIONS);
    book.remember({ chunk: thousands(3), blocks: [1] }, 0);
    const changes = book.changes();
    const before = structuredClone(changes);
    book.remember({ chunk: thousands(3, 10), blocks: [1] }, 0);
    book.label(labelsOf([[1, 'yes']]), 0);
    expect(changes).toEqual(before);
  });

  test('what could not be stored is given again', async () => {
    const options = { ...OPTIONS, expireMs: 1_000, most: 10_000 };
    const shelf = new Shelf();
    const book = new LabelBook(options);
    book.remember({ chunk: thousands(2_000), blocks: [1] }, 0);
    book.changes();
    book.label(labelsOf([[0, 'yes']]), 0);
    book.changesFailed();
    shelf.keep(book.changes());
    const back = await LabelBook.restore(options, shelf.read);
    expect(back.counts()).toMatchObject({ waiting: 1_999, joined: 1 });
    book.changes();
    book.remember({ chunk: thousands(10, 5_000), blocks: [2] }, 10_000);
    book.changes();
    book.changesFailed();
    shelf.keep(book.changes());
    expect((await LabelBook.restore(options, shelf.read)).counts()).toMatchObject({
      waiting: 10,
      expired: 1_999,
    });
  });

  test('pieces that have left are taken out of the store', () => {
    const shelf = new Shelf();
    const book = new LabelBook({ ...OPTIONS, most: 5_000 });
    book.remember({ chunk: thousands(3_000), blocks: [1] }, 0);
    shelf.keep(book.changes());
    book.expire(6_000);
    shelf.keep(book.changes());
    const left = [...shelf.states].filter(([key, value]) => /predicted|labelled/.test(key) && value !== null);
    expect(left).toEqual([]);
  });

  test('another plan, or damage: what waited counts as expired', async () => {
    const shelf = new Shelf();
    const book = new LabelBook(OPTIONS);
    book.remember({ chunk: thousands(20), blocks: [1] }, 0);
    book.label(
      labelsOf([
        [1, 'yes'],
        [77, 'yes'],
      ]),
      0,
    );
    shelf.keep(book.changes());
    const other = await LabelBook.restore({ ...OPTIONS, plan: NUMBER_PLAN }, shelf.read);
    expect(other.counts()).toMatchObject({ joined: 1, waiting: 0, expired: 19, unknown: 1 });
    other.remember({ chunk: chunkOf([{ id: 1, predicted: 4 }]), blocks: [2] }, 0);
    const afterwards = new Shelf();
    for (const [key, value] of shelf.states) afterwards.states.set(key, value);
    other.changes();
    other.changesFailed();
    afterwards.keep(other.changes());
    const again = await LabelBook.restore({ ...OPTIONS, plan: NUMBER_PLAN }, afterwards.read);
    expect(again.counts()).toEqual(other.counts());
    for (const key of shelf.states.keys()) {
      for (const damage of [null, undefined, 7, {}, { index: 0 }]) {
        const damaged = new Shelf();
        for (const [name, value] of shelf.states) damaged.states.set(name, name === key ? damage : value);
        const found = (await LabelBook.restore(OPTIONS, damaged.read)).counts();
        expect([0, 19, 20]).toContain(found.expired + found.waiting);
      }
    }
  });

  test('fewer may wait than when it was stored', async () => {
    const shelf = new Shelf();
    const book = new LabelBook({ ...OPTIONS, most: 5_000 });
    book.remember({ chunk: thousands(3_000), blocks: [1] }, 0);
    shelf.keep(book.changes());
    const back = await LabelBook.restore({ ...OPTIONS, most: 10 }, shelf.read);
    expect(back.counts()).toMatchObject({ waiting: 10, expired: 2_990 });
  });
});
