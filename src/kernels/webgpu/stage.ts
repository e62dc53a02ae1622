// SPDX-License-Identifier: Apache-2.0
/**
 * One plan on one device: its tables, the buffers that batches go through, and the dispatches of a batch. It records and
 * submits and never waits, except in `read`.
 *
 *   rows → inspect (marks, counts, norms) → fourier | directions, a tile of sums a workgroup → reduce → slot
 *
 * Two lanes of row buffers take turns, so that a device may copy into one while it computes on the other. A result set
 * has a slot for each batch until it is read, all slots at once.
 */
import type { VectorPlan } from '../vectors.js';
import { COPY_DST, COPY_SRC, MAP_READ, READ, STORAGE, UNIFORM } from './flags.js';
import { gather, type RowsInBuffer } from './gather.js';
import { batchRows, type DeviceLimits, type Panel, panelsOf, storageBytes } from './limits.js';
import { bindAll, type Pipelines, pipelinesOf } from './pipelines.js';
import { type SlotLayout, slotLayout } from './slot.js';
import { cutTable, packColumns, quarterTurns, strideOf } from './tables.js';

interface StagePanel extends Panel {
  readonly kind: 'fourier' | 'directions';
  readonly matrix: GPUBuffer;
  readonly facts: GPUBuffer;
}

interface Lane {
  readonly rows: GPUBuffer;
  readonly marks: GPUBuffer;
  readonly facts: GPUBuffer;
  /** Where foreign rows lie. */
  readonly shape: GPUBuffer;
  readonly partials: readonly GPUBuffer[];
}

/** Slots that batches fill; given back by `read`. */
export interface ResultSet {
  readonly results: GPUBuffer;
  readonly staging: GPUBuffer;
  /** Per lane: its dispatches, in order. */
  readonly passes: (readonly Pass[] | undefined)[];
}

interface Pass {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  /** Workgroups for n rows. */
  readonly size: (n: number) => readonly [number, number];
}

interface Submission {
  readonly n: number;
  /** Counts rows of tiny values, which f32 sums poorly; otherwise they are left to the host. */
  readonly keepsTiny: boolean;
  /** Puts rows into the lane. A buffer that it returns goes when the work is submitted. */
  fill(lane: Lane, encoder: GPUCommandEncoder): GPUBuffer | undefined;
}

const LANES = 2;

export interface StageOptions {
  readonly limits: DeviceLimits;
  /** Bytes of rows in a batch, at most. */
  readonly batchBytes: number;
  /** Batches that one result set takes. */
  readonly slots: number;
}

export class Stage {
  readonly layout: SlotLayout;
  /** Most rows of a batch. */
  readonly batchRows: number;
  /** Floats between rows of a batch. */
  readonly stride: number;
  readonly slots: number;
  readonly #device: GPUDevice;
  readonly #limits: DeviceLimits;
  readonly #pipelines: Pipelines;
  readonly #plan: VectorPlan;
  readonly #panels: readonly StagePanel[];
  readonly #center: GPUBuffer;
  readonly #cuts: GPUBuffer;
  readonly #normCuts: GPUBuffer;
  readonly #lanes: readonly Lane[];
  readonly #free: ResultSet[] = [];
  readonly #buffers: GPUBuffer[] = [];
  #next = 0;

  /** Throws EngineError when the device's limits leave no room for one tile. What else fails shows in error scopes. */
  constructor(device: GPUDevice, plan: VectorPlan, { limits, batchBytes, slots }: StageOptions) {
    this.#device = device;
    this.#limits = limits;
    this.#plan = plan;
    this.#pipelines = pipelinesOf(device, limits);
    this.layout = slotLayout(plan);
    this.stride = strideOf(plan.dimension);
    const { dimension: d, fourier, directions } = plan;
    const turns = panelsOf(limits, fourier.count, d);
    const axes = panelsOf(limits, directions.length / d, d);
    this.batchRows = batchRows(limits, { stride: this.stride, panels: [...turns, ...axes], batchBytes });
    this.slots = Math.max(1, Math.min(slots, Math.floor(storageBytes(limits) / (4 * this.layout.words))));
    const frequencies = quarterTurns(plan);
    this.#panels = [
      ...turns.map((panel) => this.#panel('fourier', panel, frequencies)),
      ...axes.map((panel) => this.#panel('directions', panel, directions)),
    ];
    const center = new Float32Array(this.stride);
    center.set(plan.center);
    this.#center = this.#filled(center, STORAGE);
    this.#cuts = this.#filled(cutTable(plan.drawn), STORAGE);
    this.#normCuts = this.#filled(
      plan.normCuts.length === 0 ? new Float32Array(1) : plan.normCuts.slice(),
      STORAGE,
    );
    this.#lanes = Array.from({ length: LANES }, () => this.#lane());
  }

  /** Slots for the next batches. */
  open(): ResultSet {
    const bytes = 4 * this.slots * this.layout.words;
    return (
      this.#free.pop() ?? {
        results: this.#buffer(bytes, STORAGE | COPY_SRC | COPY_DST),
        staging: this.#buffer(bytes, MAP_READ | COPY_DST),
        passes: [],
      }
    );
  }

  /** Submits a batch: n rows, `stride` apart. `rows` may be written again when this returns. */
  measure(set: ResultSet, slot: number, batch: { rows: Float32Array<ArrayBuffer>; n: number }): void {
    this.#submit(set, slot, {
      n: batch.n,
      keepsTiny: false,
      fill: ({ rows }) => {
        this.#device.queue.writeBuffer(rows, 0, batch.rows, 0, batch.n * this.stride);
        return undefined;
      },
    });
  }

  /** Submits a batch of n rows that lie on the device, from row `first`. Nothing is read back. */
  measureBuffer(set: ResultSet, slot: number, batch: { rows: RowsInBuffer; first: number; n: number }): void {
    const { rows: from, first, n } = batch;
    const isWhole = from.stride === this.stride && this.stride === this.#plan.dimension;
    this.#submit(set, slot, {
      n,
      keepsTiny: true,
      fill: (lane, encoder) => {
        if (isWhole && from.buffer.usage & COPY_SRC) {
          const start = 4 * (from.offset + first * from.stride);
          encoder.copyBufferToBuffer(from.buffer, start, lane.rows, 0, 4 * n * this.stride);
          return undefined;
        }
        const { rows: to, shape } = lane;
        const [pipelines, limits, stride] = [this.#pipelines, this.#limits, this.stride];
        const { dimension } = this.#plan;
        const how = { pipelines, limits, from, first, n, dimension, to, stride, shape };
        return gather(this.#device, encoder, how);
      },
    });
  }

  /** Rows of a foreign buffer that one batch takes: those between whose ends the device can bind. */
  rowsAtOnce(stride: number): number {
    const most = Math.floor((storageBytes(this.#limits) - 256) / (4 * stride));
    return Math.max(1, Math.min(this.batchRows, most));
  }

  /** The first `slots` slots, and the set back in the pool. Rejects when the device is lost. */
  async read(set: ResultSet, slots: number): Promise<Uint32Array[]> {
    const words = this.layout.words;
    const bytes = 4 * words * slots;
    const encoder = this.#device.createCommandEncoder();
    encoder.copyBufferToBuffer(set.results, 0, set.staging, 0, bytes);
    this.#device.queue.submit([encoder.finish()]);
    await set.staging.mapAsync(READ, 0, bytes);
    const all = new Uint32Array(set.staging.getMappedRange(0, bytes).slice(0));
    set.staging.unmap();
    this.#free.push(set);
    return Array.from({ length: slots }, (_, i) => all.subarray(i * words, (i + 1) * words));
  }

  destroy(): void {
    for (const buffer of this.#buffers) buffer.destroy();
    this.#buffers.length = 0;
  }

  #submit(set: ResultSet, slot: number, { n, keepsTiny, fill }: Submission): void {
    const index = this.#next;
    this.#next = (index + 1) % LANES;
    const lane = this.#lanes[index]!;
    const { words, norms } = this.layout;
    const { dimension, normCuts } = this.#plan;
    const slotAt = slot * words;
    const tiny = keepsTiny ? 1 : 0;
    const facts = Uint32Array.of(n, this.stride / 4, dimension, slotAt, normCuts.length, norms, tiny, 0);
    this.#device.queue.writeBuffer(lane.facts, 0, facts);
    const encoder = this.#device.createCommandEncoder();
    const passing = fill(lane, encoder);
    encoder.clearBuffer(set.results, 4 * slot * words, 4 * words);
    const passes = set.passes[index] ?? this.#passes(lane, set);
    set.passes[index] = passes;
    const pass = encoder.beginComputePass();
    for (const { pipeline, group, size } of passes) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(...size(n));
    }
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
    // What is submitted is still read.
    passing?.destroy();
  }

  #passes(lane: Lane, { results }: ResultSet): Pass[] {
    const { group: threads } = this.#pipelines;
    const grouped = (kernel: 'inspect' | 'norms', buffers: GPUBuffer[], size: Pass['size']): Pass => {
      const pipeline = this.#pipelines.grouped(kernel);
      return { pipeline, group: bindAll(this.#device, pipeline, buffers), size };
    };
    // Whole tiles of rows are marked, so that rows of an earlier batch behind the last are not counted.
    const tile = 8 * Math.max(4, ...this.#panels.map(({ side }) => side));
    const marked = (n: number): number => Math.ceil(n / tile) * tile;
    const { rows, marks, facts } = lane;
    const passes = [
      grouped('inspect', [facts, rows, this.#normCuts, marks, results], (n) => [
        marked(n) / (threads / 16),
        1,
      ]),
      grouped('norms', [facts, marks, results], () => [1, 1]),
    ];
    const reductions: Pass[] = [];
    for (const [i, panel] of this.#panels.entries()) {
      const partials = lane.partials[i]!;
      const pipeline = this.#pipelines.tiled(panel.kind, panel.side);
      const shared = [facts, panel.facts, rows, panel.matrix, marks, partials];
      const own = panel.kind === 'fourier' ? [] : [this.#center, this.#cuts, results];
      const width = 8 * panel.side;
      passes.push({
        pipeline,
        group: bindAll(this.#device, pipeline, [...shared, ...own]),
        size: (n) => [panel.padded / width, Math.ceil(n / width)],
      });
      const reduce = this.#pipelines.grouped('reduce');
      reductions.push({
        pipeline: reduce,
        group: bindAll(this.#device, reduce, [facts, panel.facts, partials, results]),
        size: () => [Math.ceil(panel.padded / 4 / threads), 1],
      });
    }
    // Last, so that the tiles of all panels may run beside each other.
    return [...passes, ...reductions];
  }

  #panel(kind: StagePanel['kind'], panel: Panel, matrix: Float32Array): StagePanel {
    const { first, columns, padded, side } = panel;
    const { fourier, sums, squares, drawn } = this.layout;
    const isFourier = kind === 'fourier';
    const facts = Uint32Array.of(
      padded / 4,
      columns,
      first + (isFourier ? fourier : sums),
      first + (isFourier ? fourier + this.#plan.fourier.count : squares),
      first,
      this.#plan.drawn.length,
      drawn,
      8 * side,
    );
    const packed = packColumns(matrix, this.#plan.dimension, panel);
    return { ...panel, kind, matrix: this.#filled(packed, STORAGE), facts: this.#filled(facts, UNIFORM) };
  }

  #lane(): Lane {
    const rows = this.batchRows;
    return {
      rows: this.#buffer(4 * rows * this.stride, STORAGE | COPY_DST),
      marks: this.#buffer(8 * rows, STORAGE),
      facts: this.#buffer(32, UNIFORM | COPY_DST),
      shape: this.#buffer(32, UNIFORM | COPY_DST),
      partials: this.#panels.map(({ padded, side }) =>
        this.#buffer(8 * Math.ceil(rows / (8 * side)) * padded, STORAGE),
      ),
    };
  }

  #filled(values: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>, usage: number): GPUBuffer {
    const buffer = this.#buffer(Math.max(16, values.byteLength), usage | COPY_DST);
    this.#device.queue.writeBuffer(buffer, 0, values);
    return buffer;
  }

  #buffer(size: number, usage: number): GPUBuffer {
    const buffer = this.#device.createBuffer({ label: 'driftglass', size, usage });
    this.#buffers.push(buffer);
    return buffer;
  }
}
