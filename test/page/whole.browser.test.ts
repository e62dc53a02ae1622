// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { createAnalysis } from '../../src/engine/client.js';
import '../../web/page/page.js';
import { Session } from '../../web/page/session.js';
import { drawn, expectAccessible, mount, textOf } from '../look/accessible.js';

/** The page with the true engine in its worker: two small files in, one report out. */

function table(rows: number, shift: number): string {
  const lines = ['price;colour;id'];
  // A fixed sequence is enough: golden-ratio steps fill [0, 1) evenly.
  for (let i = 0; i < rows; i++) {
    const share = (i * 0.618033988749895) % 1;
    lines.push(`${(share * 10 + shift).toFixed(3)};${['red', 'green', 'blue'][i % 3]};${i}`);
  }
  return lines.join('\n');
}

test('a drifted number is found, opened, rated again under another tolerance, and exported', {
  timeout: 30_000,
}, async () => {
  const session = new Session(() => createAnalysis({ workers: 1 }));
  const page = document.createElement('drift-page');
  page.session = session;
  await mount(page);
  await session.add([new File([table(5000, 0)], 'before.csv'), new File([table(5000, 2)], 'after.csv')]);
  await drawn(page);
  expect(session.error).toBe('');
  const report = page.shadowRoot?.querySelector('drift-report');
  const rating = () => session.report?.features.find(({ name }) => name === 'price')?.verdict.rating;
  expect(rating()).toBe('drift');
  expect(textOf(page)).toContain('before.csv');
  expect(textOf(page)).toContain('delimiter ;');
  const features = report?.shadowRoot?.querySelector('drift-features');
  await features?.openFeature('price');
  await drawn(page);
  expect(features?.shadowRoot?.querySelector('drift-feature')).not.toBeNull();
  await expectAccessible(page);
  await session.apply({
    ...session.settings,
    tolerances: { kolmogorovSmirnov: 0.9, outOfRange: 0.9, tail: 0.9 },
  });
  expect(rating()).not.toBe('drift');
  const csv = await (await session.exportAs('csv'))?.text();
  expect(csv).toContain('price');
  await session.add([new File(['\x89PNG\r\n\x1a\n\0\0\0'], 'photo.csv')]);
  await drawn(page);
  expect(textOf(page)).toContain('photo.csv');
  expect(session.report).not.toBeNull();
  session.reset();
});

test('a file alone: its time column halfway is offered, reading is cancelled, and the split compares', {
  timeout: 60_000,
}, async () => {
  const lines = ['arm,when,price'];
  // So many that reading lasts long enough to be met under way.
  for (let i = 0; i < 200_000; i++) {
    const when = new Date(Date.UTC(2024, 0, 1) + i * 60_000).toISOString();
    lines.push(`${i % 2 === 1 ? 'b' : 'a'},${when},${((i * 0.618033988749895) % 1) + (i < 100_800 ? 0 : 1)}`);
  }
  const session = new Session(() => createAnalysis({ workers: 1 }));
  const page = document.createElement('drift-page');
  page.session = session;
  await mount(page);
  await session.add([new File([lines.join('\n')], 'all.csv')]);
  await expect.poll(() => session.offers.length).toBeGreaterThan(0);
  await drawn(page);
  const field = (name: string) =>
    page.shadowRoot?.querySelector<HTMLInputElement | HTMLSelectElement>(`[name=${name}]`)?.value;
  expect([field('column'), field('by'), field('place')]).toEqual(['when', 'time', '2024-03-10']);
  expect(session.offers).toContainEqual({ column: 'arm', values: ['a', 'b'] });

  page.shadowRoot?.querySelector<HTMLFormElement>('form[aria-label="Split the file"]')?.requestSubmit();
  await expect.poll(() => session.progress?.phase, { interval: 5 }).toBe('reading');
  session.cancel();
  await drawn(page);
  expect(session.busy).toBeNull();
  expect(session.report).toBeNull();
  expect(session.error).toBe('');
  expect(textOf(page)).toContain('all.csv');

  await session.splitAt({ column: 'when', at: '2024-03-11' });
  expect(session.error).toBe('');
  expect(session.report?.summary.drift).toContain('price');
  expect(session.report?.reference.rows).toBe(100_800);
  session.reset();
});
