// SPDX-License-Identifier: Apache-2.0
/** A disk that the tabs of one browser share, rows that tell which chunk they came in, and hosts in tabs over it. */
import { FrameBuilder } from '../../../baseline/frame-builder.js';
import type { Batch } from '../../../columns/batch.js';
import { DriftglassError } from '../../../errors.js';
import { cpuKernels } from '../../../kernels/cpu/cpu.js';
import { decodeBaseline, encodeBaseline } from '../../../profile/baseline-file.js';
import { decodeProfile } from '../../../profile/codec.js';
import type { CategoryPart } from '../../../profile/parts.js';
import { Profiler } from '../../../profile/profile.js';
import { MemoryStore } from '../../../store/memory-store.js';
import type { Store } from '../../../store/store.js';
import type { WorldTab } from '../../tabs/testing/world.js';

/** Rows tell which chunk they came in. */
export const NAMES = Array.from({ length: 80 }, (_, i) => `chunk ${i}`);
export const WINDOW = 30;

export const baseline = baselineOfChunks();

export function rowsOfChunk(codes: readonly number[]): Batch {
  const column = { type: 'string', codes: Int32Array.from(codes), dictionary: NAMES } as const;
  return { rows: codes.length, columns: new Map([['chunk', column]]) };
}

function baselineOfChunks(): ArrayBuffer {
  const batch = rowsOfChunk(Array.from({ length: 20 * NAMES.length }, (_, i) => i % NAMES.length));
  const builder = new FrameBuilder([{ name: 'chunk', type: 'string' }]);
  builder.add(batch);
  const frame = builder.finish();
  const profiler = new Profiler(frame, cpuKernels);
  profiler.add(batch);
  return encodeBaseline({ name: 'chunks', createdBy: 'test', frame, profile: profiler.profile, windows: [] });
}

/** As IndexedDB is: who opened it last may write; what a dead tab writes never arrives, what a frozen one does only when it wakes. */
export class SharedDisk {
  readonly #kept = new MemoryStore({ limitBytes: 64 * 2 ** 20 });
  #writer = 0;
  #onTaken = (): void => {};

  /** `onTaken`: another writes from now on. `onCommit`: something was written, and nobody knows yet. */
  open(tab: WorldTab, { onTaken, onCommit }: { onTaken: () => void; onCommit: () => void }): Store {
    const own = ++this.#writer;
    this.#onTaken();
    this.#onTaken = onTaken;
    const kept = this.#kept;
    let isTaken = false;
    return {
      kind: 'indexedDB',
      reason: '',
      get isTaken() {
        return isTaken;
      },
      windows: (query) => kept.windows(query),
      records: () => kept.records(),
      state: (key) => kept.state(key),
      size: () => kept.size(),
      close: async () => {},
      commit: async (changes) => {
        await tab.awake();
        if (tab.isDead) return new Promise(() => {});
        isTaken = own !== this.#writer;
        if (isTaken) throw new DriftglassError('EngineError', 'another tab keeps the history now');
        await kept.commit(changes);
        onCommit();
        if (tab.isDead) return new Promise(() => {});
      },
    };
  }

  /** Rows of each chunk in all windows that were kept. */
  async rowsByChunk(): Promise<number[]> {
    const { frame } = decodeBaseline(baseline);
    const rows = new Array<number>(NAMES.length).fill(0);
    for (const { profile } of await this.#kept.windows({ spec: `${WINDOW} rows` })) {
      const part = decodeProfile(profile, frame).parts.get('chunk') as CategoryPart;
      const own = frame.features[0]!.frame;
      if (own.kind !== 'category') throw new Error('another kind');
      own.categories.forEach((name, i) => {
        rows[NAMES.indexOf(name)]! += part.counts[i]!;
      });
    }
    return rows;
  }
}
