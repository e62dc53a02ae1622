// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../serving/chromium.js';
import { killBrowser, startBrowser } from './own-browser.js';
import { type ServedPage, servePage } from './served-page.js';

const KILLS = 60;
let page: ServedPage;

beforeAll(async () => {
  page = await servePage();
});

afterAll(() => page.close());

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What killing so many times came to. */
class Tally {
  kills = 0;
  commits = 0;
  /** Commits that were acknowledged and are not there. */
  lost = 0;
  /**
   * Times that the browser came back with no database at all. Chromium does so by itself: killed in the midst of a write it may
   * find a wrong checksum in its own files later ("Corruption: checksum mismatch"), and then deletes the database.
   */
  emptied = 0;
  /** Commits that were made, though the acknowledgement did not come through any more. */
  unheard = 0;
  /** Commits that a writer tried though another had taken over from it. */
  refused = 0;
  readonly wrong: string[] = [];
  readonly #page: ServedPage;
  /** The last commit that was found. */
  #known = 0;

  constructor(served: ServedPage) {
    this.#page = served;
    for (const list of Object.values(served.told)) list.length = 0;
  }

  /** A page has come: compares what it found with what those before have acknowledged, however late that is heard. */
  async arrived(): Promise<void> {
    const { told } = this.#page;
    const until = Date.now() + 30_000;
    while (told.found.length === 0 && Date.now() < until) await sleep(5);
    await sleep(50);
    const [found] = told.found.splice(0);
    const isRefusal = (message: string) => message.includes('another tab');
    const trouble = told.trouble.splice(0);
    this.refused += trouble.filter(isRefusal).length;
    this.wrong.push(...trouble.filter((message) => !isRefusal(message)));
    if (!found) throw new Error(`no page came; ${this.wrong.join('; ')}`);
    const earlier = told.done.filter(({ writer }) => writer !== found.writer);
    told.done.splice(0, told.done.length, ...told.done.filter(({ writer }) => writer === found.writer));
    const heard = Math.max(this.#known, ...earlier.map(({ commit }) => commit));
    if (heard > 0 && found.last === 0) this.emptied++;
    else if (heard > found.last) this.lost += heard - found.last;
    this.unheard += Math.max(0, found.last - heard);
    if (found.kind !== 'indexedDB') this.wrong.push(`${found.kind}: ${found.reason}`);
    this.wrong.push(...found.wrong);
    this.commits += Math.max(0, found.last - this.#known);
    this.#known = found.last;
  }

  /** At any moment of some forty commits. */
  async moment(): Promise<void> {
    await sleep(Math.random() * 400);
    this.kills++;
  }

  report(what: string): void {
    console.log(
      `${what}: ${this.kills} kills, ${this.commits} commits; acknowledged and lost ${this.lost}; made without our hearing of it ${this.unheard}; tried by a writer whose time was over ${this.refused}; inconsistent ${this.wrong.length}; empty databases ${this.emptied}`,
    );
  }
}

const address = (name: string, durability = 'relaxed') =>
  `${page.origin}/?${new URLSearchParams({ name, durability })}`;

describe('a tab that is killed while it commits', () => {
  test.each(['closed', 'crashed'])(
    '%s, loses no commit that was acknowledged, and no half of one',
    async (how) => {
      const browser = await launchChromium();
      const context = await browser.newContext();
      const tally = new Tally(page);
      for (let kill = 0; kill < KILLS; kill++) {
        const tab = await context.newPage();
        await tab.goto(address(how));
        await tally.arrived();
        await tally.moment();
        if (how === 'crashed') await crash(context, tab);
        await tab.close();
      }
      const tab = await context.newPage();
      await tab.goto(address(how));
      await tally.arrived();
      await browser.close();
      tally.report(`tab ${how}`);
      expect(tally.wrong).toEqual([]);
      expect(tally.lost).toBe(0);
      expect(tally.kills).toBe(KILLS);
      expect(tally.commits).toBeGreaterThan(KILLS);
    },
  );
});

async function crash(
  context: BrowserContext,
  tab: Awaited<ReturnType<BrowserContext['newPage']>>,
): Promise<void> {
  const session = await context.newCDPSession(tab);
  const crashed = new Promise((resolve) => tab.once('crash', resolve));
  session.send('Page.crash').catch(() => undefined);
  await crashed;
}

describe('a browser that is killed while a tab commits', () => {
  test.each(['relaxed', 'strict'])(
    'durability %s: the history fits together, whatever was lost',
    async (durability) => {
      const profile = await mkdtemp(join(tmpdir(), 'driftglass-profile-'));
      const tally = new Tally(page);
      const times: number[] = [];
      try {
        for (let kill = 0; kill < KILLS; kill++) {
          const running = startBrowser(profile, address(`browser ${durability}`, durability));
          await tally.arrived();
          await tally.moment();
          times.push(...page.told.done.map(({ ms }) => ms));
          await killBrowser(running);
        }
        const running = startBrowser(profile, address(`browser ${durability}`, durability));
        await tally.arrived();
        await killBrowser(running);
      } finally {
        await rm(profile, { recursive: true, force: true, maxRetries: 5 });
      }
      tally.report(`browser, ${durability}`);
      const sorted = times.sort((a, b) => a - b);
      console.log(
        `a commit of ${durability} durability took ${sorted[sorted.length >> 1]?.toFixed(1)} ms in the median of ${sorted.length}, 95 % under ${sorted[Math.floor(sorted.length * 0.95)]?.toFixed(1)} ms`,
      );
      expect(tally.wrong).toEqual([]);
      // Nothing was lost when the processes died, since what was written is with the operating system.
      expect(tally.lost).toBe(0);
      expect(tally.kills).toBe(KILLS);
      expect(tally.commits).toBeGreaterThan(KILLS);
    },
  );
});
