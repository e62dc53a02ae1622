// SPDX-License-Identifier: Apache-2.0
import { isWindowRecord } from './records.js';
import type { WindowRecord } from './store.js';

interface Cursor {
  readonly value: WindowRecord;
  continue(): Promise<Cursor | null>;
}

/** Deletes windows, oldest end first, until so many bytes are free or only those of `keep` are left. */
export async function makeRoom(
  records: {
    index(name: 'end'): { openCursor(): Promise<Cursor | null> };
    delete(id: string): Promise<void>;
  },
  payloads: { delete(id: string): Promise<void> },
  { bytes, keep }: { readonly bytes: number; readonly keep: ReadonlySet<string> },
): Promise<{ windows: number; bytes: number }> {
  const freed = { windows: 0, bytes: 0 };
  let cursor = await records.index('end').openCursor();
  while (cursor && freed.bytes < bytes) {
    const record = cursor.value;
    if (!keep.has(record.id)) {
      await records.delete(record.id);
      await payloads.delete(record.id);
      if (isWindowRecord(record)) {
        freed.windows++;
        freed.bytes += record.bytes;
      }
    }
    cursor = await cursor.continue();
  }
  return freed;
}
