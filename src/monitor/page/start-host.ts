// SPDX-License-Identifier: Apache-2.0
import type { MonitorOptions } from '../monitor.js';
import type { RunningHost } from './running-host.js';

/** Why there can be no monitor here; empty where there can be one. */
export function inertReason({ host, worker }: MonitorOptions): string {
  if (host !== undefined || worker !== undefined) return '';
  const scope = globalThis as { document?: unknown; WorkerGlobalScope?: unknown; Worker?: unknown };
  const isServer = scope.document === undefined && scope.WorkerGlobalScope === undefined;
  if (isServer) return 'this is a server, where a monitor needs the host option (inProcess)';
  // A page without workers does the work itself; a service worker cannot load what that takes.
  if (scope.Worker === undefined && scope.document === undefined)
    return 'there are no workers here, so a monitor needs the host option (inProcess)';
  return '';
}

/** The app's own host, else one in a worker. @throws whatever the app's factory throws */
export async function startHost({ host, worker }: MonitorOptions): Promise<RunningHost> {
  if (host !== undefined)
    // Awaited, since an app may take a promise for a host.
    return {
      host: await host(),
      place: 'this thread',
      notes: [],
      died: new Promise(() => {}),
      end: () => {},
    };
  const { startWorkerHost } = await import('./worker-host.js');
  return startWorkerHost(worker);
}
