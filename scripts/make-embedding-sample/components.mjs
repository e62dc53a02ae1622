// SPDX-License-Identifier: Apache-2.0

const ROUNDS = 40;

/**
 * Mean and the `count` directions of greatest spread of rows, by orthogonal iteration on X′X from fixed starts, so that
 * every run gives the same.
 * @param {Float32Array[]} rows
 * @param {number} count
 * @returns {{ mean: Float64Array, directions: Float64Array[], kept: number }} kept: share of the spread that they hold
 */
export function principalComponents(rows, count) {
  const width = rows[0].length;
  const mean = new Float64Array(width);
  for (const row of rows) for (let j = 0; j < width; j++) mean[j] += row[j] / rows.length;
  const centred = rows.map((row) => Float64Array.from(row, (value, j) => value - mean[j]));
  let directions = Array.from({ length: count }, (_, k) =>
    Float64Array.from({ length: width }, (_, j) => Math.sin((k + 1) * (j + 1) * 0.7 + k * k)),
  );
  orthonormalise(directions);
  let spreads = [];
  for (let round = 0; round < ROUNDS; round++) {
    const next = directions.map(() => new Float64Array(width));
    spreads = new Array(count).fill(0);
    for (const row of centred) {
      for (let k = 0; k < count; k++) {
        const score = dot(row, directions[k]);
        spreads[k] += score * score;
        for (let j = 0; j < width; j++) next[k][j] += score * row[j];
      }
    }
    orthonormalise(next);
    directions = next;
  }
  const all = centred.reduce((sum, row) => sum + dot(row, row), 0);
  return { mean, directions, kept: spreads.reduce((sum, spread) => sum + spread, 0) / all };
}

/** Scores of a row on the directions. */
export function project(row, { mean, directions }) {
  const centred = Float64Array.from(row, (value, j) => value - mean[j]);
  return Float32Array.from(directions, (direction) => dot(centred, direction));
}

/** Gram–Schmidt, twice for rounding. */
function orthonormalise(vectors) {
  for (let pass = 0; pass < 2; pass++) {
    vectors.forEach((vector, k) => {
      for (const earlier of vectors.slice(0, k)) {
        const share = dot(vector, earlier);
        for (let j = 0; j < vector.length; j++) vector[j] -= share * earlier[j];
      }
      const length = Math.sqrt(dot(vector, vector));
      for (let j = 0; j < vector.length; j++) vector[j] /= length;
    });
  }
}

function dot(a, b) {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}
