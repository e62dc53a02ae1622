// SPDX-License-Identifier: Apache-2.0
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Follows the width of an element in whole px. Charts are drawn at their true width rather than scaled, so that text
 * keeps its size on a phone.
 */
export class WidthController implements ReactiveController {
  width = 0;
  #observer: ResizeObserver | undefined;
  #frame = 0;
  readonly #host: ReactiveControllerHost & Element;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    if (typeof ResizeObserver === 'undefined') return;
    this.#observer = new ResizeObserver((entries) => {
      const width = Math.round(entries.at(-1)?.contentRect.width ?? 0);
      if (width === this.width) return;
      this.width = width;
      // In the observer's own turn, a change of size would raise an error event on the host page.
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => this.#host.requestUpdate());
    });
    this.#observer.observe(this.#host);
  }

  /** The first drawing is at the right width already. */
  hostUpdate(): void {
    if (this.width === 0) this.width = Math.round(this.#host.getBoundingClientRect().width);
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.#frame);
    this.#observer?.disconnect();
  }
}
