// SPDX-License-Identifier: Apache-2.0
export interface PageLifeOptions {
  /** The page is hidden or left: it may be frozen or ended after this, without another word. */
  readonly onHide: () => void;
  readonly onShow: () => void;
}

/**
 * Watches a page come and go. `visibilitychange` is the last event that is sure to come; `pagehide` comes too where a page
 * is left while it is seen. Never `unload` or `beforeunload`: they keep pages out of the back-forward cache.
 */
export function watchPage({ onHide, onShow }: PageLifeOptions): () => void {
  if (typeof document === 'undefined') return () => {};
  const stop = new AbortController();
  const { signal } = stop;
  document.addEventListener(
    'visibilitychange',
    () => (document.visibilityState === 'hidden' ? onHide() : onShow()),
    { signal },
  );
  addEventListener('pagehide', onHide, { signal });
  addEventListener('pageshow', onShow, { signal });
  return () => stop.abort();
}
