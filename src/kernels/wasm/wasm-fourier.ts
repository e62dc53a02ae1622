// SPDX-License-Identifier: Apache-2.0
/** Fourier features in wasm: structured or, where that is less work, by a product with the frequencies written out. */
import { frequenciesOf, turnMatrix } from '../frequencies.js';
import type { Fourier } from '../vectors.js';
import { BLOCK_ROWS, multiplyBlock, packedFloats, packPanels, takePanels } from './panels.js';
import { roundUp, type VectorInstance } from './vector-exports.js';

/** All addresses are of BLOCK_ROWS × d floats at most that lie in wasm memory already. */
export interface WasmFourier {
  /** Zero the sums before `add`. */
  clear(): void;
  add(rows: number, n: number): void;
  /** Adds Σcos, then Σsin (2D) to `into`. */
  addTo(into: Float64Array): void;
  /** Features of n ≤ BLOCK_ROWS rows, times `unit`, into `out` (n × 2D). */
  features(rows: number, n: number, unit: number, out: Float32Array): void;
}

/**
 * Operations of four lanes, measured in node with SIMD and with relaxed SIMD (docs/kernels.md): a product costs d/4 multiplications a
 * frequency, a block of p frequencies 3p log p/4 additions, of which more run at a time.
 */
export function structuredIsLess({ dimension: d, count }: Fourier, padded: number): boolean {
  const blocks = Math.ceil(count / padded);
  return blocks * 3 * padded * Math.log2(padded) < count * d;
}

/** Takes what it needs from the arena and keeps it. `stage`: BLOCK_ROWS × d floats, used while starting. */
export function wasmFourier(
  instance: VectorInstance,
  fourier: Fourier,
  { stage, form }: { stage: number; form?: 'structured' | 'dense' | undefined },
): WasmFourier {
  const { run, arena } = instance;
  const { dimension: d, count } = fourier;
  const frequencies = frequenciesOf(fourier);
  const p = frequencies.padded;
  const structured = form === undefined ? structuredIsLess(fourier, p) : form === 'structured';
  const wide = roundUp(count, structured ? 16 : 8);
  const place = structured ? turned : (index: number) => index;

  const scales = arena.take(wide * 4);
  const block = arena.take(2 * wide * 4);
  const sums = arena.take(2 * wide * 8);
  const work = structured ? arena.take(p * 4) : arena.take(packedFloats(d) * 4);
  const phases = structured ? 0 : arena.take(BLOCK_ROWS * wide * 4);
  const signs = structured ? arena.take(frequencies.signs.length * 4) : 0;
  const panels = structured ? null : takePanels(instance, count, d);

  const scaleView = new Float32Array(arena.buffer, scales, wide).fill(structured ? 0 : 1);
  new Float32Array(arena.buffer, block, 2 * wide).fill(0);
  if (panels !== null) {
    packPanels(instance, panels, { values: turnMatrix(fourier), stage });
  } else {
    for (let j = 0; j < count; j++) scaleView[place(j)] = frequencies.scales[j]!;
    const masks = new Uint32Array(arena.buffer, signs, frequencies.signs.length);
    for (let i = 0; i < masks.length; i++) {
      const factor = Math.floor(i / p) % 3;
      // Stored in the order of use, and D₂ as it meets the row: with index bits changed.
      const to = i - factor * p + (2 - factor) * p;
      masks[factor === 1 ? turned(to) : to] = frequencies.signs[i]! < 0 ? 0x80000000 : 0;
    }
  }

  /** Phases of one block of rows, by product. */
  const project = (rows: number, n: number) =>
    multiplyBlock(instance, panels!, { rows, n, packed: work, product: phases });

  return {
    clear() {
      new Float64Array(arena.buffer, sums, 2 * wide).fill(0);
    },
    add(rows, n) {
      if (panels === null) {
        run.structuredSums_f32(rows, n, d, p, wide, signs, scales, work, block, sums);
      } else {
        project(rows, n);
        run.denseSums_f32(phases, n, wide, scales, block, sums);
      }
    },
    addTo(into) {
      const found = new Float64Array(arena.buffer, sums, 2 * wide);
      for (let j = 0; j < count; j++) {
        into[j]! += found[place(j)]!;
        into[count + j]! += found[wide + place(j)]!;
      }
    },
    features(rows, n, unit, out) {
      const mark = arena.mark();
      const written = arena.take(n * 2 * wide * 4);
      if (panels === null) {
        run.structuredFeatures_f32(rows, n, d, p, wide, signs, scales, work, unit, written);
      } else {
        project(rows, n);
        run.denseFeatures_f32(phases, n, wide, scales, unit, written);
      }
      const found = new Float32Array(arena.buffer, written, n * 2 * wide);
      for (let row = 0; row < 2 * n; row++) {
        for (let j = 0; j < count; j++) out[row * count + j] = found[row * wide + place(j)]!;
      }
      arena.reset(mark);
    },
  };
}

/** Index bits 0–1 and 2–3 in each other's place. */
function turned(index: number): number {
  return (index & ~15) | ((index & 3) << 2) | ((index >> 2) & 3);
}
