// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { engineProvider } from './engine-provider.js';
import { engines } from './other-engine.js';

const engine = engines.find(({ name }) => name === process.env['DRIFTGLASS_ENGINE']);
if (engine === undefined) throw new Error('DRIFTGLASS_ENGINE names no engine');

/** The monitor's own tests in another engine than Chromium (monitor.long.test.ts). */
export default defineConfig({
  root: fileURLToPath(new URL('../../', import.meta.url)),
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    setupFiles: ['test/setup/seed.ts'],
    include: ['src/{monitor,store}/**/*.browser.test.ts'],
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: false,
      ui: false,
      screenshotFailures: false,
      provider: engineProvider(engine),
      instances: [{ browser: engine.name.toLowerCase() as 'firefox' | 'webkit' }],
    },
  },
});
