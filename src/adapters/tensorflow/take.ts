// SPDX-License-Identifier: Apache-2.0
/** Values out of tensors, without a wait and without a tensor left over. */
import { pickRows, type ReadTensor, rowsOf, widthOf } from '../read-tensor.js';
import type { Library, NamedTensor, Tensor } from './types.js';

/** A tensor of so few values is copied at once where it lies in memory: a copy to be read later would cost more. */
const FEW_VALUES = 4096;

/** A tensor that is to be read: already, or a copy of it that waits. */
export type Taken = ReadTensor | (Place & { readonly kept: Tensor });

type Place = Pick<ReadTensor, 'name' | 'index'>;

/** Where a tensor's values lie on the processor of a GPU backend, before they are first used there. */
interface ResidentStorage {
  has(id: object): boolean;
  get(id: object): { readonly values?: unknown };
}

/**
 * Takes a tensor as it is now; the app may dispose of it right after. What lies in memory and is small is copied, of the rest a
 * second reference is kept, which shares the values.
 * @param indices the rows to read; null for all
 */
export function take(tf: Library, { name, index, tensor }: NamedTensor, indices: Int32Array | null): Taken {
  const width = widthOf(tensor.shape);
  const taken = (indices?.length ?? rowsOf(tensor.shape)) * width;
  const here =
    taken <= FEW_VALUES && isOnProcessor(tf) ? tensor.dataSync() : residentValues(tf, tensor, taken);
  if (here === null) return { name, index, kept: tf.keep(tensor.clone()) };
  return copied({ name, index }, tensor.shape, here, indices);
}

/**
 * What was taken, read; nothing is kept afterwards, whatever happens. Disposed of meanwhile by someone else
 * (`tf.disposeVariables`, a lost context): rejects.
 */
export async function read(tf: Library, taken: Taken, indices: Int32Array | null): Promise<ReadTensor> {
  if ('values' in taken) return taken;
  const { kept, ...place } = taken;
  let source = kept;
  try {
    let drawn = indices;
    if (indices !== null && kept.dtype !== 'string') {
      source = rowsAt(tf, kept, indices);
      drawn = null;
    }
    return copied(place, source.shape, await source.data(), drawn);
  } finally {
    if (source !== kept) source.dispose();
    kept.dispose();
  }
}

/** The rows at `indices` as a kept tensor. */
export function rowsAt(tf: Library, tensor: Tensor, indices: Int32Array): Tensor {
  return tf.tidy(() => tf.keep(tf.gather(tensor, tf.tensor1d(indices, 'int32'))));
}

/** Lets go of what was taken and not read. */
export function drop(taken: Taken): void {
  if ('kept' in taken && !taken.kept.isDisposed) taken.kept.dispose();
}

function copied(
  place: Place,
  shape: readonly number[],
  values: ArrayLike<number> | readonly string[],
  indices: Int32Array | null,
): ReadTensor {
  if (indices !== null) {
    return {
      ...place,
      shape: [indices.length, ...shape.slice(1)],
      values: pickRows(values, widthOf(shape), indices),
    };
  }
  return { ...place, shape, values: (values as string[]).slice() };
}

function isOnProcessor(tf: Library): boolean {
  const backend = tf.getBackend();
  return backend === 'cpu' || backend === 'wasm';
}

/**
 * The values of a tensor that a GPU backend has not brought to the GPU yet, or has brought back: reading them back would be
 * in vain. The library has no public word for it, so nothing is taken for granted here.
 */
function residentValues(tf: Library, tensor: Tensor, taken: number): ArrayLike<number> | null {
  if (taken > 16 * FEW_VALUES || tensor.dtype === 'string') return null;
  const { texData, tensorMap } = tf.backend() as { texData?: ResidentStorage; tensorMap?: ResidentStorage };
  const storage = texData ?? tensorMap;
  if (typeof storage?.has !== 'function' || !storage.has(tensor.dataId)) return null;
  const { values } = storage.get(tensor.dataId);
  return ArrayBuffer.isView(values) && 'length' in values ? (values as unknown as ArrayLike<number>) : null;
}
