// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LabelBook, type LabelBookOptions } from './label-book.js';
import { CLASS_PLAN, chunkOf, labelsOf } from './testing/label-world.js';
import { StateShelf } from './testing/state-shelf.js';

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

test('against a model of lists, restarts included', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      const model = new Model();
      const shelf = new StateShelf();
      let book = new LabelBook(OPTIONS);
      let forgot = false;
      const handed = { predictions: 0, labels: 0 };
      for (const step of list) {
        switch (step.kind) {
          case 'predict': {
            // a block that was let go is never used again
            const block = forgot && !model.live.has(step.block) ? 100 + step.block : step.block;
            const rows = step.ids.map((one) => ({ id: one, predicted: word(step.answer) }));
            book.remember({ chunk: chunkOf(rows), blocks: [block] }, model.now);
            model.predict(step.ids, block, step.answer);
            handed.predictions += step.ids.length;
            break;
          }
          case 'label':
            book.label(labelsOf([[step.id, word(step.answer)]]), model.now);
            model.label(step.id, step.answer);
            handed.labels++;
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
        const { joined, waiting, expired, unknown, repeated, replaced } = book.counts();
        // None is forgotten, and none is counted twice.
        expect(joined + waiting + expired + replaced).toBe(handed.predictions);
        expect(joined + repeated + unknown).toBe(handed.labels);
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
