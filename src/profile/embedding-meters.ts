// SPDX-License-Identifier: Apache-2.0
import type { Feature, Frame } from '../baseline/frame.js';
import type { VectorColumn } from '../columns/column.js';
import { DriftglassError } from '../errors.js';
import type { VectorKernels, VectorMeter, VectorSums } from '../kernels/vectors.js';
import { addPartial, countVectors, vectorPlan } from './embedding.js';
import type { EmbeddingPart } from './parts.js';
import { countUnfitted } from './unfitted-rows.js';

/** Frames whose weights stay prepared: a comparison uses one, a change of kinds a second. */
const KEPT_FRAMES = 2;

/** Embedding features made ready on the vector kernels, once a frame: packing the directions costs more than a batch. */
export class EmbeddingMeters {
  readonly #kernels: VectorKernels;
  readonly #frames = new Map<string, Map<string, VectorMeter>>();

  constructor(kernels: VectorKernels) {
    this.#kernels = kernels;
  }

  get name(): VectorKernels['name'] {
    return this.#kernels.name;
  }

  of(frame: Frame, { name, frame: measured }: Feature): VectorMeter {
    const known = this.#frames.get(frame.id) ?? new Map<string, VectorMeter>();
    // the last used last, so that the oldest is let go
    this.#frames.delete(frame.id);
    this.#frames.set(frame.id, known);
    let meter = known.get(name);
    if (meter === undefined) {
      if (measured.kind !== 'embedding') throw new Error(`"${name}" is no embedding`);
      meter = this.#kernels.prepare(vectorPlan(measured));
      known.set(name, meter);
    }
    for (const [id, meters] of this.#frames) {
      if (this.#frames.size <= KEPT_FRAMES) break;
      for (const old of meters.values()) old.close();
      this.#frames.delete(id);
    }
    return meter;
  }
}

interface Pending {
  readonly sums: VectorSums;
  /** Rows that hold no vector, which the kernels took for rows that are not finite. */
  absent: number;
}

/** Embeddings of one pass: what is added stands in the parts only once it has settled. */
export class EmbeddingPass {
  readonly #frame: Frame;
  readonly #meters: EmbeddingMeters | undefined;
  readonly #pending = new Map<EmbeddingPart, Pending>();

  constructor(frame: Frame, meters: EmbeddingMeters | undefined) {
    this.#frame = frame;
    this.#meters = meters;
  }

  add(part: EmbeddingPart, column: VectorColumn | undefined, rows: number, feature: Feature): void {
    if (feature.frame.kind !== 'embedding') return;
    const absent = countVectors(part, column, rows, feature.frame);
    if (column === undefined || absent === rows) return;
    if (feature.frame.frequencies === 0) {
      countUnfitted(part, column);
      return;
    }
    const pending = this.#pending.get(part) ?? this.#open(part, feature);
    pending.sums.add(column.values);
    pending.absent += absent;
  }

  /** Resolves when the kernels have caught up enough to be given more; undefined where they always have. */
  room(): Promise<unknown> | undefined {
    const waits = [...this.#pending.values()].flatMap(({ sums }) => sums.room() ?? []);
    return waits.length === 0 ? undefined : Promise.all(waits);
  }

  async settle(): Promise<void> {
    for (const [part, { sums, absent }] of this.#pending) {
      try {
        addPartial(part, await sums.take(), absent);
      } finally {
        sums.close();
      }
    }
    this.#pending.clear();
  }

  #open(part: EmbeddingPart, feature: Feature): Pending {
    if (this.#meters === undefined) {
      throw new DriftglassError(
        'EngineError',
        `embedding "${feature.name}" cannot be measured: no vector kernels were given`,
      );
    }
    const opened = { sums: this.#meters.of(this.#frame, feature).open(), absent: 0 };
    this.#pending.set(part, opened);
    return opened;
  }
}
