// SPDX-License-Identifier: Apache-2.0
import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig } from 'vitest/config';
import { findBrowser } from './scripts/setup/browser.mjs';

const folders = '{src,test,bench}';

/**
 * Three kinds of test files: `x.test.ts` runs in Node, `x.browser.test.ts` in headless Chromium, `x.long.test.ts` in
 * Node and only when DRIFTGLASS_LONG is set (`npm run test:all`).
 */
export default defineConfig({
  test: {
    // Every core: by default one stays idle, which on two cores is half of them.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          // Bounds what hangs; a busy machine is no failure.
          testTimeout: 60_000,
          hookTimeout: 120_000,
          setupFiles: ['test/setup/seed.ts'],
          include: [`${folders}/**/*.test.ts`],
          exclude: [...configDefaults.exclude, '**/*.browser.test.ts', '**/*.long.test.ts'],
        },
      },
      {
        test: {
          name: 'browser',
          testTimeout: 60_000,
          hookTimeout: 120_000,
          setupFiles: ['test/setup/seed.ts'],
          include: [`${folders}/**/*.browser.test.ts`],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...executable(),
                // Without the sandbox, because Chromium refuses to start as root with it, as in most containers.
                args: [
                  '--no-sandbox',
                  // WebGPU where there is no graphics card.
                  '--enable-unsafe-webgpu',
                  '--use-webgpu-adapter=swiftshader',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      ...(process.env.DRIFTGLASS_LONG
        ? [
            {
              test: {
                name: 'long',
                environment: 'node' as const,
                include: [`${folders}/**/*.long.test.ts`],
                testTimeout: 600_000,
                hookTimeout: 600_000,
              },
            },
          ]
        : []),
    ],
  },
});

function executable(): { executablePath?: string } {
  const path = findBrowser();
  return path === undefined ? {} : { executablePath: path };
}
