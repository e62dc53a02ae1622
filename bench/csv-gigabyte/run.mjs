// SPDX-License-Identifier: Apache-2.0
// Two CSV files of half a gigabyte each on the page, beyond its memory budget: MB/s from bytes to profiles on all cores, and
// the peak of resident memory over the browser's renderer processes (from /proc: Linux only). Needs `npm run build`.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCsv } from '../csv/make-csv.mjs';
import { drawnReport, rendererPeaks, withPage } from '../page-server.mjs';

const HALF = Number(process.env.BYTES ?? 1e9) / 2;
const folder = mkdtempSync(join(tmpdir(), 'driftglass-gigabyte-'));
const files = ['reference.csv', 'current.csv'].map((name) => join(folder, name));

try {
  const bytes = files.map((path, i) => makeCsv(path, HALF, i + 1).bytes).reduce((a, b) => a + b);
  await withPage(async (page, address) => {
    await page.goto(address);
    const idle = Math.max(...rendererPeaks());
    const start = Date.now();
    await page.locator('input[type=file]').first().setInputFiles(files);
    const { engine, reference, current } = await drawnReport(
      page,
      ({ report: { engine, reference, current } }) => ({ engine, reference, current }),
      { timeout: 300_000 },
    );
    const seconds = (Date.now() - start) / 1000;
    const speed = bytes / 1e6 / (engine.milliseconds / 1000);
    console.log(
      `${(bytes / 1e6).toFixed(0)} MB, ${(reference.rows + current.rows).toLocaleString('en')} rows, ${engine.mode}: ${(engine.milliseconds / 1000).toFixed(1)} s in the engine (${engine.workers} workers of ${availableParallelism()} cores), ${speed.toFixed(0)} MB/s; drop to report ${seconds.toFixed(1)} s`,
    );
    console.log(
      `peak resident memory of the page: ${Math.max(...rendererPeaks()).toFixed(0)} MB (${idle.toFixed(0)} MB before the files)`,
    );
  });
} finally {
  rmSync(folder, { recursive: true });
}
