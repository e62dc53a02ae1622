// SPDX-License-Identifier: Apache-2.0
export interface Eigen {
  /** Descending. */
  readonly values: Float64Array;
  /** vectors[k] belongs to values[k], of length 1. */
  readonly vectors: readonly Float64Array[];
}

const SWEEPS = 30;

/** Eigenvalues and vectors of a symmetric d × d matrix (row-major) by cyclic Jacobi rotations; d up to a hundred. */
export function symmetricEigen(matrix: Float64Array, d: number): Eigen {
  const a = matrix.slice();
  const v = new Float64Array(d * d);
  for (let i = 0; i < d; i++) v[i * d + i] = 1;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let off = 0;
    for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) off += a[i * d + j] ** 2;
    if (off < 1e-18) break;
    for (let p = 0; p < d - 1; p++) for (let q = p + 1; q < d; q++) rotate(a, v, { d, p, q });
  }
  const order = Array.from({ length: d }, (_, i) => i).sort((i, j) => a[j * d + j] - a[i * d + i]);
  return {
    values: Float64Array.from(order, (i) => a[i * d + i]),
    vectors: order.map((i) => Float64Array.from({ length: d }, (_, k) => v[k * d + i])),
  };
}

function rotate(a: Float64Array, v: Float64Array, { d, p, q }: { d: number; p: number; q: number }): void {
  const apq = a[p * d + q];
  if (Math.abs(apq) < 1e-300) return;
  const theta = (a[q * d + q] - a[p * d + p]) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < d; k++) {
    const akp = a[k * d + p];
    const akq = a[k * d + q];
    a[k * d + p] = c * akp - s * akq;
    a[k * d + q] = s * akp + c * akq;
  }
  for (let k = 0; k < d; k++) {
    const apk = a[p * d + k];
    const aqk = a[q * d + k];
    a[p * d + k] = c * apk - s * aqk;
    a[q * d + k] = s * apk + c * aqk;
    const vkp = v[k * d + p];
    const vkq = v[k * d + q];
    v[k * d + p] = c * vkp - s * vkq;
    v[k * d + q] = s * vkp + c * vkq;
  }
}
