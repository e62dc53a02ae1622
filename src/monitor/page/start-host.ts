// SPDX-License-Identifier: Apache-2.0
import type { MonitorOptions } from '../monitor.js';
import type { RunningHost } from './running-host.js';

const NEVER = new Promise<never>(() => {});

/** Why there can be no monitor here; empty where there can be one. */
export function inertReason({ host, worker }: MonitorOptions): string {
  if (host !== undefined || worker !== undefined) return '';
  const scope = globalThis as { document?: unknown; WorkerGlobalScope?: unknown; Worker?: unknown };
  const isServer = scope.document === undefined && scope.WorkerGlobalScope === undefined;
  if (isServer) return 'this is a server, where a monitor needs the host option (inProcess)';
  if (scope.Worker === undefined)
    return 'there are no workers here, so a monitor needs the host option (inProcess)';
  return '';
}

/** The app's own host, else one in a worker. @throws whatever the app's factory throws */
export async function startHost({ host, worker }: MonitorOptions): Promise<RunningHost> {
  if (host !== undefined)
    return { host: host(), place: 'this thread', notes: [], died: NEVER, end: () => {} };
  const { startWorkerHost } = await import('./worker-host.js');
  return startWorkerHost(worker);
}
