// SPDX-License-Identifier: Apache-2.0
/** Sessions of the real ONNX Runtime Web, on wasm and webgpu. */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { unwatch, watchSession } from '../../src/adapters/onnx.js';
import { cpuVectorKernels } from '../../src/kernels/cpu/vectors/vectors.js';
import { vectorPlan } from '../../src/kernels/testing/vector-rows.js';
import { expectAlike } from '../../src/kernels/webgpu/testing/alike.js';
import { onnxModel } from './onnx-model.js';
import { countOf, recordingMonitor, total } from './recording-monitor.js';
import { weights } from './small-models.js';

const PACKAGE = '/test/adapters/node_modules/onnxruntime-web/dist/';

interface Tensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
  readonly location: string;
  getData(): Promise<Float32Array>;
  dispose(): void;
}
type Tensors = Record<string, Tensor>;
interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Tensors, ...rest: unknown[]): Promise<Tensors>;
  release(): Promise<void>;
}
interface Ort {
  readonly env: { readonly wasm: { wasmPaths: string; numThreads: number }; logLevel: string };
  readonly InferenceSession: { create(model: Uint8Array, options?: object): Promise<Session> };
  readonly Tensor: new (type: string, data: unknown, dims: readonly number[]) => Tensor;
}

let ort: Ort;
beforeAll(async () => {
  ort = (await import(/* @vite-ignore */ `${PACKAGE}ort.webgpu.bundle.min.mjs`)) as Ort;
  ort.env.wasm.wasmPaths = PACKAGE;
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
});

const ROWS = 5;
const everything = { sampling: { share: 1 } };

/** x (n × 3), and n whole numbers k → embedding = tanh(x·W) (n × d), scores = softmax(embedding·V), next = k + k. */
function model(d: number): Uint8Array {
  return onnxModel({
    inputs: [
      { name: 'x', shape: ['n', 3] },
      { name: 'k', shape: ['n'], type: 'int64' },
    ],
    outputs: [
      { name: 'scores', shape: ['n', 2] },
      { name: 'embedding', shape: ['n', d] },
      { name: 'next', shape: ['n'], type: 'int64' },
    ],
    weights: [
      { name: 'W', shape: [3, d], values: weights(3 * d) },
      { name: 'V', shape: [d, 2], values: weights(2 * d, 7) },
    ],
    nodes: [
      { op: 'MatMul', inputs: ['x', 'W'], outputs: ['product'] },
      { op: 'Tanh', inputs: ['product'], outputs: ['embedding'] },
      { op: 'MatMul', inputs: ['embedding', 'V'], outputs: ['logits'] },
      { op: 'Softmax', inputs: ['logits'], outputs: ['scores'], attributes: { axis: -1 } },
      { op: 'Add', inputs: ['k', 'k'], outputs: ['next'] },
    ],
  });
}

function feedsOf(rows: number): Tensors {
  const k = BigInt64Array.from({ length: rows }, (_, i) => BigInt(i));
  return {
    k: new ort.Tensor('int64', k, [rows]),
    x: new ort.Tensor('float32', weights(rows * 3), [rows, 3]),
  };
}

async function vectorsOf(session: Session, feeds: Tensors): Promise<Float32Array> {
  const { embedding } = await session.run(feeds, ['embedding']);
  const values = embedding!.location === 'cpu' ? embedding!.data : await embedding!.getData();
  return values.slice();
}

const observedAs = {
  inputs: { x: ['a', 'b', 'c'], k: 'count' },
  outputs: { scores: { classes: ['no', 'yes'], prediction: 'late' }, next: 'next' },
  embedding: 'embedding',
};

describe.each([
  ['wasm', 'cpu'],
  ['webgpu', 'cpu'],
  ['webgpu', 'gpu-buffer'],
] as const)('a session on %s with outputs on %s', (backend, location) => {
  let session: Session;
  beforeAll(async () => {
    session = await ort.InferenceSession.create(model(4), {
      executionProviders: [backend],
      logSeverityLevel: 3,
      ...(location !== 'cpu' && { preferredOutputLocation: { scores: location, embedding: location } }),
    });
  });

  test('is observed, and the app gets what it asked for', { timeout: 60_000 }, async () => {
    const feeds = feedsOf(ROWS);
    const expected = await vectorsOf(session, feeds);
    const { monitor, observed, calls, problems, column } = recordingMonitor();
    const watched = watchSession(session, monitor, {
      ort: ort as never,
      backend,
      ...observedAs,
      ...everything,
    });
    // What is on a device is read once the device is known, which is after the first call.
    (await watched.run(feeds))['scores']!.dispose();
    await vi.waitFor(() => expect(calls).toHaveLength(1));
    const before = observed.length;
    for (const [ask, names] of [
      [[], ['embedding', 'next', 'scores']],
      [[['scores', 'next']], ['next', 'scores']],
      [
        [{ scores: null, next: null }, {}],
        ['next', 'scores'],
      ],
      [[{}], ['embedding', 'next', 'scores']],
    ] as const) {
      const given = await watched.run(feeds, ...ask);
      expect(Object.keys(given).sort()).toEqual(names);
      expect(given['scores']!.location).toBe(location);
      for (const tensor of Object.values(given)) tensor.dispose();
    }
    await vi.waitFor(() => expect(observed.length).toBe(before + 4), { timeout: 10_000 });
    expect(problems).toEqual([]);
    expect(calls.at(-1)).toMatchObject({ ms: expect.any(Number), rows: ROWS, backend });
    const last = <T>(values: T[]) => values.slice(-ROWS);
    expect(last(column('a'))).toEqual([0, 1, 2, 3, 4].map((i) => weights(ROWS * 3)[3 * i]));
    expect(last(column('count'))).toEqual([0, 1, 2, 3, 4]);
    expect(last(column('next'))).toEqual([0, 2, 4, 6, 8]);
    expect(new Set(column('late'))).toEqual(new Set(['no', 'yes']));
    expect(column('embedding')).toHaveLength(column('late').length);
    expect((last(column('embedding')) as number[][]).flat()).toEqual(Array.from(expected));
    unwatch(watched);
    await watched.run(feeds);
    expect(calls).toHaveLength(5);
  });

  test('gives the errors of its session', async () => {
    const { monitor, calls, problems } = recordingMonitor();
    const watched = watchSession(session, monitor, { ...observedAs, ...everything });
    const message = (run: Promise<unknown>) => run.then(String, (error: Error) => error.message);
    const expected = await message(session.run({}));
    expect(await message(watched.run({}))).toBe(expected);
    expect(calls).toEqual([expect.objectContaining({ failed: true })]);
    expect(problems).toEqual([]);
    expect(watched.inputNames).toEqual(['x', 'k']);
    unwatch(session);
  });
});

test('every row is observed or told as left out, those that waited when it ended too', async () => {
  const session = await ort.InferenceSession.create(model(4), { executionProviders: ['wasm'] });
  const { monitor, observed, calls, problems } = recordingMonitor();
  const watched = watchSession(session, monitor, observedAs);
  const feeds = feedsOf(ROWS);
  const n = 2000;
  for (let i = 0; i < n; i++) {
    await watched.run(feeds);
    if (i % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  unwatch(session);
  await vi.waitFor(() => expect(countOf(observed, ROWS)).toBe(n * ROWS));
  expect(total(calls)).toEqual({ calls: n, rows: n * ROWS });
  // Some went by without a look.
  expect(calls.length).toBeLessThan(n);
  expect(observed.length).toBeGreaterThan(1);
  expect(problems).toEqual([]);
  await session.release();
});

test('a run that is under way when it ends gives what was asked for, leaves nothing, and counts as left out', async () => {
  const session = await ort.InferenceSession.create(model(4), { executionProviders: ['wasm'] });
  const { monitor, observed, calls, problems } = recordingMonitor();
  const watched = watchSession(session, monitor, { ...observedAs, ...everything });
  const run = vi.spyOn(session, 'run');
  const running = watched.run(feedsOf(ROWS), ['scores']);
  unwatch(session);
  const given = await running;
  expect(Object.keys(given)).toEqual(['scores']);
  const { embedding } = (await run.mock.results[0]!.value) as Tensors;
  expect(embedding!.location).toBe('none');
  expect(given['scores']!.data).toHaveLength(2 * ROWS);
  expect(total(calls)).toEqual({ calls: 1, rows: ROWS });
  expect(countOf(observed)).toBe(ROWS);
  expect(problems).toEqual([]);
  await session.release();
});

test('what the app did not ask for is let go of, what it asked for stays its own', async () => {
  const session = await ort.InferenceSession.create(model(4), { executionProviders: ['wasm'] });
  const { monitor, observed, column } = recordingMonitor();
  const watched = watchSession(session, monitor, { ...observedAs, ...everything });
  const run = vi.spyOn(session, 'run');
  const feeds = feedsOf(ROWS);
  const given = await watched.run(feeds, ['scores', 'next']);
  const all = (await run.mock.results[0]!.value) as Tensors;
  expect(all['embedding']!.location).toBe('none');
  const expected = given['scores']!.data[0]! >= given['scores']!.data[1]! ? 'no' : 'yes';
  // The app may use its tensors again: what is observed is what was there.
  const x = Array.from(feeds['x']!.data);
  for (const tensor of [feeds['x']!, given['scores']!]) tensor.data.fill(7);
  await vi.waitFor(() => expect(observed).toHaveLength(1));
  expect(column('a')[1]).toBe(x[3]);
  expect(column('late')[0]).toBe(expected);
  unwatch(session);
  await session.release();
});

test('what a session has not is told once', async () => {
  const session = await ort.InferenceSession.create(model(4), { executionProviders: ['wasm'] });
  const { monitor, observed, problems } = recordingMonitor();
  const watched = watchSession(session, monitor, {
    outputs: { nothing: 'x' },
    embedding: 'no',
    ...everything,
  });
  for (let i = 0; i < 3; i++) await watched.run(feedsOf(2));
  await vi.waitFor(() => expect(problems).toHaveLength(2));
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringContaining('no output "no"'),
    expect.stringContaining('no tensor "nothing"'),
  ]);
  expect(observed).toEqual([]);
  expect(watchSession({} as Session, monitor, {})).toEqual({});
  unwatch(session);
});

test('an embedding in a GPU buffer is measured there: all rows, or those at even steps', {
  timeout: 120_000,
}, async () => {
  const d = 64;
  const plan = vectorPlan(d);
  const session = await ort.InferenceSession.create(model(d), {
    executionProviders: ['webgpu'],
    logSeverityLevel: 3,
    preferredOutputLocation: { embedding: 'gpu-buffer' },
  });
  const feeds = feedsOf(300);
  const rows = await vectorsOf(session, feeds);
  for (const values of [1e9, 64 * 100]) {
    const { monitor, observed, problems, column } = recordingMonitor({ frameId: 'f', plan });
    const watched = watchSession(session, monitor, {
      ort: ort as never,
      ...observedAs,
      sampling: { share: 1, values },
    });
    const withSums = () => observed.filter(({ options }) => options.sums);
    await vi.waitFor(
      async () => {
        for (const tensor of Object.values(await watched.run(feeds))) tensor.dispose();
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(withSums().length + problems.length).toBeGreaterThan(0);
      },
      { timeout: 60_000 },
    );
    expect(problems).toEqual([]);
    const [sums] = withSums().at(-1)!.options.sums!;
    const n = sums!.partial.rows;
    expect(n).toBe(values > 1e6 ? 300 : 100);
    const indices = (column('count') as number[]).slice(-n);
    const kernels = cpuVectorKernels.prepare(plan).open();
    for (const i of indices) kernels.add(rows.slice(i * d, (i + 1) * d));
    expectAlike(sums!.partial, await kernels.take());
    const destroyed = vi.spyOn(GPUBuffer.prototype, 'destroy');
    unwatch(session);
    // What was kept on the session's device goes with it.
    expect((destroyed.mock.contexts as GPUBuffer[]).some(({ label }) => label === 'driftglass')).toBe(true);
    destroyed.mockRestore();
  }
});
