// SPDX-License-Identifier: Apache-2.0
import { relaxedSimd } from 'wasm-feature-detect';

/** What a monitor uses where it is there. */
export type Abilities = Readonly<Record<string, boolean>>;

const entryTypes = PerformanceObserver.supportedEntryTypes;
const abilities: Abilities = {
  'module workers': await startsModuleWorker(),
  'IndexedDB in a worker': await inWorker("typeof indexedDB !== 'undefined'"),
  'Web Locks in a worker': await inWorker("typeof navigator.locks !== 'undefined'"),
  'BroadcastChannel in a worker': await inWorker("typeof BroadcastChannel !== 'undefined'"),
  sendBeacon: typeof navigator.sendBeacon === 'function',
  'WebAssembly with relaxed SIMD': await relaxedSimd(),
  'WebGPU adapter': (await adapter()) !== null,
  'long tasks': entryTypes.includes('longtask'),
  'long animation frames': entryTypes.includes('long-animation-frame'),
  'memory of the heap': 'memory' in performance,
  'memory of the device': 'deviceMemory' in navigator,
  'idle callbacks': typeof requestIdleCallback === 'function',
};
await fetch('/outcome', { method: 'POST', body: JSON.stringify(abilities) });

async function adapter(): Promise<unknown> {
  try {
    return (await navigator.gpu?.requestAdapter()) ?? null;
  } catch {
    return null;
  }
}

function startsModuleWorker(): Promise<boolean> {
  return said('import.meta; postMessage(true)', { type: 'module' });
}

function inWorker(expression: string): Promise<boolean> {
  return said(`postMessage(${expression})`, {});
}

function said(script: string, options: WorkerOptions): Promise<boolean> {
  return new Promise((resolve) => {
    const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })), options);
    worker.onmessage = ({ data }) => resolve(data === true);
    worker.onerror = () => resolve(false);
    setTimeout(() => resolve(false), 5_000);
  });
}
