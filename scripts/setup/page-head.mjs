// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const part = join(root, 'web/parts/head.html');

/** Vite plugin: what every page has in its head, before the title and the description that are its own. */
export function pageHead() {
  return {
    name: 'driftglass-page-head',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replace('<head>', () => `<head>\n${readFileSync(part, 'utf8')}`),
    },
  };
}
