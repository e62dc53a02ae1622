// SPDX-License-Identifier: Apache-2.0
/** What is used of TensorFlow.js, as shapes of its own: the app's copy of the library is the only one. */

import type { GlobalType } from '../../engine/global-type.js';

export interface Tensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly dataId: object;
  readonly isDisposed: boolean;
  data(): Promise<ArrayLike<number> | string[]>;
  dataSync(): ArrayLike<number> | string[];
  clone(): Tensor;
  dispose(): void;
  dataToGPU?(): { readonly tensorRef: { dispose(): void }; readonly buffer?: GlobalType<'GPUBuffer'> };
}

export type Tensors = Tensor | Tensor[] | Record<string, Tensor>;

/** `tf`: the namespace of "@tensorflow/tfjs", or of "@tensorflow/tfjs-core" for graph models. Any version of it fits. */
export interface TensorFlow {
  getBackend(): string;
  backend(): object;
  memory(): { readonly numTensors: number; readonly numBytes: number };
  keep(tensor: never): unknown;
  tidy(code: never): unknown;
  gather(tensor: never, indices: never): unknown;
  tensor1d(values: never, dtype: never): unknown;
  /** Of layers models; the core package has none. */
  model?(settings: never): unknown;
}

/** The same with the types that its functions have. */
export interface Library {
  getBackend(): string;
  backend(): object;
  memory(): { readonly numTensors: number; readonly numBytes: number };
  keep(tensor: Tensor): Tensor;
  tidy(code: () => Tensor): Tensor;
  gather(tensor: Tensor, indices: Tensor): Tensor;
  tensor1d(values: Int32Array, dtype: 'int32'): Tensor;
  model?(settings: {
    inputs: readonly SymbolicTensor[];
    outputs: readonly SymbolicTensor[];
    name: string;
  }): LayersModel;
}

/** A tensor of a graph of layers. */
export interface SymbolicTensor {
  readonly name: string;
  readonly shape: readonly (number | null)[];
}

export interface LayersModel {
  readonly name: string;
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  getLayer(name: string): { readonly output: SymbolicTensor | readonly SymbolicTensor[] };
  predict(x: unknown, options?: unknown): Tensor | Tensor[];
  predictOnBatch(x: unknown): Tensor | Tensor[];
  execute(inputs: unknown, outputs: string | string[]): Tensor | Tensor[];
}

export interface GraphModel {
  readonly inputNodes: readonly string[];
  readonly outputNodes: readonly string[];
  /** Names of the outputs of a model that gives them by name. */
  readonly structuredOutputKeys?: readonly string[];
  predict(x: unknown, options?: unknown): Tensors;
  predictAsync?(x: unknown, options?: unknown): Promise<Tensors>;
  execute(inputs: unknown, outputs?: string | string[]): Tensor | Tensor[];
  executeAsync(inputs: unknown, outputs?: string | string[]): Promise<Tensor | Tensor[]>;
}

export function isGraphModel(model: object): model is GraphModel {
  return 'executeAsync' in model && 'outputNodes' in model;
}

export function isLayersModel(model: object): model is LayersModel {
  return 'predictOnBatch' in model && 'getLayer' in model;
}

export interface NamedTensor {
  readonly name: string;
  readonly index: number;
  readonly tensor: Tensor;
}

/** A single tensor, an array or a map of them, each with its name. */
export function named(tensors: unknown, names: readonly string[]): NamedTensor[] {
  if (isTensor(tensors)) return [{ name: names[0] ?? '0', index: 0, tensor: tensors }];
  if (Array.isArray(tensors)) {
    return tensors
      .filter(isTensor)
      .map((tensor, index) => ({ name: names[index] ?? String(index), index, tensor }));
  }
  if (typeof tensors !== 'object' || tensors === null) return [];
  return Object.entries(tensors).flatMap(([name, tensor], index) =>
    isTensor(tensor) ? [{ name, index, tensor }] : [],
  );
}

export function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'dataId' in value && 'shape' in value;
}
