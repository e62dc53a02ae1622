// SPDX-License-Identifier: Apache-2.0
import type { MonitorSnapshot } from '../snapshot.js';
import { asError } from './courier.js';
import type { RunningHost } from './running-host.js';

/** What is left when an app disposes of a monitor may take this long, in ms. */
const FAREWELL_MS = 5_000;

/** Brings what waits to a host and closes it, as far as that is done in time; its last snapshot, or null. */
export async function farewell(
  { host, died }: RunningHost,
  flush: () => Promise<void>,
  tell: (error: Error) => void,
): Promise<MonitorSnapshot | null> {
  let last: MonitorSnapshot | null = null;
  const leave = async (): Promise<void> => {
    await flush();
    last = await host.snapshot();
    await host.close();
  };
  try {
    await Promise.race([leave(), died, new Promise((done) => setTimeout(done, FAREWELL_MS))]);
  } catch (error) {
    tell(asError(error));
  }
  return last;
}
