// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, test, vi } from 'vitest';
import { climb } from './climb.js';
import type { Rung } from './rung.js';

const READY = "postMessage({ driftglass: 'ready' });";
const made: Worker[] = [];

function rung(name: string, script: string): Rung {
  return {
    place: 'worker',
    name,
    make: () => {
      const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
      const worker = new Worker(url, { type: 'module' });
      made.push(worker);
      return worker;
    },
  };
}

afterEach(() => {
  for (const worker of made.splice(0)) worker.terminate();
  vi.restoreAllMocks();
});

describe('climb', () => {
  test('takes the first worker that answers and tries no further', async () => {
    const second = vi.fn();
    const started = await climb([
      rung('first', READY),
      { place: 'blob worker', name: 'second', make: second },
    ]);
    expect(started).toEqual({ worker: made[0], place: 'worker', notes: [] });
    expect(second).not.toHaveBeenCalled();
  });

  test('goes on after a way that throws, a script that fails and a worker that is silent, trying each once', async () => {
    const refuses = vi.fn(() => {
      throw new Error('forbidden here');
    });
    const ladder: Rung[] = [
      { place: 'worker', name: 'one', make: refuses },
      rung('two', "throw new Error('broken script');"),
      rung('three', "postMessage('hello');"),
      { ...rung('four', READY), place: 'blob worker' },
    ];
    const terminated = vi.spyOn(Worker.prototype, 'terminate');
    const started = await climb(ladder, { patienceMs: 300 });
    expect(started.place).toBe('blob worker');
    expect(started.worker).toBe(made[2]);
    expect(started.notes).toEqual([
      'one: forbidden here',
      expect.stringMatching(/^two: .*broken script/),
      'three: no answer within 0.3 s',
    ]);
    expect(refuses).toHaveBeenCalledTimes(1);
    expect(terminated.mock.contexts).toEqual([made[0], made[1]]);
  });

  test('ends on the page, with a reason for every way', async () => {
    const started = await climb([rung('only', "throw new Error('no')")]);
    expect(started).toEqual({ worker: null, place: 'page', notes: [expect.stringMatching(/^only: /)] });
  });

  test('a failing script does not reach the page as an error', async () => {
    const onError = vi.fn();
    addEventListener('error', onError);
    await climb([rung('only', "throw new Error('no')")]);
    removeEventListener('error', onError);
    expect(onError).not.toHaveBeenCalled();
  });
});
