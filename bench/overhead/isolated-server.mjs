// SPDX-License-Identifier: Apache-2.0
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

/**
 * Serves a folder with the two headers that give a page an exact clock, and another one under /library/ where it is given.
 * @param {string} root
 * @param {{ library?: string }} folders
 */
export async function serveIsolated(root, { library } = {}) {
  const listening = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    const path =
      library !== undefined && pathname.startsWith('/library/')
        ? join(library, pathname.slice('/library/'.length))
        : join(root, pathname === '/' ? 'index.html' : pathname.slice(1));
    try {
      const body = await readFile(path);
      response.setHeader('Content-Type', TYPES[extname(path)] ?? 'text/plain');
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
      response.end(body);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((done) => listening.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${listening.address().port}/`,
    close: () => listening.close(),
  };
}
