// SPDX-License-Identifier: Apache-2.0
/** A tab as a worker: sends numbers, and as the leader keeps the numbers of all tabs in IndexedDB. */
import { openStore } from '../../../store/open-store.js';
import type { Store } from '../../../store/store.js';
import { Tabs } from '../../tabs.js';
import { TABS_STATE } from '../role.js';

export type TabOrder =
  | { readonly open: string }
  | { readonly send: number }
  | { readonly broadcast: string }
  | { readonly suspend: true }
  | { readonly resume: true }
  | { readonly look: true };

export interface TabLook {
  readonly leader: boolean;
  readonly shared: boolean;
  readonly reason: string;
  readonly count: number;
  readonly waiting: number;
  readonly kind: string | null;
  /** The leader's: "<tab> <value>", in the order of commits. */
  readonly items: readonly string[];
  readonly heard: readonly string[];
}

let store: Store | null = null;
let tabs: Tabs<number, string>;
let items: string[] = [];
const heard: string[] = [];

function open(name: string): void {
  tabs = new Tabs<number, string>({
    name,
    role: {
      lead: async ({ shared, reason }) => {
        store = await openStore({ name, kind: shared ? 'indexedDB' : 'memory', limitBytes: 1 << 20, reason });
        items = ((await store.state('items')) as string[] | undefined) ?? [];
        return store.state(TABS_STATE);
      },
      take: async (more, saved) => {
        const next = [...items, ...more.map(({ tab, value }) => `${tab} ${value}`)];
        await store?.commit({
          states: [
            { key: 'items', value: next },
            { key: TABS_STATE, value: saved },
          ],
        });
        items = next;
      },
      follow: async () => {
        await store?.close();
        store = null;
      },
      hear: (news) => heard.push(news),
      welcome: () => 'welcome',
    },
  });
}

addEventListener('message', ({ data, ports: [answer] }: MessageEvent<TabOrder>) => {
  void obey(data).then((found) => answer?.postMessage(found));
});

async function obey(order: TabOrder): Promise<TabLook | null> {
  if ('open' in order) {
    open(order.open);
    await tabs.settled;
  } else if ('send' in order) tabs.send(order.send, 8);
  else if ('broadcast' in order) tabs.broadcast(order.broadcast);
  else if ('suspend' in order) await tabs.suspend();
  else if ('resume' in order) tabs.resume();
  else {
    const { leader, shared, reason, count, waiting } = tabs;
    return {
      leader,
      shared,
      reason,
      count,
      waiting,
      kind: store?.kind ?? null,
      items: leader ? items : [],
      heard,
    };
  }
  return null;
}
