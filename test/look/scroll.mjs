// SPDX-License-Identifier: Apache-2.0
// Main-thread time a frame while a table of 1,000 columns scrolls by 240 px a frame (60 frames a second leave 16.7 ms).
//   node test/look/scroll.mjs
import { withBuiltElements } from './built-elements.mjs';

const FRAMES = 300;
await withBuiltElements({ scene: 'wide', waitFor: 'drift-features' }, async (page, metrics) => {
  const before = await metrics();
  const gaps = await page.evaluate(async (frames) => {
    const seen = [];
    let last = performance.now();
    for (let i = 1; i <= frames; i++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      seen.push(now - last);
      last = now;
      scrollTo(0, i * 240);
    }
    return seen.sort((a, b) => a - b);
  }, FRAMES);
  const after = await metrics();
  const each = (name) => (((after[name] - before[name]) * 1000) / FRAMES).toFixed(2);
  console.log(
    `CPU of the main thread a frame: ${each('ThreadTime')} ms (style ${each('RecalcStyleDuration')}, layout ${each('LayoutDuration')})`,
  );
  console.log(
    `frame to frame: median ${gaps[FRAMES >> 1].toFixed(1)} ms, 95 % under ${gaps[Math.floor(FRAMES * 0.95)].toFixed(1)} ms`,
  );
});
process.exit(0);
