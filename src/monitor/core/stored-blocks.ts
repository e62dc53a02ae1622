// SPDX-License-Identifier: Apache-2.0
/** Open windows in the store: closed blocks are written once, each in a slot that is used again; open ones every time. */
import type { Frame } from '../../baseline/frame.js';
import { decodeProfile, encodeProfile } from '../../profile/codec.js';
import type { StoredState } from '../../store/store.js';
import type { Block, NumberedBlock } from './block.js';
import { RowWindows } from './row-windows.js';
import type { Stream } from './stream.js';
import { TimeWindows } from './time-windows.js';

export interface StoredBlock {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  /** Encoded. */
  readonly profile: Uint8Array<ArrayBuffer>;
}

interface StoredWindows {
  /** Closed blocks: their slots, and of windows by time where they stand. */
  readonly ring: readonly { readonly slot: number; readonly id: number; readonly at: number }[];
  readonly open: readonly { readonly at: number; readonly block: StoredBlock }[];
  readonly fresh: number;
  readonly due: number | null;
  readonly first?: number | null;
  readonly late: number;
}

export function storedBlock({ profile, start, end }: Block, id = 0): StoredBlock {
  return { id, start, end, profile: new Uint8Array(encodeProfile(profile)) };
}

/** @throws CodecError, BaselineMismatchError */
export function blockOf({ id, start, end, profile }: StoredBlock, frame: Frame): NumberedBlock {
  return { id, start, end, profile: decodeProfile(profile, frame) };
}

/** Remembers which blocks of each kind are in the store, and where. */
export class StoredBlocks {
  readonly #slots = new Map<string, Map<number, number>>();

  /** States to write: what has changed since they were last asked for. Nothing may be on its way into the stream. */
  changes({ rowWindows, timeWindows }: Stream): StoredState[] {
    const states: StoredState[] = [];
    for (const windows of [...rowWindows, ...timeWindows]) {
      const { label } = windows.plan;
      const { ring, open, ...rest } = savedOf(windows);
      states.push(...this.#placed(label, ring));
      const slots = this.#slots.get(label)!;
      const value: StoredWindows = {
        ring: ring.map(({ at, block }) => ({ at, id: block.id, slot: slots.get(block.id)! })),
        open: open.map(({ at, block }) => ({ at, block: storedBlock(block, block.id) })),
        ...rest,
      };
      states.push({ key: `open/${label}`, value });
    }
    return states;
  }

  /** After a commit that failed nothing is known to be in the store. */
  forget(): void {
    this.#slots.clear();
  }

  /** Brings back what `changes` wrote. Windows of which a block cannot be read begin anew. */
  async restore(
    { rowWindows, timeWindows }: Stream,
    frame: Frame,
    read: (key: string) => Promise<unknown>,
  ): Promise<void> {
    for (const windows of [...rowWindows, ...timeWindows]) {
      const { label } = windows.plan;
      const saved = (await read(`open/${label}`)) as StoredWindows | undefined;
      if (saved === undefined || saved === null) continue;
      const ring: { at: number; block: NumberedBlock }[] = [];
      const slots = new Map<number, number>();
      for (const { slot, id, at } of saved.ring) {
        const stored = (await read(`ring/${label}/${slot}`)) as StoredBlock | undefined;
        if (stored?.id !== id) continue;
        ring.push({ at, block: blockOf(stored, frame) });
        slots.set(id, slot);
      }
      this.#slots.set(label, slots);
      const open = saved.open.map(({ at, block }) => ({ at, block: blockOf(block, frame) }));
      if (windows instanceof TimeWindows)
        windows.restore({ ring, open, due: saved.due, first: saved.first ?? null, late: saved.late });
      else
        windows.restore({
          ring: ring.map(({ block }) => block),
          open: open[0]?.block ?? null,
          fresh: Math.min(saved.fresh, ring.length),
        });
    }
  }

  /** Gives each block of a ring a slot, and the states of those that are new in the store. */
  #placed(label: string, ring: readonly { readonly block: NumberedBlock }[]): StoredState[] {
    const known = this.#slots.get(label) ?? new Map<number, number>();
    const slots = new Map<number, number>();
    for (const { block } of ring) {
      const slot = known.get(block.id);
      if (slot !== undefined) slots.set(block.id, slot);
    }
    const taken = new Set(slots.values());
    const states: StoredState[] = [];
    let free = 0;
    for (const { block } of ring) {
      if (slots.has(block.id)) continue;
      while (taken.has(free)) free++;
      taken.add(free);
      slots.set(block.id, free);
      states.push({ key: `ring/${label}/${free}`, value: storedBlock(block, block.id) });
    }
    this.#slots.set(label, slots);
    return states;
  }
}

interface Opened {
  readonly ring: readonly { readonly at: number; readonly block: NumberedBlock }[];
  readonly open: readonly { readonly at: number; readonly block: NumberedBlock }[];
  readonly fresh: number;
  readonly due: number | null;
  readonly first: number | null;
  readonly late: number;
}

function savedOf(windows: RowWindows | TimeWindows): Opened {
  if (windows instanceof RowWindows) {
    const { ring, open, fresh } = windows.save();
    return {
      ring: ring.map((block) => ({ at: 0, block })),
      open: open === null ? [] : [{ at: 0, block: open }],
      fresh,
      due: null,
      first: null,
      late: 0,
    };
  }
  const { first = null, ...rest } = windows.save();
  return { ...rest, first, fresh: 0 };
}
