// SPDX-License-Identifier: Apache-2.0
import { proxy, type Remote, transfer, wrap } from 'comlink';
import { newLockName, watchWorker } from '../../engine/worker-watch.js';
import type { Chunk, HostConfig, HostNews, MonitorHost } from '../host.js';
import type { MonitorSnapshot } from '../snapshot.js';
import { packSnapshots } from '../snapshot-border.js';
import { startMonitorWorker } from '../start-monitor-worker.js';
import type { WorkerService } from '../worker-service.js';
import type { RunningHost } from './running-host.js';

/** A host in a worker of its own, or on this thread where there can be none. */
export async function startWorkerHost(worker: (() => Worker) | undefined): Promise<RunningHost> {
  const started = await startMonitorWorker({ worker });
  const { place, notes } = started;
  if (started.worker === null) {
    const { LocalHost } = await import('../local-host.js');
    return { host: new LocalHost(), place, notes, died: new Promise(() => {}), end: () => {} };
  }
  packSnapshots();
  const lead = started.worker;
  const calls = callsOf(wrap<WorkerService>(lead));
  const stop = new AbortController();
  const lockName = newLockName();
  await calls.holdLock(lockName);
  return {
    host: hostOf(calls),
    place,
    notes,
    died: watchWorker(lead, lockName, stop.signal, 'rows that it had not measured are lost'),
    end: () => {
      stop.abort();
      lead.terminate();
    },
  };
}

/**
 * Each asked for once and kept, as is what they are asked of: Comlink makes a proxy whenever one is asked for, and hears of its end
 * from the garbage collector. What hears of it is a script, and Chromium throws a page out of the back-forward cache in which one
 * runs.
 */
function callsOf(remote: Remote<WorkerService>) {
  return {
    remote,
    holdLock: remote.holdLock,
    open: remote.open,
    chunk: remote.chunk,
    labels: remote.labels,
    metrics: remote.metrics,
    system: remote.system,
    annotate: remote.annotate,
    embeddingPlan: remote.embeddingPlan,
    snapshot: remote.snapshot,
    watch: remote.watch,
    report: remote.report,
    setReference: remote.setReference,
    flush: remote.flush,
    close: remote.close,
  };
}

function hostOf(calls: ReturnType<typeof callsOf>): MonitorHost {
  return {
    ...calls,
    open: (config: HostConfig, news: (news: HostNews) => void): Promise<MonitorSnapshot> =>
      calls.open(transfer(config, config.baseline === null ? [] : [config.baseline]), proxy(news)),
    chunk: (chunk) => calls.chunk(transfer(chunk, buffersOf(chunk))),
  };
}

/** What goes over without being copied. */
function buffersOf({ batch, times }: Chunk): ArrayBuffer[] {
  const buffers = new Set<ArrayBufferLike>([times.buffer]);
  for (const column of batch.columns.values()) {
    if (column.type === 'string') buffers.add(column.codes.buffer);
    else {
      buffers.add(column.values.buffer);
      if (column.status !== null) buffers.add(column.status.buffer);
    }
  }
  for (const { values, status } of batch.vectors?.values() ?? []) {
    buffers.add(values.buffer);
    if (status !== null) buffers.add(status.buffer);
  }
  return [...buffers].filter((buffer) => buffer instanceof ArrayBuffer);
}
