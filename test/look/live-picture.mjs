// SPDX-License-Identifier: Apache-2.0
// The picture of the README: the built live page, after a break was noticed and while another is. After `npm run build`:
//   node test/look/live-picture.mjs [FILE, default docs/live.png]
import { fileURLToPath } from 'node:url';
import { withPage } from '../../bench/page-server.mjs';

const path = process.argv[2] ?? fileURLToPath(new URL('../../docs/live.png', import.meta.url));
const viewport = { width: 1440, height: 1180 };

await withPage(
  async (page, address) => {
    await page.goto(`${address}live.html`);
    // What the session of the page says, as a function of it in words.
    const session = (isSo, argument) =>
      page.waitForFunction(
        ([code, value]) =>
          new Function('live', 'at', `return ${code}`)(document.querySelector('drift-live')?.session, value),
        [isSo, argument],
        { timeout: 300_000 },
      );
    const day = (number) => session('live?.clock > Date.UTC(2001, 1, at)', number);
    await day(12);
    await page.getByRole('button', { name: /^Wrong unit/ }).click();
    await session('live.trials[0].notices.length > 0');
    await page.getByRole('button', { name: /^Wrong unit/ }).click();
    await session('live.trials[0].notices.every(({ recovered }) => recovered !== null)');
    await page.getByRole('button', { name: /^Sudden shift/ }).click();
    await session('live.trials[0].notices.length > 2');
    // What was clicked keeps no ring, and charts have drawn.
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.querySelector('drift-live').shadowRoot.activeElement?.blur());
    await page.waitForTimeout(3_000);
    await page.getByRole('button', { name: 'Pause' }).evaluate((button) => button.click());
    await page.waitForTimeout(1_000);
    await page.screenshot({ path });
  },
  { viewport },
);
