// SPDX-License-Identifier: Apache-2.0
import type { HostNews, MonitorHost } from '../host.js';
import type { MonitorOptions } from '../monitor.js';
import type { MonitorSnapshot } from '../snapshot.js';
import { hostConfig } from './host-config.js';
import { loadBaseline } from './load-baseline.js';
import type { RunningHost } from './running-host.js';
import { startHost } from './start-host.js';

export interface OpenedHost {
  readonly running: RunningHost;
  readonly snapshot: MonitorSnapshot;
}

/**
 * Starts a host and opens it with the app's baseline. Whatever comes of it, nothing that was started is left behind.
 * @param isWanted asked after each wait; null comes back where it no longer is
 * @throws what keeps it from measuring
 */
export async function openHost(
  options: MonitorOptions,
  isWanted: () => boolean,
  hear: (news: HostNews, host: MonitorHost) => void,
): Promise<OpenedHost | null> {
  const started = startHost(options);
  started.catch(() => {});
  const end = (): Promise<void> =>
    started.then(
      (running) => running.end(),
      () => {},
    );
  try {
    const baseline = await loadBaseline(options.baseline);
    const running = await started;
    const { host, died } = running;
    if (isWanted()) {
      const opening = host.open(hostConfig(options, running, baseline), (news) => hear(news, host));
      const snapshot = await Promise.race([opening, died]);
      if (isWanted()) return { running, snapshot };
    }
  } catch (error) {
    await end();
    throw error;
  }
  await end();
  return null;
}
