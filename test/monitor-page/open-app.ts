// SPDX-License-Identifier: Apache-2.0
import type { Browser, BrowserContext, Page } from 'playwright';
import { onTestFinished } from 'vitest';

/** Opens an app in a tab that is closed when the test has ended, and waits until it is ready. */
export async function openApp(browser: Browser | BrowserContext, address: string): Promise<Page> {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await goToApp(page, address);
  return page;
}

export async function goToApp(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForFunction(() => document.body?.dataset['ready'] !== undefined, undefined, {
    timeout: 30_000,
  });
}
