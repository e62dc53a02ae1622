// SPDX-License-Identifier: Apache-2.0
import { type Browser, chromium } from 'playwright';
import { findBrowser } from '../../scripts/setup/browser.mjs';

/** Headless Chromium, the one that all tests use. */
export async function launchChromium(): Promise<Browser> {
  const path = findBrowser();
  return chromium.launch({
    ...(path === undefined ? {} : { executablePath: path }),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
