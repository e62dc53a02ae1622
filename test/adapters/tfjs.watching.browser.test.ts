// SPDX-License-Identifier: Apache-2.0
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { unwatch, watch } from '../../src/adapters/tfjs.js';
import { layersModel, layerValues } from './layers-model.js';
import { countOf, recordingMonitor, total } from './recording-monitor.js';
import { loadTensorFlow, type TensorFlowForTests, useBackend, valuesOf } from './tensorflow.js';

let tf: TensorFlowForTests;
beforeAll(async () => {
  tf = await loadTensorFlow();
  await useBackend(tf, 'cpu');
});

const everything = { sampling: { share: 1 } };

describe('watching', () => {
  test('ends with unwatch, by the model or by its stand-in, for all monitors', async () => {
    const model = layersModel(tf);
    const one = recordingMonitor();
    const two = recordingMonitor();
    const options = { tf, inputs: ['a', 'b', 'c'], embedding: 'embedding', ...everything };
    const first = watch(model, one.monitor, options);
    const second = watch(first, two.monitor, options);
    const x = tf['tensor2d']([[1, 2, 3]]);
    const before = tf.memory().numTensors;
    const heard = () => [one.observed.length, two.observed.length];
    second.predict(x).dispose();
    await vi.waitFor(() => expect(heard()).toEqual([0, 1]));
    first.predict(x).dispose();
    await vi.waitFor(() => expect(heard()).toEqual([1, 1]));
    expect(two.column('embedding')).toEqual(one.column('embedding'));
    first.predict(x).dispose();
    second.predict(x).dispose();
    expect(tf.memory().numTensors).toBeGreaterThan(before);
    unwatch(second);
    // At once, and not when they would have been read.
    expect(tf.memory().numTensors).toBe(before);
    first.predict(x).dispose();
    second.predict(x).dispose();
    await pause(20);
    // A call that still waited counts as left out.
    for (const { observed } of [one, two]) {
      expect(observed.slice(1)).toEqual([{ observed: { columns: {} }, options: { skipped: 1 } }]);
      expect(countOf(observed)).toBe(2);
    }
    expect(tf.memory().numTensors).toBe(before);
    unwatch(watch(model, one.monitor, options));
  });

  test('reads many rows of a call by a sample of them, the same of all its tensors', async () => {
    const model = layersModel(tf);
    const { monitor, observed, column } = recordingMonitor();
    const watched = watch(model, monitor, {
      tf,
      inputs: ['a', 'b', 'c'],
      outputs: ['no', 'yes'],
      embedding: 'embedding',
      ids: () => Array.from({ length: 10_000 }, (_, i) => i),
      sampling: { share: 1, values: 6000 },
    });
    const x = tf['tensor2d'](
      Float32Array.from({ length: 30_000 }, (_, i) => i / 30_000),
      [10_000, 3],
    );
    const before = tf.memory().numTensors;
    const y = watched.predict(x, { batchSize: 10_000 });
    const all = valuesOf(y);
    y.dispose();
    await vi.waitFor(() => expect(observed).toHaveLength(1));
    const { ids, skipped } = observed[0]!.options as { ids: number[]; skipped: number };
    expect(ids).toHaveLength(2000);
    expect(skipped).toBe(8000);
    expect(new Set(ids).size).toBe(2000);
    expect(column('a')).toEqual(ids.map((id) => Math.fround((3 * id) / 30_000)));
    expect(column('yes')).toEqual(ids.map((id) => all[2 * id + 1]));
    const embedding = layerValues(tf, model, 'embedding', x);
    expect(column('embedding')).toEqual(ids.map((id) => embedding.slice(4 * id, 4 * id + 4)));
    await vi.waitFor(() => expect(tf.memory().numTensors).toBe(before));
    unwatch(model);
  });

  test('keeps within its share of the time in a loop that does nothing else, and counts what it leaves out', async () => {
    const model = layersModel(tf);
    const { monitor, observed, calls } = recordingMonitor();
    const watched = watch(model, monitor, { tf, inputs: ['a', 'b', 'c'], outputs: ['no', 'yes'] });
    const x = tf['tensor2d'](new Float32Array(300), [100, 3]);
    const end = performance.now() + 1000;
    let n = 0;
    for (; performance.now() < end; n++) {
      watched.predict(x).dispose();
      await Promise.resolve();
      if (n % 20 === 0) await pause(0);
    }
    // What is left out is told with the next call that is measured.
    const measured = observed.length;
    for (; observed.length === measured; n++) {
      watched.predict(x).dispose();
      await pause(50);
    }
    expect(observed.length).toBeGreaterThan(5);
    expect(observed.length).toBeLessThan(n / 2);
    unwatch(model);
    expect(total(calls)).toEqual({ calls: n, rows: 100 * n });
    expect(countOf(observed, 100)).toBe(100 * n);
  });

  test('tells of outputs that are no numbers, and of the backend and its tensors', async () => {
    const model = layersModel(tf);
    const { monitor, calls } = recordingMonitor();
    const watched = watch(model, monitor, { tf, outputs: ['no', 'yes'], ...everything });
    watched.predict(tf['tensor2d']([[1, Number.NaN, 3]])).dispose();
    await vi.waitFor(() => expect(calls).toHaveLength(1));
    expect(calls[0]).toMatchObject({ nonFinite: true, backend: 'cpu', rows: 1 });
    expect(calls[0]!.tensors).toBeGreaterThan(0);
    expect(calls[0]!.tensorBytes).toBeGreaterThan(0);
    unwatch(model);
  });
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
