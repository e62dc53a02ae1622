// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, test, vi } from 'vitest';
import { createMonitor } from '../create-monitor.js';
import type { ExportPart } from '../export-part.js';
import type { Monitor } from '../monitor.js';
import { RecordingHost } from './testing/recording-host.js';

const made: Monitor[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(made.splice(0).map((monitor) => monitor.dispose()));
});

function partOf(start: number, closed: boolean, rows: number): ExportPart {
  return {
    name: 'test',
    baselineId: '',
    window: { spec: '100 rows', start, end: start + 1, rows },
    closed,
    bytes: Uint8Array.of(rows),
    index: 0,
    of: 1,
  };
}

async function started() {
  const host = new RecordingHost();
  const sent: string[] = [];
  const monitor = createMonitor({
    host: () => host,
    exporter: (parts) => {
      for (const { window, closed } of parts)
        sent.push(`${window.start} ${closed ? 'closed' : 'open'} ${window.rows}`);
    },
    system: false,
  });
  made.push(monitor);
  await monitor.ready;
  return { host, sent, monitor };
}

/** As the browser says it, within one call. */
function hide(): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
}

test('hidden: what waits is handed over and what is open is exported, within the event', async () => {
  const { host, sent, monitor } = await started();
  monitor.observe({ a: 1 });
  monitor.call({ ms: 2, rows: 1 });
  host.tell({ open: [partOf(1, false, 40), partOf(2, false, 10)] });
  expect(sent).toEqual([]);
  hide();
  expect(host.heard).toEqual(['chunk of 1']);
  expect(host.samples.map(({ calls }) => calls)).toEqual([1]);
  expect(sent).toEqual(['1 open 40', '2 open 10']);
  // Both events come when a page is left; nothing is said twice.
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  expect(sent).toHaveLength(2);
});

test('frozen: what a hidden page has measured and observed since is handed over and exported, since it may be discarded', async () => {
  const { host, sent, monitor } = await started();
  hide();
  monitor.observe({ a: 1 });
  host.tell({ open: [partOf(1, false, 40)] });
  document.dispatchEvent(new Event('freeze'));
  expect(host.heard).toEqual(['chunk of 1']);
  expect(sent).toEqual(['1 open 40']);
});

test('shown again, it hands over what has come since without being told to', async () => {
  const { host, monitor } = await started();
  hide();
  monitor.observe({ a: 1 });
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
  document.dispatchEvent(new Event('visibilitychange'));
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  expect(host.heard).toEqual([]);
  await expect.poll(() => host.heard).toEqual(['chunk of 1']);
});

test('a window that has closed since is not told as open again', async () => {
  const { host, sent } = await started();
  host.tell({ open: [partOf(1, false, 40), partOf(2, false, 10)] });
  host.tell({ exports: [partOf(1, true, 100)] });
  hide();
  expect(sent).toEqual(['1 closed 100', '2 open 10']);
});

test('paused or disposed of, the page is no longer listened to; resumed it is', async () => {
  const { host, sent, monitor } = await started();
  const added = vi.spyOn(document, 'addEventListener');
  host.tell({ open: [partOf(1, false, 40)] });
  monitor.pause();
  hide();
  expect(sent).toEqual([]);
  monitor.resume();
  expect(added.mock.calls.map(([type]) => type)).toEqual(['visibilitychange', 'freeze']);
  hide();
  expect(sent).toEqual(['1 open 40']);
  host.tell({ open: [partOf(3, false, 7)] });
  await monitor.dispose();
  hide();
  dispatchEvent(new PageTransitionEvent('pagehide'));
  expect(sent).toHaveLength(1);
});

test('neither unload nor beforeunload is ever listened to', async () => {
  const added = vi.spyOn(globalThis, 'addEventListener');
  await started();
  const types = added.mock.calls.map(([type]) => type);
  expect(types).toEqual(['pagehide']);
});
