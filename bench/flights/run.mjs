// SPDX-License-Identifier: Apache-2.0
// The flights sample, 3,000,000 rows: from the file's drop to the drawn report in headless Chromium, beside pandas + scipy
// computing the same distances from the same file, in turn. Needs `npm run build` and a Python with numpy, scipy, pandas
// and pyarrow (PYTHON, default python3).
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { withPage } from '../page-server.mjs';

const RUNS = 5;
const file = fileURLToPath(
  new URL('../../node_modules/vega-datasets/data/flights-3m.parquet', import.meta.url),
);
const rival = fileURLToPath(new URL('rival.py', import.meta.url));
const python = process.env.PYTHON ?? 'python3';

const ours = await withPage(async (page, address) => {
  const times = [];
  for (let run = 0; run < RUNS; run++) {
    await page.goto(address);
    const seconds = await page.evaluate(async () => {
      const start = performance.now();
      const button = [...document.querySelectorAll('*')]
        .flatMap((element) => [...(element.shadowRoot?.querySelectorAll('button') ?? [])])
        .find((candidate) => candidate.textContent.includes('Flights of 2001'));
      button.click();
      const find = (root, selector) => {
        const found = root.querySelector(selector);
        if (found) return found;
        for (const element of root.querySelectorAll('*')) {
          const inner = element.shadowRoot && find(element.shadowRoot, selector);
          if (inner) return inner;
        }
        return null;
      };
      while (!find(document, 'drift-report')?.report) await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return (performance.now() - start) / 1000;
    });
    const report = await page.evaluate(() => {
      const find = (root) =>
        root.querySelector('drift-report') ??
        [...root.querySelectorAll('*')].map((e) => e.shadowRoot && find(e.shadowRoot)).find(Boolean);
      const { features, engine } = find(document).report;
      const value = (name, distance) =>
        features.find((feature) => feature.name === name).distances[distance].value;
      return {
        engine,
        delay: value('delay', 'kolmogorovSmirnov'),
        wasserstein: value('delay', 'wasserstein'),
        distance: value('distance', 'kolmogorovSmirnov'),
      };
    });
    times.push({ seconds, ...report });
  }
  return times;
});

const theirs = JSON.parse(
  execFileSync(python, [rival, file], { encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: '1' } }),
);
const agree =
  Math.abs(ours[0].delay - theirs.values.delay.kolmogorovSmirnov) < 1e-9 &&
  Math.abs(ours[0].wasserstein - theirs.values.delay.wasserstein) < 1e-6;
if (!agree) throw new Error(`the answers differ: ${JSON.stringify([ours[0], theirs.values.delay])}`);
const sorted = ours.map((run) => run.seconds).sort((a, b) => a - b);
const median = sorted[RUNS >> 1];
console.log(
  `driftglass, press to drawn report: median ${median.toFixed(2)} s of ${sorted.map((s) => s.toFixed(2)).join(', ')} (engine ${ours.map((run) => run.engine.milliseconds).join(', ')} ms, ${ours[0].engine.kernels}, ${ours[0].engine.workers} workers)`,
);
console.log(
  `pandas + scipy:                    ${theirs.seconds.toFixed(2)} s (reading ${theirs.read.toFixed(2)} s)`,
);
console.log(`ratio ${(theirs.seconds / median).toFixed(1)}`);
