// SPDX-License-Identifier: Apache-2.0
/**
 * Routines over rows of equal length (embeddings), loaded only where a column holds them. Two interfaces: what measures
 * rows against a frame, on any backend, and the linear algebra that fitting and testing need, which is synchronous.
 */

/**
 * Random Fourier features of the Gaussian kernel exp(−‖x−y‖²/2σ²): `count` frequencies, each giving cos w·x and sin w·x.
 * The matrix is never stored: it follows from the seed by whole-number arithmetic, additions and square roots alone, so
 * it is the same on every machine (see kernels/frequencies.ts).
 */
export interface Fourier {
  /** d, the length of a row. */
  readonly dimension: number;
  /** D, frequencies; features are 2D. */
  readonly count: number;
  readonly seed: number;
  /** σ, in the units of the rows. */
  readonly bandwidth: number;
}

/** What rows are measured against. Lengths: d = dimension, k = directions.length / d. */
export interface VectorPlan {
  readonly dimension: number;
  readonly fourier: Fourier;
  /** d. Taken off each row before it is projected. */
  readonly center: Float32Array;
  /** k × d, row-major: u = directions · (x − center). */
  readonly directions: Float32Array;
  /** Strictly increasing cuts for u₀ … u_{h−1}, h ≤ k; bin i holds cuts[i−1] ≤ u < cuts[i]. */
  readonly drawn: readonly Float32Array[];
  /** Strictly increasing cuts of ‖x‖. */
  readonly normCuts: Float32Array;
}

/** What was measured of some rows; every field adds. */
export interface VectorPartial {
  /** Rows in the sums: every value finite. */
  rows: number;
  /** Rows with a NaN or an infinity; they are in nothing else. */
  nonFinite: number;
  /** Finite rows of zeros only, and finite rows of one value repeated (not zero; d > 1). Both are in the sums. */
  zero: number;
  constant: number;
  /** Σ cos w·x for each frequency, then Σ sin w·x: 2D. */
  readonly fourier: Float64Array;
  /** Σu and Σu²: k each. */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  /** Per drawn direction, cuts + 1 counts. */
  readonly drawn: readonly Float64Array[];
  /** normCuts + 1 counts, Σ‖x‖, Σ‖x‖². */
  readonly norms: Float64Array;
  normSum: number;
  normSquares: number;
}

/** Accumulators of one window. */
export interface VectorSums {
  /** n × d values, row-major, n = rows.length / d; copied or used before it returns. Never throws for what rows hold. */
  add(rows: Float32Array): void;
  /** Resolves when more rows may be added without piling up; undefined where they may be at once. */
  room(): Promise<void> | undefined;
  /** Everything since the last `take`, and zero from here on. */
  take(): VectorPartial | Promise<VectorPartial>;
  /** Frees what it holds. */
  close(): void;
}

/** A plan made ready on one backend. */
export interface VectorMeter {
  open(): VectorSums;
  close(): void;
}

export interface VectorKernels {
  readonly name: 'cpu' | 'wasm' | 'wasm-relaxed' | 'webgpu';
  prepare(plan: VectorPlan): VectorMeter;
}

/** Symmetric matrices are full, row-major, p × p. */
export interface LinearKernels {
  readonly name: 'cpu' | 'wasm' | 'wasm-relaxed';
  /** a (n × d) times the transpose of b (k × d): n × k. f32. */
  multiply(a: Float32Array, b: Float32Array, d: number): Float32Array;
  /** Σ rᵀr over rows of length p: f32 inside a block of rows, f64 across. */
  crossProducts(rows: Float32Array, p: number): Float64Array;
  /**
   * Σ exp(−γ‖a_i − b_j‖²) over all i, j; over i < j of `a` alone when b is null. f32 inside a tile, f64 across.
   */
  gram(a: Float32Array, b: Float32Array | null, d: number, gamma: number): number;
  /** Squared Euclidean distances of all rows of a to all rows of b: n × m. */
  squaredDistances(a: Float32Array, b: Float32Array, d: number): Float32Array;
  /** Fourier features of each row, over √D, so that a row's features have length 1: n × 2D, cosines first. */
  fourierFeatures(rows: Float32Array, fourier: Fourier): Float32Array;
  /** Eigenvalues, descending, and their unit eigenvectors as the rows of a p × p matrix. */
  eigen(matrix: Float64Array, p: number): { readonly values: Float64Array; readonly vectors: Float64Array };
  /** Lower L with L·Lᵀ = matrix, zeros above; null when it is not positive definite. */
  cholesky(matrix: Float64Array, p: number): Float64Array | null;
  /** L⁻¹ applied to each row of b (n × p), as fresh rows. */
  solveLower(lower: Float64Array, p: number, b: Float64Array): Float64Array;
}
