// SPDX-License-Identifier: Apache-2.0
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright';
import type { DriftLive } from '../../web/live/live-page.js';
import { launchChromium } from '../serving/chromium.js';
import { type StaticServer, serveFolder } from '../serving/static-server.js';
import { root } from '../source-files.js';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What a test asks of the page's session: plain data. */
export interface Seen {
  readonly state: string;
  readonly error: string;
  readonly problems: readonly string[];
  readonly day: number;
  readonly rows: number;
  readonly trials: readonly {
    readonly id: string;
    readonly windows: number;
    readonly ended: boolean;
    readonly notices: readonly {
      readonly subject: string;
      readonly windows: number;
      readonly recovered: boolean;
    }[];
  }[];
}

/** The built live page in real Chromium. */
export class LiveStage {
  readonly browser: Browser;
  readonly server: StaticServer;
  /** Errors of the console and of scripts, and requests that left the page's own server. */
  readonly trouble: string[] = [];

  private constructor(browser: Browser, server: StaticServer) {
    this.browser = browser;
    this.server = server;
  }

  static async open(): Promise<LiveStage> {
    const server = await serveFolder({ folder: `${root}build/page` });
    return new LiveStage(await launchChromium(), server);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }

  /** A page on which flights are flowing. */
  async page({
    width = 1440,
    height = 900,
    colorScheme = 'light',
  }: {
    width?: number;
    height?: number;
    colorScheme?: 'light' | 'dark';
  } = {}): Promise<Page> {
    const page = await this.browser.newPage({ viewport: { width, height }, colorScheme });
    page.on('console', (message) => {
      if (message.type() === 'error') this.trouble.push(message.text());
    });
    page.on('pageerror', (error) => this.trouble.push(error.message));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(this.server.origin) && !/^(blob|data):/.test(url))
        this.trouble.push(`asked ${url}`);
    });
    await page.goto(`${this.server.origin}/live.html`);
    await until(page, ({ state, rows }) => state === 'failed' || rows > 0);
    return page;
  }
}

export function seen(page: Page): Promise<Seen> {
  return page.evaluate(() => {
    const session = (document.querySelector('drift-live') as DriftLive).session!;
    return {
      state: session.state,
      error: session.error,
      problems: [...session.problems],
      day: (session.clock - Date.UTC(2001, 1, 1)) / 86_400_000,
      rows: session.rows,
      trials: session.trials.map(({ broken, windows, ended, notices }) => ({
        id: broken.id,
        windows,
        ended: ended !== null,
        notices: notices.map((notice) => ({
          subject: notice.subject,
          windows: notice.windows,
          recovered: notice.recovered !== null,
        })),
      })),
    };
  });
}

/** Waits until the session is as wanted. */
export async function until(
  page: Page,
  isSo: (now: Seen) => boolean,
  { most = 90_000 }: { most?: number } = {},
): Promise<Seen> {
  const end = Date.now() + most;
  for (;;) {
    const now = await seen(page);
    if (isSo(now)) return now;
    if (Date.now() > end) throw new Error(`the page never came so far: ${JSON.stringify(now)}`);
    await page.waitForTimeout(100);
  }
}

/** What axe finds, in words. */
export async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  return page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as { axe: typeof import('axe-core') };
    const found = await run.run(document, { resultTypes: ['violations'] });
    return found.violations.map(
      ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`,
    );
  });
}
