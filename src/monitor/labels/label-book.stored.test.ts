import { describe, expect, test } from 'vitest';
import { LabelBook, type LabelBookOptions } from './label-book.js';
import { CLASS_PLAN, chunkOf, labelsOf, NUMBER_PLAN } from './testing/label-world.js';
import { StateShelf } from './testing/state-shelf.js';

const OPTIONS: LabelBookOptions = { plan: CLASS_PLAN, expireMs: 5_000, most: 50 };

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
    const shelf = new StateShelf();
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
    const shelf = new StateShelf();
    const book = new LabelBook(OPTIONS);
    book.setReference({ value: 0.91, rows: 1_234 });
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
    const shelf = new StateShelf();
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
    const shelf = new StateShelf();
    const book = new LabelBook({ ...OPTIONS, most: 5_000 });
    book.remember({ chunk: thousands(3_000), blocks: [1] }, 0);
    shelf.keep(book.changes());
    book.expire(6_000);
    shelf.keep(book.changes());
    const left = [...shelf.states].filter(([key, value]) => /predicted|labelled/.test(key) && value !== null);
    expect(left).toEqual([]);
  });

  test('another plan, or damage: what waited counts as expired', async () => {
    const shelf = new StateShelf();
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
    const afterwards = new StateShelf();
    for (const [key, value] of shelf.states) afterwards.states.set(key, value);
    other.changes();
    other.changesFailed();
    afterwards.keep(other.changes());
    const again = await LabelBook.restore({ ...OPTIONS, plan: NUMBER_PLAN }, afterwards.read);
    expect(again.counts()).toEqual(other.counts());
    for (const key of shelf.states.keys()) {
      for (const damage of [null, undefined, 7, {}, { index: 0 }]) {
        const damaged = new StateShelf();
        for (const [name, value] of shelf.states) damaged.states.set(name, name === key ? damage : value);
        const found = (await LabelBook.restore(OPTIONS, damaged.read)).counts();
        expect([0, 19, 20]).toContain(found.expired + found.waiting);
      }
    }
  });

  test('fewer may wait than when it was stored', async () => {
    const shelf = new StateShelf();
    const book = new LabelBook({ ...OPTIONS, most: 5_000 });
    book.remember({ chunk: thousands(3_000), blocks: [1] }, 0);
    shelf.keep(book.changes());
    const back = await LabelBook.restore({ ...OPTIONS, most: 10 }, shelf.read);
    expect(back.counts()).toMatchObject({ waiting: 10, expired: 2_990 });
  });
});
