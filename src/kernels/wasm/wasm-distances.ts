// SPDX-License-Identifier: Apache-2.0
/** Squared distances and sums over them, tile by tile. Rows are finite; far beyond f32's middle the cpu twin takes over. */
import { gram as gramOnCpu } from '../cpu/vectors/gram.js';
import { squaredDistances as distancesOnCpu } from '../cpu/vectors/squared-distances.js';
import { rowsOf } from '../rows.js';
import { BLOCK_ROWS, multiplyBlock, packedFloats, packPanels, panelNorms, takePanels } from './panels.js';
import { roundUp, type VectorHost } from './vector-exports.js';

/** Rows of the packed side of a tile. */
const TILE = 512;
/** Values whose squares and sums of squares f32 holds with room. */
const LEAST = 1e-15;
const MOST = 1e15;

interface Tile {
  /** Inner products: m × stride, of rows i… of a and j… of b. */
  readonly product: number;
  readonly stride: number;
  readonly i: number;
  readonly m: number;
  readonly j: number;
  readonly n: number;
  /** Addresses of ‖·‖², f32. */
  readonly aNorms: number;
  readonly bNorms: number;
}

export function gramOnWasm(
  host: VectorHost,
  { a, b, d, gamma }: { a: Float32Array; b: Float32Array | null; d: number; gamma: number },
): number {
  const n = rowsOf(a, d);
  if (b !== null) rowsOf(b, d);
  if (!inRange(a) || (b !== null && !inRange(b))) return gramOnCpu(a, b, d, gamma);
  let sum = 0;
  if (n === 0) return sum;
  eachTile(host, { a, b: b ?? a, d }, ({ product, stride, i, m, j, n: columns, aNorms, bNorms }, run) => {
    // Of pairs within a, those with i < j.
    const first = b === null ? i - j + 1 : -(2 ** 30);
    if (first >= columns) return;
    sum += run().gramSum_f32(product, m, columns, stride, aNorms, bNorms, gamma, first);
  });
  return sum;
}

export function squaredDistancesOnWasm(
  host: VectorHost,
  { a, b, d }: { a: Float32Array; b: Float32Array; d: number },
): Float32Array {
  const [n, m] = [rowsOf(a, d), rowsOf(b, d)];
  if (!inRange(a) || !inRange(b)) return distancesOnCpu(a, b, d);
  const distances = new Float32Array(n * m);
  eachTile(host, { a, b, d }, (tile, run, buffer) => {
    const { product, stride, aNorms, bNorms } = tile;
    run().squaredDistances_f32(product, tile.m, tile.n, stride, aNorms, bNorms);
    const found = new Float32Array(buffer, product, tile.m * stride);
    for (let r = 0; r < tile.m; r++) {
      distances.set(found.subarray(r * stride, r * stride + tile.n), (tile.i + r) * m + tile.j);
    }
  });
  return distances;
}

/** Visits every tile; `run` first makes its inner products, so that a visitor may pass a tile by. */
function eachTile(
  host: VectorHost,
  { a, b, d }: { a: Float32Array; b: Float32Array; d: number },
  visit: (
    tile: Tile,
    run: () => Parameters<Parameters<VectorHost['call']>[0]>[0]['run'],
    buffer: ArrayBuffer,
  ) => void,
): void {
  const [aRows, bRows] = [a.length / d, b.length / d];
  host.call((instance) => {
    const { run, arena } = instance;
    const wide = roundUp(Math.min(TILE, bRows), 8);
    const center = arena.take(d * 4);
    const stage = arena.take(BLOCK_ROWS * d * 4);
    const packed = arena.take(packedFloats(d) * 4);
    const product = arena.take(BLOCK_ROWS * wide * 4);
    const norms = arena.take(Math.max(wide, BLOCK_ROWS) * 8);
    const aNorms = arena.take(BLOCK_ROWS * 4);
    const bNorms = arena.take(wide * 4);
    const mark = arena.mark();
    arena.take(wide * d * 4);
    arena.reset(mark);
    // Distances do not change when both sides move; near the middle, squares are small and little cancels.
    new Float32Array(arena.buffer, center, d).set(middleOf(b, d));
    for (let j = 0; j < bRows; j += TILE) {
      const n = Math.min(TILE, bRows - j);
      arena.reset(mark);
      const panels = takePanels(instance, n, d);
      packPanels(instance, panels, { values: b.subarray(j * d, (j + n) * d), stage, center });
      const sums = new Float64Array(arena.buffer, norms, panels.stride).fill(0);
      panelNorms(instance, panels, norms);
      new Float32Array(arena.buffer, bNorms, panels.stride).set(sums);
      for (let i = 0; i < aRows; i += BLOCK_ROWS) {
        const m = Math.min(BLOCK_ROWS, aRows - i);
        visit(
          { product, stride: panels.stride, i, m, j, n, aNorms, bNorms },
          () => {
            const rows = a.subarray(i * d, (i + m) * d);
            new Float32Array(arena.buffer, stage, rows.length).set(rows);
            const own = new Float64Array(arena.buffer, norms, BLOCK_ROWS).fill(0);
            multiplyBlock(instance, panels, { rows: stage, n: m, packed, product, center, norms });
            new Float32Array(arena.buffer, aNorms, BLOCK_ROWS).set(own);
            return run;
          },
          arena.buffer,
        );
      }
    }
  });
}

function inRange(values: Float32Array): boolean {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]!));
  // NaN stays NaN in every pair that it is in, on either path.
  return most === 0 || Number.isNaN(most) || (most >= LEAST && most <= MOST);
}

/** Mean of the rows, over what is finite. */
function middleOf(rows: Float32Array, d: number): Float64Array {
  const sums = new Float64Array(d);
  const n = rows.length / d;
  for (let r = 0; r < n; r++) {
    for (let i = 0; i < d; i++) {
      const value = rows[r * d + i]!;
      if (Number.isFinite(value)) sums[i]! += value;
    }
  }
  return sums.map((sum) => (n === 0 ? 0 : sum / n));
}
