// SPDX-License-Identifier: Apache-2.0
/** A model's methods, run once each, and with an embedding where one is asked for. */
import { DriftglassError } from '../../errors.js';
import {
  type GraphModel,
  isGraphModel,
  isLayersModel,
  type LayersModel,
  type Library,
  type SymbolicTensor,
  type Tensor,
} from './types.js';

/** What a call of a watched method gave. */
export interface Ran {
  /** What the app gets. */
  readonly result: unknown;
  /** The tensor of the embedding; `own` when only we hold it. */
  readonly embedding: { readonly tensor: Tensor; readonly own: boolean } | null;
}

export interface WatchedMethod {
  readonly name: string;
  /** As the app called it. */
  plain(args: readonly unknown[]): unknown;
  /** The same, and the layer's output with it, in one run of the model. A promise of it for async methods. */
  withEmbedding(args: readonly unknown[]): Ran | Promise<Ran>;
  /** Names of the outputs of such a call. */
  outputNames(args: readonly unknown[]): readonly string[];
}

/** The methods that are watched. Throws SettingsError for what is no model of the library. */
export function methodsOf(model: object, tf: Library, layer: string | null): WatchedMethod[] {
  if (isGraphModel(model)) return graphMethods(model, layer ?? '');
  if (isLayersModel(model)) return layersMethods(model, tf, layer ?? '');
  throw new DriftglassError(
    'SettingsError',
    'watch: this is neither a LayersModel nor a GraphModel of TensorFlow.js',
  );
}

export function inputNamesOf(model: object): readonly string[] {
  if (isGraphModel(model)) return model.inputNodes;
  return isLayersModel(model) ? model.inputNames : [];
}

export function outputNamesOf(model: object): readonly string[] {
  if (isGraphModel(model)) return model.structuredOutputKeys ?? model.outputNodes;
  return isLayersModel(model) ? model.outputNames : [];
}

function layersMethods(model: LayersModel, tf: Library, layer: string): WatchedMethod[] {
  let extended: { model: LayersModel; outputs: readonly SymbolicTensor[] } | null = null;
  const embedding = (): SymbolicTensor => {
    const { output } = model.getLayer(layer);
    return list(output)[0]!;
  };
  /** The model with one more output: the same layers, no weight of its own. Never disposed of: its layers are the app's. */
  const more = (): LayersModel => {
    if (tf.model === undefined) throw new Error('this `tf` has no `model`: give that of "@tensorflow/tfjs"');
    // A sequential model to which a layer was added has new outputs.
    if (extended?.outputs !== model.outputs) {
      const made = tf.model({
        inputs: model.inputs,
        outputs: [...model.outputs, embedding()],
        name: `${model.name}_and_${layer}`.replace(/\W/g, '_'),
      });
      extended = { model: made, outputs: model.outputs };
    }
    return extended.model;
  };
  const predicting = (name: 'predict' | 'predictOnBatch'): WatchedMethod => ({
    name,
    plain: (args) => Reflect.apply(model[name], model, args),
    withEmbedding(args) {
      const at = model.outputs.indexOf(embedding());
      if (at >= 0) {
        const result = Reflect.apply(model[name], model, args) as Results;
        return { result, embedding: { tensor: list(result)[at]!, own: false } };
      }
      const extended = more();
      const all = Reflect.apply(extended[name], extended, args) as Tensor[];
      return split(all, model.outputs.length === 1);
    },
    outputNames: () => model.outputNames,
  });
  return [
    predicting('predict'),
    predicting('predictOnBatch'),
    {
      name: 'execute',
      plain: (args) => Reflect.apply(model.execute, model, args),
      withEmbedding: ([inputs, outputs]) =>
        executed(outputs, embedding().name, (names) => model.execute(inputs, names)) as Ran,
      outputNames: ([, outputs]) => list(outputs as string | string[]),
    },
  ];
}

function graphMethods(model: GraphModel, node: string): WatchedMethod[] {
  const keys = () => model.structuredOutputKeys;
  const all = () => [...model.outputNodes];
  /** As the model's own predict does. */
  const keyed = ({ result, embedding }: Ran): Ran => {
    const names = keys();
    if (names === undefined) return { result, embedding };
    const tensors = list(result as Tensor | Tensor[]);
    return { result: Object.fromEntries(tensors.map((tensor, i) => [names[i], tensor])), embedding };
  };
  const execute = (inputs: unknown) => (names: string[]) => model.execute(inputs, names);
  const executeAsync = (inputs: unknown) => (names: string[]) => model.executeAsync(inputs, names);
  const outputNames = ([, outputs]: readonly unknown[]) =>
    outputs === undefined ? model.outputNodes : list(outputs as string | string[]);
  const methods: WatchedMethod[] = [
    {
      name: 'predict',
      plain: (args) => Reflect.apply(model.predict, model, args),
      withEmbedding: ([inputs]) => keyed(executed(all(), node, execute(inputs)) as Ran),
      outputNames: () => keys() ?? model.outputNodes,
    },
    {
      name: 'execute',
      plain: (args) => Reflect.apply(model.execute, model, args),
      withEmbedding: ([inputs, outputs]) => executed(outputs ?? all(), node, execute(inputs)),
      outputNames,
    },
    {
      name: 'executeAsync',
      plain: (args) => Reflect.apply(model.executeAsync, model, args),
      withEmbedding: ([inputs, outputs]) => executed(outputs ?? all(), node, executeAsync(inputs)),
      outputNames,
    },
  ];
  const { predictAsync } = model;
  if (predictAsync) {
    methods.push({
      name: 'predictAsync',
      plain: (args) => Reflect.apply(predictAsync, model, args),
      withEmbedding: async ([inputs]) => keyed(await executed(all(), node, executeAsync(inputs))),
      outputNames: () => keys() ?? model.outputNodes,
    });
  }
  return methods;
}

type Results = Tensor | Tensor[];

/** Asks for one output more, unless it is asked for already. */
function executed(
  outputs: unknown,
  extra: string,
  run: (names: string[]) => Results | Promise<Results>,
): Ran | Promise<Ran> {
  const names = [...list(outputs as string | string[])];
  const at = names.indexOf(extra);
  const results = run(at >= 0 ? names : [...names, extra]);
  const finish = (given: Results): Ran => {
    const tensors = list(given);
    if (at >= 0) return { result: given, embedding: { tensor: tensors[at]!, own: false } };
    return split(tensors, names.length === 1);
  };
  return results instanceof Promise ? results.then(finish) : finish(results);
}

/** The last tensor is the embedding. */
function split(tensors: readonly Tensor[], single: boolean): Ran {
  const rest = tensors.slice(0, -1);
  const tensor = tensors.at(-1)!;
  // Two names of one tensor may give it twice: then it is the app's.
  return { result: single ? rest[0] : rest, embedding: { tensor, own: !rest.includes(tensor) } };
}

function list<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
