// SPDX-License-Identifier: Apache-2.0
// Orders for the monitor of these tests, and what its panel came to show. Copied into each app's src/.
import { monitor } from './monitor.js';

const BATCH = 250;
/** Amounts rise here. */
const CHANGE = 2500;
const MOST = 6000;

/** Feeds the monitor, waits until the panel on the page says that amounts have drifted, and writes down what it shows. */
export async function watchOrders(more = () => ({})) {
  const errors = [];
  monitor.onError((error) => errors.push(error.message));
  const element = await found();
  let sent = 0;
  const timer = setInterval(() => {
    if (sent >= MOST) return;
    const rows = Array.from({ length: BATCH }, (_, i) => order(sent + i));
    monitor.observe(rows, { ids: rows.map((_, i) => sent + i) });
    monitor.call({ ms: 4 + (sent % 3), rows: BATCH, backend: 'wasm' });
    for (let i = 0; i < BATCH; i++) monitor.label(sent + i, (sent + i) % 9 === 0 ? 'late' : 'in time');
    sent += BATCH;
    if (sent === CHANGE) monitor.annotate('release 2');
  }, 60);
  const text = () => textOf(element.shadowRoot);
  const end = Date.now() + 45_000;
  while (Date.now() < end && !/amount/.test(headline(element)) && errors.length === 0) await pause(200);
  clearInterval(timer);
  const snapshot = await monitor.snapshot();
  // What is out of view is not drawn.
  element.shadowRoot.querySelector('drift-timeline')?.scrollIntoView();
  await pause(900);
  const { rating, state, engine, rows } = snapshot;
  document.body.dataset.outcome = JSON.stringify({
    rating,
    state,
    engine,
    measured: rows.measured,
    badge: headline(element),
    shown: text(),
    error: errors[0],
    ...more(),
  });
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const headline = (element) => element.shadowRoot?.querySelector('[part=headline]')?.textContent.trim() ?? '';

async function found() {
  for (;;) {
    const element = document.querySelector('drift-monitor');
    if (element !== null) return element;
    await pause(20);
  }
}

/** All that a person reads, through shadow roots. */
function textOf(root) {
  let text = '';
  for (const node of root.childNodes) {
    if (node instanceof HTMLStyleElement) continue;
    if (node instanceof Text) text += node.data;
    if (node instanceof Element) text += textOf(node.shadowRoot ?? node);
  }
  return text.replace(/\s+/g, ' ');
}

function order(i) {
  const u = ((i + 0.5) * 0.6180339887498949) % 1;
  const v = ((i + 0.5) * 0.7548776662466927) % 1;
  return {
    amount: (u + v) * 40 + (i >= CHANGE ? 25 : 0),
    country: ['CH', 'DE', 'FR', 'IT'][i % 4],
    prediction: u > 0.8 ? 'late' : 'in time',
  };
}
