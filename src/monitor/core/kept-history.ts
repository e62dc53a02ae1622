// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import { isDriftglassError, messageOf } from '../../errors.js';
import { type Baseline, decodeBaseline } from '../../profile/baseline-file.js';
import type { Store } from '../../store/store.js';
import type { Block } from './block.js';
import type { NewsDesk } from './news-desk.js';
import { LEARNED_STATE, LEARNING_STATE, REFERENCE_STATE, readCore, type SavedCore } from './saved-core.js';
import { blockOf, type StoredBlock } from './stored-blocks.js';

/** What a monitor before this one has kept. What cannot be read is told, and done without. */
export class KeptHistory {
  readonly #store: Store;
  readonly #desk: NewsDesk;

  constructor(store: Store, desk: NewsDesk) {
    this.#store = store;
    this.#desk = desk;
  }

  state(key: string): Promise<unknown> {
    return this.#store.state(key);
  }

  /** Everything small; null where there is nothing that this version can read. */
  core(): Promise<SavedCore | null> {
    return this.attempt(() => readCore(this.#store), null);
  }

  /** The baseline that was made of the first rows. */
  learned(): Promise<Baseline | null> {
    return this.attempt(async () => {
      const bytes = await this.state(LEARNED_STATE);
      return bytes instanceof Uint8Array ? decodeBaseline(bytes) : null;
    }, null);
  }

  /** Rows that were gathered to learn a frame from, as they were stored. */
  gathered(): Promise<unknown> {
    return this.state(LEARNING_STATE);
  }

  /** What the reference held that stored windows do not tell. */
  async reference(frame: Frame): Promise<Block | null> {
    const block = (await this.state(REFERENCE_STATE)) as StoredBlock | null | undefined;
    return block ? this.attempt(async () => blockOf(block, frame), null) : null;
  }

  /** What was saved, where it belongs to this baseline; that it belongs to another is told. */
  ofBaseline({ name, frame }: Baseline, saved: SavedCore | null): SavedCore | null {
    if (saved === null || saved.frameId === frame.id) return saved;
    if (saved.frameId !== '')
      this.#desk.error(
        'another baseline',
        'BaselineMismatchError',
        `the history belongs to another baseline ("${saved.baseline}", ${saved.frameId}): a new history begins for "${name}", ${frame.id}`,
      );
    return null;
  }

  async attempt<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await read();
    } catch (error) {
      const name = isDriftglassError(error) ? error.name : 'EngineError';
      const message = messageOf(error);
      const told = `a part of the history cannot be read, and begins anew: ${message}`;
      this.#desk.error(`history ${message}`, name, told);
      return otherwise;
    }
  }
}
