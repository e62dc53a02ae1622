// SPDX-License-Identifier: Apache-2.0
// 1,000 columns × 10,000 rows on both sides (900 numbers, 100 categories; 20 of them drifted) as Arrow files: from dropping
// them to the drawn report, and frames while the table of features is scrolled. Needs `npm run build`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { drawnReport, withPage } from '../page-server.mjs';

const COLUMNS = 1_000;
const ROWS = 10_000;
const NAMES = ['red', 'green', 'blue', 'white', 'black', 'grey', 'pink', 'brown'];

function makeFile(path, seed, drift) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  const columns = {};
  for (let column = 0; column < COLUMNS; column++) {
    const moved = drift && column % 50 === 0;
    if (column % 10 === 9) {
      columns[`category ${column}`] = Array.from(
        { length: ROWS },
        () => NAMES[Math.floor(random() ** (moved ? 1 : 2) * NAMES.length)],
      );
    } else {
      const shift = moved ? 0.3 : 0;
      columns[`number ${column}`] = Float64Array.from(
        { length: ROWS },
        () => random() + random() + random() - 1.5 + shift,
      );
    }
  }
  writeFileSync(path, tableToIPC(tableFromArrays(columns), { format: 'file' }));
}

const folder = mkdtempSync(join(tmpdir(), 'driftglass-wide-'));
const files = [join(folder, 'reference.arrow'), join(folder, 'current.arrow')];
makeFile(files[0], 1, false);
makeFile(files[1], 2, true);
try {
  await withPage(async (page, address) => {
    for (let run = 0; run < 3; run++) {
      await page.goto(address);
      const start = Date.now();
      await page.locator('input[type=file]').first().setInputFiles(files);
      const engine = await drawnReport(
        page,
        ({ report: { engine: info, summary, features } }) =>
          `${info.milliseconds} ms in the engine, ${info.kernels}, ${info.workers} workers, ${features.length} features, ${summary.drift.length} drifted`,
      );
      const seconds = (Date.now() - start) / 1000;
      const scroll = await page.evaluate(async () => {
        const frames = [];
        let last = performance.now();
        const end = last + 3000;
        while (last < end) {
          scrollBy(0, 40);
          if (scrollY + innerHeight >= document.documentElement.scrollHeight - 2) scrollTo(0, 0);
          const now = await new Promise(requestAnimationFrame);
          frames.push(now - last);
          last = now;
        }
        frames.sort((a, b) => a - b);
        return {
          frames: frames.length,
          median: frames[frames.length >> 1],
          p95: frames[Math.floor(frames.length * 0.95)],
          worst: frames.at(-1),
        };
      });
      console.log(
        `drop to report ${seconds.toFixed(2)} s (${engine}); scrolling 3 s: ${scroll.frames} frames, median ${scroll.median.toFixed(1)} ms, p95 ${scroll.p95.toFixed(1)} ms, worst ${scroll.worst.toFixed(1)} ms`,
      );
    }
  });
} finally {
  rmSync(folder, { recursive: true });
}
