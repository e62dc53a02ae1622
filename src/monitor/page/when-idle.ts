// SPDX-License-Identifier: Apache-2.0
/** Runs `callback` when the page has time, at the latest after `patienceMs`. Returns how to call it off. */
export function whenIdle(callback: () => void, patienceMs: number): () => void {
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(callback, { timeout: patienceMs });
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(callback, Math.min(patienceMs, 50));
  return () => clearTimeout(timer);
}
