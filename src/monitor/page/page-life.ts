// SPDX-License-Identifier: Apache-2.0
/**
 * Calls when a page is hidden, left or frozen: it may be ended after that without another word. `visibilitychange` is the last
 * event that is sure to come; `pagehide` comes too where a page is left while it is seen, `freeze` where one has been hidden for
 * long (Chromium). Never `unload` or `beforeunload`: they keep pages out of the back-forward cache. That it is seen again is no
 * news: its timers go on by themselves.
 */
export function watchPage(onHide: () => void): () => void {
  if (typeof document === 'undefined') return () => {};
  const stop = new AbortController();
  const { signal } = stop;
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && onHide(), {
    signal,
  });
  document.addEventListener('freeze', onHide, { signal });
  addEventListener('pagehide', onHide, { signal });
  return () => stop.abort();
}
