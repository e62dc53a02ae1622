// SPDX-License-Identifier: Apache-2.0
/** What watching takes of a page's time, by a clock that only the app and its watching move. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { recordingMonitor } from '../../test/adapters/recording-monitor.js';
import { unwatch, watchFunction } from './functions.js';
import type { TensorFlow } from './tensorflow/types.js';
import { watch } from './tfjs.js';

let clock = 0;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The first minute may take more. */
const START_MS = 60_000;
const MS = 300_000;

test('two watched functions take together what one may', () => {
  const { monitor } = recordingMonitor();
  let own = 0;
  const observedFor = (ms: number) =>
    watchFunction(
      () => {
        clock += 5;
      },
      monitor,
      {
        outputs: () => {
          clock += ms;
          own += ms;
          return { x: 1 };
        },
      },
    );
  const watched = [observedFor(2), observedFor(3)];
  while (clock < START_MS) for (const call of watched) call();
  const start = clock;
  own = 0;
  while (clock < MS) for (const call of watched) call();
  expect(own / (clock - start)).toBeLessThan(0.01);
  expect(own / (clock - start)).toBeGreaterThan(0.004);
  watched.map(unwatch);
});

class FakeTensor {
  readonly dtype = 'float32';
  readonly dataId = {};
  readonly isDisposed = false;
  readonly shape: readonly number[];
  constructor(...shape: number[]) {
    this.shape = shape;
  }
  dataSync(): Float32Array {
    return new Float32Array(this.shape.reduce((a, b) => a * b, 1));
  }
  async data(): Promise<Float32Array> {
    return this.dataSync();
  }
  clone(): this {
    return this;
  }
  dispose(): void {}
}

test('what an embedding adds to the model is in the share', async () => {
  const [plainMs, extraMs] = [10, 3];
  let asked = 0;
  const layers = (outputs: number, ms: number) => {
    const predict = () => {
      clock += ms;
      asked += outputs - 1;
      const given = Array.from({ length: outputs }, () => new FakeTensor(4, 2));
      return outputs === 1 ? given[0] : given;
    };
    return {
      name: 'fake',
      inputs: [],
      outputs: [{}],
      inputNames: ['x'],
      outputNames: ['y'],
      getLayer: () => ({ output: { name: 'e' } }),
      predict,
      predictOnBatch: predict,
      execute: predict,
    };
  };
  const tf = {
    getBackend: () => 'cpu',
    backend: () => ({}),
    memory: () => ({ numTensors: 0, numBytes: 0 }),
    keep: (tensor: unknown) => tensor,
    tidy: (code: () => unknown) => code(),
    gather: () => {},
    tensor1d: () => {},
    model: () => layers(2, plainMs + extraMs),
  } as TensorFlow;
  const { monitor, observed } = recordingMonitor();
  const watched = watch(layers(1, plainMs), monitor, { tf, outputs: ['a', 'b'], embedding: 'e' });
  const x = new FakeTensor(4, 3);
  const run = async (until: number) => {
    while (clock < until) {
      (watched.predict as (x: unknown) => void)(x);
      await vi.advanceTimersByTimeAsync(plainMs);
    }
  };
  const started = clock;
  await run(started + START_MS);
  asked = 0;
  const before = observed.length;
  const start = clock;
  await run(start + MS / 3);
  expect(asked).toBeGreaterThan(100);
  expect((asked * extraMs) / (clock - start)).toBeLessThan(0.01);
  expect(observed.length - before).toBeGreaterThan(asked - 3);
  unwatch(watched);
});
