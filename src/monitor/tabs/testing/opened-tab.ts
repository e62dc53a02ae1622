// SPDX-License-Identifier: Apache-2.0
import { onTestFinished } from 'vitest';
import { Tabs } from '../../tabs.js';
import type { TabItem, TabsRole, TabsSaved } from '../role.js';
import { World, type WorldTab } from './world.js';

/** What leaders commit to: items and `saved` together, or neither. */
export class Disk {
  items: TabItem<number>[] = [];
  saved: TabsSaved | undefined;
  /** Rejections to come. */
  failures = 0;

  get values(): number[] {
    return this.items.map(({ value }) => value);
  }
}

export interface Opened {
  readonly tabs: Tabs<number, string>;
  readonly tab: WorldTab;
  readonly role: TabsRole<number, string>;
  readonly heard: string[];
  readonly lost: number[];
  readonly events: string[];
}

/** A tab of this world that commits to this disk, with what it hears; it ends with the test. */
export function opened(world: World, disk: Disk, ticks: { tickMs?: number; patience?: number } = {}): Opened {
  const tab = world.tab();
  const heard: string[] = [];
  const lost: number[] = [];
  const events: string[] = [];
  const role: TabsRole<number, string> = {
    lead: async ({ shared }) => {
      events.push(shared ? 'lead' : 'lead alone');
      await pause();
      return disk.saved;
    },
    take: async (items, saved) => {
      await pause();
      // What a killed or frozen tab had not committed is lost with it.
      if (tab.isDead || tab.isFrozen) return new Promise(() => {});
      if (disk.failures > 0) {
        disk.failures--;
        throw new Error('disk');
      }
      disk.items.push(...items);
      disk.saved = saved;
      await pause();
    },
    follow: () => {
      events.push('follow');
    },
    hear: (news) => heard.push(news),
    welcome: () => 'welcome',
    answer: async (about) => {
      if (about === 'throw') throw new Error('not that');
      if (about === 'function') return () => {};
      return `${String(about)}, says the leader`;
    },
    lost: (value) => lost.push(value),
  };
  const tabs = new Tabs<number, string>({ name: 'test', role, surroundings: tab.surroundings(ticks) });
  const one = { tabs, tab, role, heard, lost, events };
  onTestFinished(() => closed(one));
  return one;
}

export function closed({ tab, tabs }: Opened): void {
  tab.kill();
  void tabs.close();
}

/** Two tabs of one browser and one disk, which know by now which of them leads: the first. */
export async function twoTabs() {
  const world = new World();
  const disk = new Disk();
  const [a, b] = [opened(world, disk), opened(world, disk)];
  await Promise.all([a, b].map(({ tabs }) => tabs.settled));
  return { world, disk, a, b };
}

export function pause(ms = 2): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
