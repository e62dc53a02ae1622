// SPDX-License-Identifier: Apache-2.0
import type { MonitorHost } from '../host.js';
import type { MonitorOptions } from '../monitor.js';

/** A host that stands ready to be opened. */
export interface RunningHost {
  readonly host: MonitorHost;
  /** Where it runs ("worker", "page"), and why not elsewhere. */
  readonly place: string;
  readonly notes: readonly string[];
  /** Rejects when what the host runs in dies. */
  readonly died: Promise<never>;
  /** Ends what it runs in. */
  readonly end: () => void;
}

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
