// SPDX-License-Identifier: Apache-2.0
/** The service worker of an extension, with a model's monitor in it: no `Worker` and no `import()` there, and it is ended when idle. */
import { createMonitor, type MonitorSnapshot } from '../../../src/index.js';
import { baselineFileOf, observedOf, rowsOf } from '../../../src/monitor/core/testing/rows.js';
import { inProcess } from '../../../src/monitor/in-process.js';

/** What a page of the extension asks for, and what it is told. */
export interface Asked {
  readonly rows: number;
  readonly seed: number;
  readonly shift: number;
}
export interface Told {
  readonly first: Pick<MonitorSnapshot, 'state' | 'rows'>;
  readonly now: Pick<MonitorSnapshot, 'state' | 'rows' | 'engine' | 'store'>;
  readonly verdicts: readonly string[];
  readonly errors: readonly string[];
}

declare const chrome: {
  readonly runtime: {
    readonly onMessage: {
      addListener(listen: (asked: Asked, sender: unknown, answer: (told: unknown) => void) => boolean): void;
    };
  };
};

const verdicts: string[] = [];
const errors: string[] = [];
addEventListener('unhandledrejection', (event) => errors.push(`unhandled: ${String(event.reason)}`));
const monitor = createMonitor({
  name: 'extension',
  baseline: baselineFileOf(rowsOf({ rows: 3_000, seed: 1 })),
  windows: [{ rows: 500 }],
  host: inProcess,
  onError: (error) => errors.push(`${error.name}: ${error.message}`),
});
monitor.onVerdict(({ rating }) => verdicts.push(rating));

async function observe(asked: Asked): Promise<Told> {
  const { state, rows } = await monitor.ready;
  monitor.observe(observedOf(rowsOf(asked)));
  await monitor.flush();
  return { first: { state, rows }, now: await monitor.snapshot(), verdicts, errors };
}

chrome.runtime.onMessage.addListener((asked, _sender, answer) => {
  observe(asked).then(answer, (error: unknown) => answer(String(error)));
  return true;
});
