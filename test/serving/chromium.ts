// SPDX-License-Identifier: Apache-2.0
import { type Browser, chromium } from 'playwright';
import { findBrowser } from '../../scripts/setup/browser.mjs';

/**
 * Headless Chromium, the one that all tests use. `keepsPages`: with its back-forward cache, which Playwright switches off;
 * then go back by history.back().
 */
export async function launchChromium({ keepsPages = false } = {}): Promise<Browser> {
  const path = findBrowser();
  return chromium.launch({
    ...(path === undefined ? {} : { executablePath: path }),
    ...(keepsPages ? { ignoreDefaultArgs: ['--disable-back-forward-cache'] } : {}),
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // A host that is this machine, and yet no secure context, as an intranet server over http is not one.
      '--host-resolver-rules=MAP insecure.test 127.0.0.1',
    ],
  });
}
