// SPDX-License-Identifier: Apache-2.0
/**
 * Householder: matrix = Qᵀ·T·Q with T tridiagonal. `matrix` (symmetric, p × p) is overwritten by Q, whose rows are the
 * basis; gives T's diagonal (p) and what stands beside it (p; entry i couples i and i + 1, the last is 0).
 */
export function tridiagonalise(
  matrix: Float64Array,
  p: number,
): { diagonal: Float64Array; beside: Float64Array } {
  const diagonal = new Float64Array(p);
  const beside = new Float64Array(p);
  /** Reflector k is I − factor·v·vᵀ; v stays in row k of the matrix, right of the diagonal. */
  const factors = new Float64Array(p);
  const w = new Float64Array(p);
  for (let k = 0; k < p; k++) {
    diagonal[k] = matrix[k * p + k]!;
    if (k === p - 1) break;
    const v = matrix.subarray(k * p + k + 1, (k + 1) * p);
    const { length, factor } = reflect(v);
    beside[k] = length;
    factors[k] = factor;
    if (factor === 0) continue;
    const size = p - k - 1;
    let along = 0;
    for (let i = 0; i < size; i++) {
      const at = (k + 1 + i) * p + k + 1;
      let sum = 0;
      for (let j = 0; j < size; j++) sum += matrix[at + j]! * v[j]!;
      w[i] = factor * sum;
      along += w[i]! * v[i]!;
    }
    for (let i = 0; i < size; i++) w[i]! -= 0.5 * factor * along * v[i]!;
    for (let i = 0; i < size; i++) {
      const at = (k + 1 + i) * p + k + 1;
      const [vi, wi] = [v[i]!, w[i]!];
      for (let j = 0; j < size; j++) matrix[at + j]! -= vi * w[j]! + wi * v[j]!;
    }
  }
  formBasis(matrix, p, factors);
  return { diagonal, beside };
}

/**
 * Turns v into the vector of the reflection that sends it to (length, 0, 0, …), with factor 2/‖v‖²; factor 0 where there
 * is nothing to send.
 */
function reflect(v: Float64Array): { length: number; factor: number } {
  const first = v[0]!;
  let rest = 0;
  for (let i = 1; i < v.length; i++) rest += v[i]! * v[i]!;
  if (rest === 0) return { length: first, factor: 0 };
  // Away from the first component, so that nothing cancels.
  const length = first > 0 ? -Math.sqrt(first * first + rest) : Math.sqrt(first * first + rest);
  v[0] = first - length;
  return { length, factor: 2 / (v[0]! * v[0]! + rest) };
}

/** Multiplies the reflectors together, last first, so that each meets only the corner that is not yet the identity. */
function formBasis(matrix: Float64Array, p: number, factors: Float64Array): void {
  const v = new Float64Array(p);
  for (let k = p - 1; k >= 0; k--) {
    const size = p - k - 1;
    v.set(matrix.subarray(k * p + k + 1, (k + 1) * p));
    for (let j = k; j < p; j++) {
      matrix[k * p + j] = 0;
      matrix[j * p + k] = 0;
    }
    matrix[k * p + k] = 1;
    const factor = factors[k]!;
    if (factor === 0) continue;
    for (let i = k + 1; i < p; i++) {
      const at = i * p + k + 1;
      let sum = 0;
      for (let j = 0; j < size; j++) sum += matrix[at + j]! * v[j]!;
      sum *= factor;
      for (let j = 0; j < size; j++) matrix[at + j]! -= sum * v[j]!;
    }
  }
}
