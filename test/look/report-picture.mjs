// SPDX-License-Identifier: Apache-2.0
// The picture of the README: the flights sample on the built page, its first feature opened. After `npm run build`:
//   node test/look/report-picture.mjs [FILE, default docs/report.png]
import { fileURLToPath } from 'node:url';
import { drawnReport, withPage } from '../../bench/page-server.mjs';

const path = process.argv[2] ?? fileURLToPath(new URL('../../docs/report.png', import.meta.url));
const viewport = { width: 1440, height: 1180 };

await withPage(
  async (page, address) => {
    await page.goto(address);
    await page.getByRole('button', { name: /Flights of 2001/ }).click();
    await drawnReport(page, () => null, { timeout: 180_000 });
    await page.locator('drift-features .name button').first().click();
    await page.locator('drift-feature').first().waitFor();
    // What was clicked keeps no ring, and charts have drawn.
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.activeElement?.blur());
    await page.waitForTimeout(1_000);
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path });
  },
  { viewport },
);
