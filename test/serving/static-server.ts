// SPDX-License-Identifier: Apache-2.0
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

export interface StaticServer {
  /** "http://127.0.0.1:PORT" */
  readonly origin: string;
  close(): Promise<void>;
}

export interface ServeOptions {
  /** Folder that is served. */
  readonly folder: string;
  /** First part of every address, as an app deployed below a path has it: "/app". What lies outside is 404. */
  readonly base?: string;
  /** Answers in place of the file when it returns true. */
  readonly before?: (request: IncomingMessage, response: ServerResponse, path: string) => boolean;
}

/** Serves a folder on a free port of this machine. */
export async function serveFolder({ folder, base = '', before }: ServeOptions): Promise<StaticServer> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
    response.setHeader('Cache-Control', 'no-store');
    if (before?.(request, response, path)) return;
    void sendFile(response, folder, path, base);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function sendFile(response: ServerResponse, folder: string, path: string, base: string): Promise<void> {
  try {
    if (!path.startsWith(`${base}/`)) throw new Error('outside');
    const inside = normalize(path.slice(base.length));
    const file = join(folder, inside.endsWith('/') ? `${inside}index.html` : inside);
    const body = await readFile(file);
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
    response.end(body);
  } catch {
    response.statusCode = 404;
    response.end('not found');
  }
}
