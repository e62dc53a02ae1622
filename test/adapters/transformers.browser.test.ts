// SPDX-License-Identifier: Apache-2.0
/** Pipelines and models of the real Transformers.js; its hub is a few files made here. */
import { beforeAll, expect, test, vi } from 'vitest';
import { unwatch, watchModel, watchPipeline } from '../../src/adapters/transformers.js';
import { recordingMonitor } from './recording-monitor.js';
import { HIDDEN, TABLE, tinyTransformer, tokensOf } from './tiny-transformer.js';

const PACKAGE = '/test/adapters/node_modules/@huggingface/transformers/';

interface Tensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}
type Pipeline = (input: string | string[], options?: object) => Promise<unknown>;
interface Transformers {
  readonly env: Record<string, unknown> & { readonly backends: { onnx: { wasm: Record<string, unknown> } } };
  pipeline(task: string, model: string, options: object): Promise<Pipeline>;
  readonly AutoModel: {
    from_pretrained(
      model: string,
      options: object,
    ): Promise<(inputs: object) => Promise<Record<string, Tensor>>>;
  };
  readonly AutoTokenizer: {
    from_pretrained(model: string): Promise<(texts: string[], options: object) => object>;
  };
}

const asked: string[] = [];
const options = { device: 'wasm', dtype: 'fp32' };
const everything = { sampling: { share: 1 } };
let library: Transformers;

beforeAll(async () => {
  library = (await import(/* @vite-ignore */ `${PACKAGE}dist/transformers.min.js`)) as Transformers;
  const { env } = library;
  const files = { vectors: tinyTransformer('vectors'), classes: tinyTransformer('classes') };
  Object.assign(env, {
    allowRemoteModels: false,
    allowLocalModels: true,
    localModelPath: '/models/',
    useBrowserCache: false,
    useWasmCache: false,
    async fetch(url: string | URL) {
      const path = String(url).replace(/^.*\/models\//, '');
      asked.push(String(url));
      const [name, ...rest] = path.split('/');
      const file = files[name as keyof typeof files]?.get(rest.join('/'));
      return file === undefined ? new Response('', { status: 404 }) : new Response(file as BodyInit);
    },
  });
  env.backends.onnx.wasm['wasmPaths'] = `${PACKAGE}node_modules/onnxruntime-web/dist/`;
  env.backends.onnx.wasm['numThreads'] = 1;
}, 60_000);

/** Mean of a text's token vectors. */
function meanOf(text: string): number[] {
  const tokens = tokensOf(text);
  return Array.from({ length: HIDDEN }, (_, i) => {
    const sum = tokens.reduce((total, token) => total + TABLE[token * HIDDEN + i]!, 0);
    return sum / tokens.length;
  });
}

function expectClose(rows: unknown[], expected: number[][]): void {
  expect(rows).toHaveLength(expected.length);
  for (const [i, row] of (rows as number[][]).entries())
    for (const [j, value] of row.entries()) expect(value).toBeCloseTo(expected[i]![j]!, 5);
}

test('a classifier: its texts in numbers, its best label and score', { timeout: 60_000 }, async () => {
  const classify = await library.pipeline('text-classification', 'classes', options);
  const { monitor, observed, calls, problems, column } = recordingMonitor();
  const watched = watchPipeline(classify, monitor, {
    vocabulary: new Set(['good', 'film', 'a']),
    names: { prediction: 'mood' },
    ids: (texts: string | string[]) => (Array.isArray(texts) ? texts.map((_, i) => i) : 'only'),
    backend: 'wasm',
    ...everything,
  });
  const texts = ['a good film', 'bad'];
  const given = (await watched(texts)) as { label: string; score: number }[];
  expect(given).toEqual(await classify(texts));
  expect(await watched('a very bad film', { top_k: 2 })).toEqual(
    await classify('a very bad film', { top_k: 2 }),
  );
  expect(column('mood').slice(0, 2)).toEqual(given.map(({ label }) => label));
  expect(column('score').slice(0, 2)).toEqual(given.map(({ score }) => score));
  expect(column('text words')).toEqual([3, 1, 4]);
  expect(column('text length')).toEqual([11, 3, 15]);
  expect(column('text unknown')).toEqual([0, 1, 0.5]);
  expect(observed.map(({ options: told }) => told.ids)).toEqual([[0, 1], 'only']);
  expect(calls).toMatchObject([
    { ms: expect.any(Number), rows: 2, backend: 'wasm' },
    { ms: expect.any(Number), rows: 1, backend: 'wasm' },
  ]);
  expect(problems).toEqual([]);
  expect(asked.filter((url) => !url.includes('/models/'))).toEqual([]);
  unwatch(watched);
  await watched('good');
  expect(calls).toHaveLength(2);
});

test('embeddings, pooled by the app or not', { timeout: 60_000 }, async () => {
  const extract = await library.pipeline('feature-extraction', 'vectors', options);
  const { monitor, problems, column } = recordingMonitor();
  const watched = watchPipeline(extract, monitor, everything);
  const texts = ['a good film', 'very bad'];
  const given = (await watched(texts, { pooling: 'mean' })) as Tensor;
  expect(given.dims).toEqual([2, HIDDEN]);
  await watched('good film');
  expectClose(column('embedding'), [...texts, 'good film'].map(meanOf));
  expect(problems).toEqual([]);
  unwatch(extract);
});

test('a model: its tensors, and its tokens averaged by their mask', { timeout: 60_000 }, async () => {
  const model = await library.AutoModel.from_pretrained('vectors', options);
  const tokenize = await library.AutoTokenizer.from_pretrained('vectors');
  const { monitor, calls, problems, column } = recordingMonitor();
  const watched = watchModel(model, monitor, {
    inputs: { attention_mask: (mask) => ({ columns: { tokens: tokenCounts(mask) } }) },
    embedding: { output: 'last_hidden_state', name: 'vector' },
    ...everything,
  });
  const texts = ['a very good film', 'bad'];
  const inputs = tokenize(texts, { padding: true });
  const { last_hidden_state: given } = await watched(inputs);
  expect(given!.dims).toEqual([2, 6, HIDDEN]);
  expect(column('tokens')).toEqual([6, 3]);
  expectClose(column('vector'), texts.map(meanOf));
  expect(problems).toEqual([]);
  await expect(watched({})).rejects.toThrow();
  await vi.waitFor(() => expect(calls).toHaveLength(2));
  expect(calls[1]).toMatchObject({ failed: true });
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/no tensor "attention_mask"/),
  ]);
  unwatch(model);
});

function tokenCounts({ shape, values }: { shape: readonly number[]; values: ArrayLike<unknown> }): number[] {
  const [rows = 0, tokens = 0] = shape;
  return Array.from({ length: rows }, (_, row) => {
    let count = 0;
    for (let i = 0; i < tokens; i++) count += Number(values[row * tokens + i]);
    return count;
  });
}
