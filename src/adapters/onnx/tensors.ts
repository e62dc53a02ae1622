// SPDX-License-Identifier: Apache-2.0
/** What is used of ONNX Runtime Web, as shapes of its own, and values out of its tensors. */
import { fromHalfBits } from '../../baseline/half.js';
import type { GlobalType } from '../../engine/global-type.js';
import { pickRows, type ReadTensor, widthOf } from '../read-tensor.js';

/** `ort`, the namespace of "onnxruntime-web". */
export interface OnnxRuntime {
  readonly env: object;
}

/** An `ort.InferenceSession`. */
export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: never, ...rest: never[]): Promise<object>;
}

export interface OrtTensor {
  readonly dims: readonly number[];
  readonly type: string;
  /** Where its values are; "none" once it was disposed of. */
  readonly location?: string;
  /** Throws where they are not on the processor. */
  readonly data: ArrayLike<number | bigint> | readonly string[];
  /** Throws where it is in none. */
  readonly gpuBuffer?: GlobalType<'GPUBuffer'>;
  dispose?(): void;
}

export type OrtTensors = Readonly<Record<string, OrtTensor>>;

/** Values on the processor, copied; null for a tensor whose values are elsewhere. */
export function readOrtTensor(
  place: Pick<ReadTensor, 'name' | 'index'>,
  tensor: OrtTensor,
  indices: Int32Array | null,
): ReadTensor | null {
  if (!isOnProcessor(tensor)) return null;
  const { data, dims } = tensor;
  const picked = indices ? pickRows(data as ArrayLike<number>, widthOf(dims), indices) : data;
  return {
    ...place,
    shape: indices ? [indices.length, ...dims.slice(1)] : [...dims],
    values: numbersOf(picked as OrtTensor['data'], tensor.type, indices !== null),
  };
}

export function isOnProcessor({ location }: OrtTensor): boolean {
  return location === undefined || location === 'cpu' || location === 'cpu-pinned';
}

export function isInGpuBuffer({ location, type }: OrtTensor): boolean {
  return location === 'gpu-buffer' && type === 'float32';
}

/** As numbers: 64-bit integers beyond 2⁵³ are rounded, halves are widened. */
function numbersOf(data: OrtTensor['data'], type: string, own: boolean): ReadTensor['values'] {
  if (type === 'string') return data as readonly string[];
  if (type === 'int64' || type === 'uint64') return Float64Array.from(data as ArrayLike<bigint>, Number);
  // Where the engine has a Float16Array the library uses it, and its values are numbers already.
  if (type === 'float16' && data instanceof Uint16Array) return Float32Array.from(data, fromHalfBits);
  return (own ? data : (data as unknown as Float32Array).slice()) as ArrayLike<number>;
}

export interface NamedTensor {
  readonly name: string;
  readonly index: number;
  readonly tensor: OrtTensor;
}

/** In the session's order; what it does not know comes last. */
export function entriesOf(tensors: OrtTensors, names: readonly string[]): NamedTensor[] {
  const others = Object.keys(tensors).filter((name) => !names.includes(name));
  return [...names, ...others].flatMap((name, index) =>
    name in tensors ? [{ name, index, tensor: tensors[name]! }] : [],
  );
}
