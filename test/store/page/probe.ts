// SPDX-License-Identifier: Apache-2.0
/** For tests that drive it from outside: a store and tabs in whatever page this runs in. */

import { Tabs } from '../../../src/monitor/tabs.js';
import { openStore } from '../../../src/store/open-store.js';
import type { Store } from '../../../src/store/store.js';

export interface StoreFacts {
  readonly kind: string;
  readonly reason: string;
  readonly windows: number;
  readonly bytes: number;
  readonly newest: string | null;
  readonly fallbacks: readonly string[];
}

const fallbacks: string[] = [];
let store: Store;

async function open(name: string, limitBytes = 64 << 20): Promise<StoreFacts> {
  const onFallback = (error: Error) => fallbacks.push(`${error.name}: ${error.message}`);
  store = await openStore({ name, kind: 'indexedDB', limitBytes, onFallback });
  return facts();
}

async function facts(): Promise<StoreFacts> {
  const { windows, bytes } = await store.size();
  const newest = (await store.records()).at(-1)?.id ?? null;
  return { kind: store.kind, reason: store.reason, windows, bytes, newest, fallbacks };
}

/** Commits windows of incompressible bytes, one a commit. */
async function fill({
  from,
  count,
  bytes,
}: {
  from: number;
  count: number;
  bytes: number;
}): Promise<StoreFacts> {
  for (let i = from; i < from + count; i++) {
    const profile = new Uint8Array(bytes);
    for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(profile.subarray(at, at + 65_536));
    const window = {
      id: `1 h/${i}/${i}`,
      spec: '1 h',
      start: i,
      end: i + 1,
      rows: 1,
      frameId: 'f',
      grain: 'window' as const,
    };
    await store.commit({ windows: [{ ...window, profile, outcomes: new Uint8Array(0), verdict: null }] });
  }
  return facts();
}

/** What tabs of this page come to. */
async function tabs(
  name: string,
): Promise<{ leader: boolean; shared: boolean; reason: string; taken: number }> {
  let taken = 0;
  const one = new Tabs<number, never>({
    name,
    role: {
      lead: async () => undefined,
      take: async (items) => {
        taken += items.length;
      },
      follow: () => {},
      hear: () => {},
    },
  });
  one.send(1, 8);
  await one.settled;
  await one.drained();
  const { leader, shared, reason } = one;
  return { leader, shared, reason, taken };
}

export const probe = { open, facts, fill, tabs };
Object.assign(globalThis, { probe });

// For browsers that nothing drives: it tells the server by itself what it found.
if (new URLSearchParams(location.search).has('tell')) {
  await open('told');
  const outcome = { store: await fill({ from: 0, count: 3, bytes: 1_000 }), tabs: await tabs('told') };
  await fetch('/outcome', { method: 'POST', body: JSON.stringify(outcome) });
}
