// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FlightParts, FlightStream } from '../../web/live/flight-stream.js';
import type { Flights } from '../../web/live/rows.js';

/** Flights numbered from `from`, one a minute. */
function part(from: number, rows: number): Flights {
  const numbers = Array.from({ length: rows }, (_, i) => from + i);
  const column = new Float32Array(rows);
  return {
    time: Float64Array.from(numbers),
    late: new Uint8Array(rows),
    hour: column,
    distance: column,
    origin: column,
    destination: column,
    id: Float64Array.from(numbers),
  };
}

/** Parts that are read when they are told to be; of several asked for at once the last is read first. */
class SlowParts implements FlightParts {
  readonly #sizes: readonly number[];
  #part = 0;
  #row = 0;
  #asked: (() => void)[] = [];

  constructor(sizes: readonly number[]) {
    this.#sizes = sizes;
  }

  async rewind(): Promise<void> {
    this.#part = 0;
    this.#row = 0;
  }

  next(): Promise<Flights | null> {
    const size = this.#sizes[this.#part++];
    const from = this.#row;
    this.#row += size ?? 0;
    return new Promise((resolve) => {
      this.#asked.push(() => resolve(size === undefined ? null : part(from, size)));
    });
  }

  async read(): Promise<void> {
    this.#asked.pop()?.();
    for (let i = 0; i < 8; i++) await Promise.resolve();
  }
}

const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 });

test('however slowly parts are read, each flight comes once, in order, and again after a rewind', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, fc.infiniteStream(fc.boolean()), fc.nat(3), async (parts, isReadNow, before) => {
      const reader = new SlowParts(parts);
      const stream = new FlightStream(reader);
      const rows = parts.reduce((sum, size) => sum + size, 0);
      const rewound = async () => {
        let isDone = false;
        const done = stream.rewind().then(() => {
          isDone = true;
        });
        while (!isDone) await reader.read();
        await done;
      };
      await rewound();
      for (let i = 0; i < before; i++) {
        stream.take(Number.POSITIVE_INFINITY, 2);
        if (isReadNow.next().value) await reader.read();
      }
      await rewound();
      const taken: number[] = [];
      for (let turn = 0; !stream.isOver; turn++) {
        expect(turn).toBeLessThan(1000);
        if (isReadNow.next().value) await reader.read();
        expect(Number.isNaN(stream.nextTime) || stream.nextTime === taken.length).toBe(true);
        taken.push(...(stream.take(Number.POSITIVE_INFINITY, 2)?.id ?? []));
      }
      expect(taken).toEqual(Array.from({ length: rows }, (_, i) => i));
    }),
  );
});

test('flights are taken up to a time, at most so many', async () => {
  const reader = new SlowParts([4]);
  const stream = new FlightStream(reader);
  const ready = stream.rewind();
  for (let i = 0; i < 4; i++) await reader.read();
  await ready;
  expect(stream.take(0, 9)).toBeNull();
  expect([...stream.take(3, 2)!.id]).toEqual([0, 1]);
  expect([...stream.take(3, 2)!.id]).toEqual([2]);
  expect(stream.take(3, 2)).toBeNull();
  expect(stream.nextTime).toBe(3);
});

test('a part that cannot be read is told, and no more are asked for', async () => {
  let asked = 0;
  const stream = new FlightStream({
    rewind: async () => {},
    next: async () => {
      if (asked++ === 0) return part(0, 1);
      throw new Error('page 7 is cut off');
    },
  });
  await stream.rewind();
  for (let i = 0; i < 8; i++) await Promise.resolve();
  expect(stream.error?.message).toBe('page 7 is cut off');
  expect([...stream.take(9, 9)!.id]).toEqual([0]);
  expect(stream.isOver).toBe(true);
  expect(asked).toBe(2);
});
