// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../../errors.js';
import { histogram as histogramOnCpu } from '../cpu/histogram.js';
import { checkedCuts } from '../cuts.js';
import { EMPTY_CDF } from '../empty-cdf.js';
import type { BinPartial, CdfPartial, CutTable, Kernels, Moments, Numbers, Sorted } from '../kernels.js';
import { relaxedBinary, simdBinary } from './binary.js';
import { MOST_CUTS, type PackedCuts, packCuts, RECORD_BYTES } from './cut-table.js';
import { KernelHost } from './host.js';
import type { Arena } from './memory.js';

/** A column passes through the first-level cache in pieces of this size, so its length needs no wasm memory. */
const STAGE_BYTES = 16_384;
/** Three digits of 11 bits for f32, up to six for f64, and the kept number before them. */
const SORT_COUNTS_BYTES = 8 + 6 * 2048 * 4;

export interface WasmOptions {
  /** Use the relaxed SIMD build where the host has it. Its power sums may differ in the last bits. Default true. */
  readonly relaxed?: boolean;
}

/**
 * The kernels in WebAssembly with SIMD. Rejects with EngineError when this host forbids wasm or lacks SIMD. Every call
 * gives its memory back; a call that needs more than there is throws EngineError and harms no later one.
 */
export async function createWasmKernels({ relaxed = true }: WasmOptions = {}): Promise<Kernels> {
  try {
    const fused = relaxed ? decodeHex(relaxedBinary) : null;
    if (fused !== null && WebAssembly.validate(fused))
      return kernelsOn(await KernelHost.start(fused), 'wasm-relaxed');
    return kernelsOn(await KernelHost.start(decodeHex(simdBinary)), 'wasm');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DriftglassError('EngineError', `wasm kernels cannot start: ${reason}`, { cause });
  }
}

/** The kernels over an instance that is already there. */
export function kernelsOn(host: KernelHost, name: Kernels['name']): Kernels {
  /** Tables by element width, made on first use. */
  const packed = new WeakMap<CutTable, Map<4 | 8, PackedCuts>>();

  function packedCuts(table: CutTable, width: 4 | 8): PackedCuts {
    const widths = packed.get(table) ?? new Map<4 | 8, PackedCuts>();
    packed.set(table, widths);
    const cuts = widths.get(width) ?? packCuts(table.cuts, width);
    widths.set(width, cuts);
    return cuts;
  }

  function moments(values: Numbers, shift: number): Moments {
    return host.call(({ run, arena }) => {
      const out = arena.take(10 * 8);
      const kernel = widthOf(values) === 4 ? run.moments_f32 : run.moments_f64;
      const stage = takeStage(arena, values);
      const partial = new Float64Array(arena.buffer, out, 10).fill(0);
      partial[4] = Number.POSITIVE_INFINITY;
      partial[5] = Number.NEGATIVE_INFINITY;
      inPieces(arena, stage, values, (count) => kernel(stage, count, shift, out));
      const [finite, nan, positiveInfinity, negativeInfinity, min, max, ...sums] =
        partial as unknown as number[];
      return {
        finite: finite!,
        nan: nan!,
        positiveInfinity: positiveInfinity!,
        negativeInfinity: negativeInfinity!,
        min: min! + 0,
        max: max! + 0,
        sums: sums as Moments['sums'],
      };
    });
  }

  const prepared = new WeakMap<Float64Array, CutTable>();

  /** One table for the same cuts, so that both sides of a comparison pay for it once. */
  function prepareCuts(cuts: Float64Array): CutTable {
    const known = prepared.get(cuts);
    if (known !== undefined) return known;
    const table = { cuts: checkedCuts(cuts) };
    prepared.set(cuts, table);
    return table;
  }

  function histogram(values: Numbers, prepared: CutTable): BinPartial {
    if (prepared.cuts.length > MOST_CUTS) return histogramOnCpu(values, prepared);
    const width = widthOf(values);
    const cuts = packedCuts(prepared, width);
    const bins = prepared.cuts.length + 1;
    return host.call(({ run, arena }) => {
      const kernel = width === 4 ? run.histogram_f32 : run.histogram_f64;
      const table = arena.take(cuts.bytes.length);
      const stage = takeStage(arena, values);
      new Uint8Array(arena.buffer, table, cuts.bytes.length).set(cuts.bytes);
      const records = table + cuts.recordsAt;
      inPieces(arena, stage, values, (count) => kernel(stage, count, table, records, table + cuts.guideAt));
      const filled = new Float64Array(arena.buffer, records, (bins * RECORD_BYTES) / 8);
      const sums = new Float64Array(bins);
      const counts = new Float64Array(bins);
      for (let i = 0; i < bins; i++) {
        sums[i] = filled[(i * RECORD_BYTES) / 8]!;
        counts[i] = filled[(i * RECORD_BYTES) / 8 + 1]!;
      }
      return { counts, sums };
    });
  }

  function codes(values: Int32Array, size: number): Float64Array {
    return host.call(({ run, arena }) => {
      const countsAt = arena.take((size + 1) * 4);
      const stage = takeStage(arena, values);
      const counts = new Uint32Array(arena.buffer, countsAt, size + 1).fill(0);
      inPieces(arena, stage, values, (count) => run.codes_i32(stage, count, size, countsAt));
      return Float64Array.from(counts);
    });
  }

  function sort(values: Numbers): Sorted {
    return host.call(({ run, arena }) => {
      const width = widthOf(values);
      const kernel = width === 4 ? run.sort_f32 : run.sort_f64;
      const counts = arena.take(SORT_COUNTS_BYTES);
      const column = arena.take(values.byteLength);
      const scratch = arena.take(values.byteLength);
      viewOf(arena, values, column, values.length).set(values);
      const sorted = kernel(column, scratch, values.length, counts) >>> 0;
      const kept = new Uint32Array(arena.buffer, counts, 1)[0]!;
      const result = width === 4 ? new Float32Array(kept) : new Float64Array(kept);
      result.set(viewOf(arena, values, sorted, kept));
      return { values: result, nan: values.length - kept };
    });
  }

  function cdf(reference: Numbers, current: Numbers): CdfPartial {
    if (widthOf(reference) !== widthOf(current)) {
      return cdf(Float64Array.from(reference), Float64Array.from(current));
    }
    if (reference.length === 0 || current.length === 0) return EMPTY_CDF;
    return host.call(({ run, arena }) => {
      const width = widthOf(reference);
      const kernel = width === 4 ? run.cdf_f32 : run.cdf_f64;
      const out = arena.take(9 * 8);
      // One slot more: the kernel marks the end there.
      const x = arena.take(reference.byteLength + width);
      const y = arena.take(current.byteLength + width);
      viewOf(arena, reference, x, reference.length).set(reference);
      viewOf(arena, current, y, current.length).set(current);
      kernel(x, reference.length, y, current.length, out);
      const result = new Float64Array(arena.buffer, out, 9);
      return {
        above: result[0]!,
        aboveAt: result[1]!,
        below: result[2]!,
        belowAt: result[3]!,
        wasserstein: result[4]!,
        cramer: result[5]!,
        cramerVonMises: result[6]!,
        andersonDarling: result[7]!,
        distinct: result[8]!,
      };
    });
  }

  return { name, moments, prepareCuts, histogram, codes, sort, cdf };
}

function widthOf(values: Numbers): 4 | 8 {
  return values.BYTES_PER_ELEMENT as 4 | 8;
}

function viewOf(arena: Arena, like: Numbers, address: number, length: number): Numbers {
  return like.BYTES_PER_ELEMENT === 4
    ? new Float32Array(arena.buffer, address, length)
    : new Float64Array(arena.buffer, address, length);
}

function takeStage(arena: Arena, values: Numbers | Int32Array): number {
  return arena.take(Math.min(values.byteLength, STAGE_BYTES));
}

/** Copies the column to `stage` piece by piece and runs `kernel` on each. */
function inPieces(
  arena: Arena,
  stage: number,
  values: Numbers | Int32Array,
  kernel: (count: number) => void,
): void {
  const step = STAGE_BYTES / values.BYTES_PER_ELEMENT;
  const room = Math.min(values.length, step);
  const view =
    values instanceof Int32Array
      ? new Int32Array(arena.buffer, stage, room)
      : viewOf(arena, values, stage, room);
  if (values.length <= step) {
    view.set(values);
    kernel(values.length);
    return;
  }
  for (let from = 0; from < values.length; from += step) {
    const piece = values.subarray(from, from + step);
    view.set(piece);
    kernel(piece.length);
  }
}

export function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
