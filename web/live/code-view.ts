// SPDX-License-Identifier: Apache-2.0
import { html, type TemplateResult } from 'lit';
import source from './watched.ts?raw';

/** The module that runs on this page, with its imports as an app writes them. */
const watchedCode = source
  .replace(/^\/\/ SPDX.*\n/, '')
  .replace(/^import type .*\n/m, '')
  .replace("'../../src/adapters/tfjs.js'", "'driftglass/tfjs'")
  .replace("'../../src/index.js'", "'driftglass'")
  .replace('app: App', 'app')
  .trim();

/** What an app adds to have this. */
export function codeView(): TemplateResult {
  return html`<section class="code" aria-labelledby="code">
    <h2 id="code">The code</h2>
    <pre tabindex="0" aria-labelledby="code"><code>${watchedCode}</code></pre>
    <p class="quiet">The module that runs here, without its types. Its monitor is given to <code>${'<drift-monitor open>'}</code>.</p>
  </section>`;
}
