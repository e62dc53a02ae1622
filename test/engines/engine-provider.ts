// SPDX-License-Identifier: Apache-2.0
import { defineBrowserProvider } from '@vitest/browser';
import type { OtherEngine } from './other-engine.js';

/** Vitest's browser mode in an engine that no driver is needed for: a test page is opened, and reports by itself. */
export function engineProvider(engine: OtherEngine) {
  return defineBrowserProvider({
    name: engine.name,
    options: {},
    providerFactory: () => {
      const opened: { close(): Promise<void> }[] = [];
      return {
        name: engine.name,
        supportsParallelism: false,
        getCommandsContext: () => ({}),
        async openPage(_sessionId, url) {
          opened.push(await engine.open(url));
        },
        async close() {
          await Promise.all(opened.map((browser) => browser.close()));
        },
      };
    },
  });
}
