// SPDX-License-Identifier: Apache-2.0
import { rm } from 'node:fs/promises';
import { buildPages } from '../serving/build-pages.js';
import { serveFolder } from '../serving/static-server.js';
import type { Found } from './page/writer.worker.js';

/** What pages have told their server. */
export interface Told {
  readonly found: Found[];
  /** Numbers of acknowledged commits, and how long each took. */
  readonly done: { readonly writer: string; readonly commit: number; readonly ms: number }[];
  readonly trouble: string[];
  /** What a page says that was left and come back to, and the other one. */
  readonly shown: Readonly<Record<string, string>>[];
}

export interface ServedPage {
  readonly origin: string;
  readonly told: Told;
  close(): Promise<void>;
}

/** Builds the pages into a folder that the caller removes. */
export function buildStorePages(): Promise<string> {
  return buildPages(new URL('page/', import.meta.url), [
    'index.html',
    'probe.html',
    'cached.html',
    'other.html',
  ]);
}

/** Builds the pages and serves them. */
export async function servePage(): Promise<ServedPage> {
  const folder = await buildStorePages();
  const told: Told = { found: [], done: [], trouble: [], shown: [] };
  const server = await serveFolder({
    folder,
    before: (request, response, path) => {
      // For frames with a sandbox, whose origin is none.
      response.setHeader('Access-Control-Allow-Origin', '*');
      // A page that must not be stored is not kept when it is left.
      response.removeHeader('Cache-Control');
      const query = new URL(request.url ?? '/', 'http://host').searchParams;
      if (path === '/done') {
        const [writer = '', commit, ms] = ['writer', 'commit', 'ms'].map((key) => query.get(key) ?? '');
        told.done.push({ writer, commit: Number(commit), ms: Number(ms) });
      } else if (path === '/trouble') told.trouble.push(query.get('message') ?? '');
      else if (path === '/shown') told.shown.push(Object.fromEntries(query));
      else if (path === '/found') {
        let body = '';
        request.on('data', (part: Buffer) => {
          body += part.toString();
        });
        request.on('end', () => {
          told.found.push(JSON.parse(body) as Found);
          response.end();
        });
        return true;
      } else return false;
      response.end();
      return true;
    },
  });
  return {
    origin: server.origin,
    told,
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
