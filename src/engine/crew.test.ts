// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { share } from './crew.js';
import type { Helper } from './helper.js';

function helpers(count: number): Helper[] {
  return Array.from({ length: count }, (_, id) => ({ id }) as unknown as Helper);
}

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const result of results) all.push(result);
  return all;
}

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

describe('share', () => {
  it('yields in the order of the tasks, whatever order they finish in', async () => {
    const tasks = Array.from({ length: 23 }, (_, i) => i);
    const run = async (_: Helper, task: number): Promise<number> => {
      await wait((task * 7) % 5);
      return task * 10;
    };
    for (const count of [1, 2, 4]) {
      expect(await collect(share({ helpers: helpers(count), tasks, run }))).toEqual(
        tasks.map((task) => task * 10),
      );
    }
  });

  it('uses every helper', async () => {
    const used = new Set<Helper>();
    const run = async (helper: Helper): Promise<void> => {
      used.add(helper);
      await wait(1);
    };
    await collect(share({ helpers: helpers(3), tasks: Array.from({ length: 12 }), run }));
    expect(used.size).toBe(3);
  });

  it('uses a helper that joins while others work', async () => {
    const [late, own] = helpers(2) as [Helper, Helper];
    const crew = [own];
    const used: Helper[] = [];
    const run = async (helper: Helper, task: number): Promise<number> => {
      used.push(helper);
      if (task === 3) crew.unshift(late);
      await wait(1);
      return task;
    };
    const tasks = Array.from({ length: 20 }, (_, i) => i);
    expect(await collect(share({ helpers: crew, tasks, run }))).toEqual(tasks);
    expect(used.slice(0, 4)).toEqual([own, own, own, own]);
    // fed ahead, two at a time
    expect(used.slice(4).filter((helper) => helper === late).length).toBeGreaterThan(
      used.slice(4).filter((helper) => helper === own).length,
    );
  });

  it('holds back when results wait, so that memory is bounded', async () => {
    let started = 0;
    const run = async (): Promise<void> => void started++;
    const results = share({ helpers: helpers(2), tasks: Array.from({ length: 1000 }), run });
    await results.next();
    await wait(5);
    expect(started).toBeLessThanOrEqual(8);
    await results.return(undefined);
  });

  it('ends with the first failure', async () => {
    const run = async (_: Helper, task: number): Promise<void> => {
      if (task >= 3) throw new Error(`task ${task}`);
    };
    await expect(collect(share({ helpers: helpers(2), tasks: [0, 1, 2, 3, 4, 5], run }))).rejects.toThrow(
      'task 3',
    );
  });

  it('stops between tasks when cancelled', async () => {
    const cancel = new AbortController();
    let ran = 0;
    const run = async (): Promise<void> => {
      if (++ran === 3) cancel.abort();
      await wait(1);
    };
    const all = collect(
      share({ helpers: helpers(1), tasks: Array.from({ length: 100 }), run, signal: cancel.signal }),
    );
    await expect(all).rejects.toMatchObject({ name: 'AbortError' });
    expect(ran).toBeLessThan(10);
  });
});
