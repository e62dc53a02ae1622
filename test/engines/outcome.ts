// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage } from 'node:http';
import { serveFolder } from '../serving/static-server.js';
import type { OtherEngine } from './other-engine.js';

const PATIENCE = 90_000;

/** Serves a folder, opens one of its pages and waits for what the page sends back to `/outcome`. */
export async function outcomeIn<Outcome>(
  engine: OtherEngine,
  { folder, path, policy = '' }: { folder: string; path: string; policy?: string },
): Promise<Outcome> {
  let receive: (outcome: Outcome) => void = () => {};
  const received = new Promise<Outcome>((resolve, reject) => {
    receive = resolve;
    setTimeout(() => reject(new Error(`${engine.name} sent nothing within 90 s`)), PATIENCE).unref();
  });
  const server = await serveFolder({
    folder,
    before: (request, response, asked) => {
      if (policy !== '') response.setHeader('Content-Security-Policy', policy);
      if (asked !== '/outcome') return false;
      void bodyOf(request).then((text) => {
        response.end();
        receive(JSON.parse(text));
      });
      return true;
    },
  });
  const browser = await engine.open(`${server.origin}${path}`);
  try {
    return await received;
  } finally {
    await browser.close();
    await server.close();
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
