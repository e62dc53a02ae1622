// SPDX-License-Identifier: Apache-2.0
import { rm } from 'node:fs/promises';
import type { Browser } from 'playwright';
import { buildPages } from './build-pages.js';
import { launchChromium } from './chromium.js';
import { type ServeOptions, type StaticServer, serveFolder } from './static-server.js';

/** Built pages, a browser, and servers of them that differ in what they answer. */
export interface PagesInChromium {
  readonly browser: Browser;
  /** Where the built pages are. */
  readonly folder: string;
  /** Gives the origin of a new server. */
  serve(before?: ServeOptions['before']): Promise<string>;
  /** Every answer carries the policy: a worker that is loaded by URL obeys the one of its own script. */
  serveUnder(policy: string): Promise<string>;
  close(): Promise<void>;
}

export async function pagesInChromium(from: URL, names: readonly string[]): Promise<PagesInChromium> {
  const [folder, browser] = await Promise.all([buildPages(from, names), launchChromium()]);
  const servers: StaticServer[] = [];
  const serve: PagesInChromium['serve'] = async (before) => {
    const server = await serveFolder({ folder, ...(before === undefined ? {} : { before }) });
    servers.push(server);
    return server.origin;
  };
  return {
    browser,
    folder,
    serve,
    serveUnder: (policy) =>
      serve((_request, response) => {
        response.setHeader('Content-Security-Policy', policy);
        // For frames with a sandbox, whose origin is none.
        response.setHeader('Access-Control-Allow-Origin', '*');
        return false;
      }),
    close: async () => {
      await browser.close();
      await Promise.all(servers.map((server) => server.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
