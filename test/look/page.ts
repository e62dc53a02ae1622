// SPDX-License-Identifier: Apache-2.0
import '../../web/page/page.js';
import { Session } from '../../web/page/session.js';
import { FakeAnalysis } from './fake-analysis.js';

/** Brings the page into one state, chosen by the hash, without an engine. */
const state = location.hash.slice(1);
history.replaceState(null, '', location.pathname);
const page = document.querySelector('drift-page');
const analysis = new FakeAnalysis();
const session = new Session(() => analysis);
const file = (name: string): File => new File(['x'], name);
if (page !== null) {
  page.session = session;
  await page.updateComplete;
  if (state === 'one') await session.add([file('orders.csv')]);
  if (state === 'bad') await session.add([file('bad-photo.csv'), file('orders-2026-10.csv')]);
  if (state === 'many')
    await session.add(['week-36', 'week-37', 'week-38', 'week-39'].map((name) => file(`${name}.parquet`)));
  if (state === 'progress') {
    analysis.hold = new Promise(() => {});
    void session.add([file('january-march.parquet'), file('april-june.parquet')]);
  }
  if (state === 'report' || state === 'settings') {
    await session.openSplit(file('flights-3m.parquet'), { column: 'date', at: '2001-04-01' });
  }
  if (state === 'settings') {
    await page.updateComplete;
    page.shadowRoot?.querySelector<HTMLButtonElement>('[aria-controls=settings]')?.click();
  }
}
