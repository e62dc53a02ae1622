// SPDX-License-Identifier: Apache-2.0
/** Small models of every kind, made in code. Weights are fixed, so that every backend gives the same. */
import type { Tensor } from '../../src/adapters/tensorflow/types.js';
import type { TensorFlowForTests } from './tensorflow.js';

type Values = Tensor | Tensor[] | Record<string, Tensor>;
/** A model's method, called as an app does. */
type Call = (model: Callable, x: Tensor[]) => Values | Promise<Values>;

export interface Callable {
  predict(x: unknown, options?: unknown): Values;
  predictAsync(x: unknown): Promise<Values>;
  predictOnBatch(x: unknown): Values;
  execute(x: unknown, outputs?: string | string[]): Values;
  executeAsync(x: unknown, outputs?: string | string[]): Promise<Values>;
  dispose(): void;
}

export interface SmallModel {
  readonly kind: string;
  make(tf: TensorFlowForTests): Promise<Callable>;
  /** Widths of its inputs. */
  readonly widths: readonly number[];
  /** The layer or node that is watched: 4 values a row, tanh(x₀·W). */
  readonly embedding: string;
  /** Names of all outputs. */
  readonly outputs: readonly string[];
  readonly calls: Readonly<Record<string, Call>>;
}

/** Weights that differ and are no round numbers. */
export function weights(count: number, from = 0): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(1.7 * (i + from) + 0.3));
}

/** Fixed weights for a layers model. */
export function setWeights(tf: TensorFlowForTests, model: { layers: { getWeights(): Tensor[] }[] }): void {
  let from = 0;
  for (const layer of model.layers as { getWeights(): Tensor[]; setWeights(w: Tensor[]): void }[]) {
    const fixed = layer.getWeights().map(({ shape }) => {
      const count = shape.reduce((a, b) => a * b, 1);
      from += count;
      return tf['tensor'](weights(count, from), [...shape]) as Tensor;
    });
    layer.setWeights(fixed);
    for (const tensor of fixed) tensor.dispose();
  }
}

const predictions: Record<string, Call> = {
  predict: (model, [x]) => model.predict(x),
  'predict in small batches': (model, [x]) => model.predict(x, { batchSize: 2 }),
  predictOnBatch: (model, [x]) => model.predictOnBatch(x),
};

const sequential: SmallModel = {
  kind: 'a sequential model',
  widths: [3],
  embedding: 'embedding',
  outputs: ['scores'],
  async make(tf) {
    const model = tf['sequential']();
    model.add(tf['layers'].dense({ inputShape: [3], units: 4, activation: 'tanh', name: 'embedding' }));
    model.add(tf['layers'].dense({ units: 2, activation: 'softmax', name: 'scores' }));
    setWeights(tf, model);
    return model;
  },
  calls: {
    ...predictions,
    'predict of an array of one': (model, x) => model.predict(x),
  },
};

const functional: SmallModel = {
  kind: 'a model of two inputs and two outputs',
  widths: [3, 2],
  embedding: 'embedding',
  outputs: ['first', 'second'],
  async make(tf) {
    const { dense, concatenate } = tf['layers'];
    const a = tf['input']({ shape: [3], name: 'a' });
    const b = tf['input']({ shape: [2], name: 'b' });
    const embedding = dense({ units: 4, activation: 'tanh', name: 'embedding' }).apply(a);
    const joined = concatenate({ name: 'joined' }).apply([embedding, b]);
    const model = tf['model']({
      inputs: [a, b],
      outputs: [
        dense({ units: 2, name: 'first' }).apply(joined),
        dense({ units: 1, name: 'second' }).apply(joined),
      ] as never,
      name: 'two',
    });
    setWeights(tf, model as never);
    return model as unknown as Callable;
  },
  calls: {
    'predict of an array': (model, x) => model.predict(x),
    'predictOnBatch of an array': (model, x) => model.predictOnBatch(x),
    'execute by names': (model, x) => model.execute(x, symbolicNames(model)),
    'execute of a map': (model, x) => model.execute(byName(model, x), symbolicNames(model)),
    'execute by one name': (model, x) => model.execute(x, symbolicNames(model)[0]),
  },
};

/** Layers models name their outputs otherwise where tensors are asked for. */
function symbolicNames(model: Callable): string[] {
  return (model as unknown as { outputs: { name: string }[] }).outputs.map(({ name }) => name);
}

function byName(model: Callable, x: readonly Tensor[]): Record<string, Tensor> {
  const { inputs } = model as unknown as { inputs: { name: string }[] };
  return Object.fromEntries(inputs.map(({ name }, i) => [name, x[i]!]));
}

const graphCalls: Record<string, Call> = {
  predict: (model, [x]) => model.predict(x),
  'predict of an array': (model, x) => model.predict(x),
  'predict of a map': (model, [x]) => model.predict({ x }),
  execute: (model, [x]) => model.execute(x),
  executeAsync: (model, [x]) => model.executeAsync(x),
  predictAsync: (model, [x]) => model.predictAsync(x),
};

function graph(kind: string, outputs: string[], structured?: string[]): SmallModel {
  return {
    kind,
    widths: [3],
    embedding: 'embedding',
    outputs: structured ?? outputs,
    async make(tf) {
      return tf['loadGraphModel'](tf['io'].fromMemory(graphArtifacts(outputs, structured)));
    },
    calls: {
      ...graphCalls,
      ...(!structured && {
        'execute by one name': (model: Callable, [x]: Tensor[]) => model.execute({ x }, outputs[0]),
        'executeAsync by names': (model: Callable, [x]: Tensor[]) => model.executeAsync({ x }, outputs),
      }),
    },
  };
}

export const SMALL_MODELS: readonly SmallModel[] = [
  sequential,
  functional,
  graph('a graph model', ['scores']),
  graph('a graph model of two outputs', ['scores', 'logits']),
  graph('a graph model that names its outputs', ['scores', 'logits'], ['probability', 'logit']),
];

/** x (n × 3) → embedding = tanh(x·W) → logits = embedding·V → scores = softmax(logits), in TensorFlow's own graph format. */
function graphArtifacts(outputs: string[], structured?: string[]) {
  const float = { T: { type: 'DT_FLOAT' } };
  const product = { ...float, transpose_a: { b: false }, transpose_b: { b: false } };
  const sized = (rows: number, columns: number) => ({
    dim: [{ size: String(rows) }, { size: String(columns) }],
  });
  const weight = (name: string, rows: number, columns: number) => ({
    name,
    op: 'Const',
    attr: {
      dtype: { type: 'DT_FLOAT' },
      value: { tensor: { dtype: 'DT_FLOAT', tensorShape: sized(rows, columns) } },
    },
  });
  const node = [
    { name: 'x', op: 'Placeholder', attr: { dtype: { type: 'DT_FLOAT' }, shape: { shape: sized(-1, 3) } } },
    weight('W', 3, 4),
    weight('V', 4, 2),
    { name: 'product', op: 'MatMul', input: ['x', 'W'], attr: product },
    { name: 'embedding', op: 'Tanh', input: ['product'], attr: float },
    { name: 'logits', op: 'MatMul', input: ['embedding', 'V'], attr: product },
    { name: 'scores', op: 'Softmax', input: ['logits'], attr: float },
  ];
  const tensor = (name: string) => ({ name: `${name}:0`, dtype: 'DT_FLOAT', tensorShape: sized(-1, 2) });
  return {
    modelTopology: { node, versions: { producer: 1, minConsumer: 1 } },
    weightSpecs: [
      { name: 'W', shape: [3, 4], dtype: 'float32' },
      { name: 'V', shape: [4, 2], dtype: 'float32' },
    ],
    weightData: weights(20).buffer,
    signature: {
      inputs: { x: { name: 'x:0', dtype: 'DT_FLOAT', tensorShape: sized(-1, 3) } },
      outputs: Object.fromEntries(outputs.map((name) => [name, tensor(name)])),
    },
    ...(structured && { userDefinedMetadata: { structuredOutputKeys: structured } }),
  };
}
