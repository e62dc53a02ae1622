// SPDX-License-Identifier: Apache-2.0
/** Tensors of Transformers.js, which are ONNX Runtime's with a few methods more. */
import { type OrtTensor, readOrtTensor } from '../onnx/tensors.js';
import { type ReadTensor, widthOf } from '../read-tensor.js';

export function isOrtTensor(value: unknown): value is OrtTensor {
  return typeof value === 'object' && value !== null && 'dims' in value && 'type' in value && 'data' in value;
}

/** Throws for a tensor that stays on the GPU. */
export function readTensor(name: string, tensor: OrtTensor, index = 0): ReadTensor {
  const read = readOrtTensor({ name, index }, tensor, null);
  if (read === null) throw new Error(`tensor "${name}" is not on the processor`);
  return read;
}

/**
 * A vector for each row: n × d as it is; of n × tokens × d the mean over tokens, those that `mask` (n × tokens) leaves out
 * not counted; of no more dimensions than one, one row.
 */
export function pooled(
  tensor: ReadTensor,
  mask?: ReadTensor,
): { matrix: ArrayLike<number>; dimension: number } {
  const { shape } = tensor;
  const values = tensor.values as ArrayLike<number>;
  if (shape.length < 2) return { matrix: values, dimension: values.length };
  if (shape.length !== 3) return { matrix: values, dimension: widthOf(shape) };
  const [rows = 0, tokens = 0, dimension = 0] = shape;
  const matrix = new Float32Array(rows * dimension);
  const counts = mask?.values.length === rows * tokens ? (mask.values as ArrayLike<number>) : null;
  for (let row = 0; row < rows; row++) {
    let counted = 0;
    for (let token = 0; token < tokens; token++) {
      if (counts !== null && Number(counts[row * tokens + token]) === 0) continue;
      counted++;
      const from = (row * tokens + token) * dimension;
      for (let i = 0; i < dimension; i++) matrix[row * dimension + i]! += values[from + i]!;
    }
    for (let i = 0; i < dimension; i++) matrix[row * dimension + i]! /= counted;
  }
  return { matrix, dimension };
}
