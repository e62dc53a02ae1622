// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ReadQueue } from './read-queue.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what comes before it is its turn is read in one go, bounded, each the same chance', async () => {
  const times = new Float64Array(40);
  for (let round = 0; round < 400; round++) {
    const read: number[] = [];
    const left: number[] = [];
    const queue = new ReadQueue<number>(
      4,
      async (i) => void read.push(i),
      (i) => left.push(i),
    );
    let refused = 0;
    for (let i = 0; i < 40; i++) {
      if (queue.admits()) queue.add(i);
      else refused++;
      expect(queue.size).toBeLessThanOrEqual(4);
    }
    expect(read).toEqual([]);
    await vi.advanceTimersByTimeAsync(20);
    expect(queue.size).toBe(0);
    expect(read).toHaveLength(4);
    // A later call does not pass an earlier one: a day's last rows would come after the next day's first.
    expect(read).toEqual(read.toSorted((a, b) => a - b));
    expect(read.length + left.length + refused).toBe(40);
    for (const i of read) times[i]!++;
  }
  // 40 each on average, a standard deviation of 6.
  for (const count of times) expect(Math.abs(count - 40)).toBeLessThan(5 * 6);
});

test('while reads are under way, no more than its bound is held', async () => {
  let finish = () => {};
  const read = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
  const left: number[] = [];
  const queue = new ReadQueue<number>(1, read, (i) => left.push(i));
  queue.add(1);
  await vi.advanceTimersByTimeAsync(20);
  expect(read).toHaveBeenCalledTimes(1);
  expect(queue.admits()).toBe(false);
  queue.add(2);
  expect(left).toEqual([2]);
  finish();
  await vi.advanceTimersByTimeAsync(0);
  expect(queue.size).toBe(0);
  expect(queue.admits()).toBe(true);
  queue.add(3);
  queue.close();
  queue.add(4);
  expect(left).toEqual([2, 3, 4]);
  await vi.advanceTimersByTimeAsync(50);
  expect(read).toHaveBeenCalledTimes(1);
});
