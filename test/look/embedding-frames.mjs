// SPDX-License-Identifier: Apache-2.0
// Main-thread time a frame while a map of 100,000 current rows is zoomed in every frame (60 frames a second leave 16.7 ms).
//   node test/look/embedding-frames.mjs [device pixel ratio]
import { withBuiltElements } from './built-elements.mjs';

const FRAMES = 180;
const ratio = Number(process.argv[2] ?? 1);
const scene = { scene: 'embedding-many', waitFor: 'drift-embedding', ratio };
await withBuiltElements(scene, async (page, metrics) => {
  const button = (name) => page.locator('drift-embedding').getByRole('button', { name, exact: true }).click();
  const measure = async (name) => {
    const before = await metrics();
    const { gaps, updates } = await page.evaluate(async (frames) => {
      const element = document.querySelector('drift-embedding');
      const plane = element.shadowRoot.querySelector('.plane');
      const box = plane.getBoundingClientRect();
      const gaps = [];
      const updates = [];
      let last = performance.now();
      for (let i = 1; i <= frames; i++) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const now = performance.now();
        gaps.push(now - last);
        last = now;
        plane.dispatchEvent(
          new WheelEvent('wheel', {
            ctrlKey: true,
            cancelable: true,
            deltaY: i <= frames / 2 ? -8 : 8,
            clientX: box.left + box.width * 0.7,
            clientY: box.top + box.height * 0.4,
          }),
        );
        await element.updateComplete;
        updates.push(performance.now() - now);
      }
      const ordered = (list) => list.slice(5).sort((a, b) => a - b);
      return { gaps: ordered(gaps), updates: ordered(updates) };
    }, FRAMES);
    const after = await metrics();
    const at = (list, share) => list[Math.floor(list.length * share)].toFixed(1);
    const cpu = (((after.ThreadTime - before.ThreadTime) * 1000) / FRAMES).toFixed(1);
    console.log(
      `${name.padEnd(22)} ${cpu.padStart(5)} ms of main thread a frame; update median ${at(updates, 0.5)}, 95 % ${at(updates, 0.95)} ms; frame to frame median ${at(gaps, 0.5)}, 95 % ${at(gaps, 0.95)} ms`,
    );
  };
  console.log(`100,000 current rows, 5,000 of the reference, ${ratio} px a CSS px`);
  await measure('difference');
  await button('Points');
  await measure('points');
  await page.locator('drift-embedding select').selectOption('0');
  await measure('points by category');
  await page.locator('drift-embedding .plane').press('ArrowRight');
  await page.locator('drift-embedding .plane').press('Enter');
  await measure('points, some chosen');
});
process.exit(0);
