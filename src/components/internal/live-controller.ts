// SPDX-License-Identifier: Apache-2.0
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { MonitorSource } from '../../monitor/follow.js';
import type { MonitorSnapshot } from '../../monitor/snapshot.js';

/** Four drawings a second at most, with room for timers that are early by a little. */
const BETWEEN_MS = 270;
const SLACK_MS = 20;
/** What is no further away than this counts as seen. */
const NEAR = '25% 0px';

/**
 * Brings snapshots of a monitor to an element: at most four times a second, and none at all while the element cannot be
 * seen (page hidden, element out of view or not drawn). Then it does not even listen, so that the monitor makes none.
 */
export class LiveController implements ReactiveController {
  /** What the element draws. */
  shown: MonitorSnapshot | null = null;
  /** Newest, drawn or not. */
  latest: MonitorSnapshot | null = null;

  readonly #host: ReactiveControllerHost & Element;
  #source: MonitorSource | null = null;
  #name = '';
  #unsubscribe: (() => void) | undefined;
  #observer: IntersectionObserver | undefined;
  #inView = true;
  #connected = false;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Grows when the source changes: an answer of an earlier one is dropped. */
  #round = 0;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  get source(): MonitorSource | null {
    return this.#source;
  }

  set source(source: MonitorSource | null) {
    if (source === this.#source) return;
    this.#leave();
    this.#round++;
    this.#source = source;
    // The snapshot of another monitor must not stay on the page.
    this.offer(null);
    this.#listen();
  }

  get name(): string {
    return this.#name;
  }

  /** Follows the monitor of this name, wherever in the page or its other tabs it lives. */
  set name(name: string) {
    if (name === this.#name) return;
    this.#name = name;
    if (name === '') {
      this.source = null;
      return;
    }
    const round = ++this.#round;
    // Loaded when it is wanted: an element that is given its monitor needs none of it.
    void import('../../monitor/follow.js').then(({ followMonitor }) => {
      if (round === this.#round && this.#name === name) this.source = followMonitor(name);
    });
  }

  /** A newer snapshot; drawn when its time has come. */
  offer(snapshot: MonitorSnapshot | null): void {
    if (snapshot === this.latest) return;
    this.latest = snapshot;
    this.#plan();
  }

  hostConnected(): void {
    if (typeof document === 'undefined') return;
    this.#connected = true;
    document.addEventListener('visibilitychange', this.#onVisibility);
    if (typeof IntersectionObserver !== 'undefined') {
      this.#observer = new IntersectionObserver(
        (entries) => {
          this.#inView = entries.at(-1)?.isIntersecting ?? true;
          this.#onVisibility();
        },
        // Drawn anew a little before it is scrolled into view, so that nobody sees what was true long ago.
        { rootMargin: NEAR },
      );
      this.#observer.observe(this.#host);
    }
    this.#onVisibility();
  }

  hostDisconnected(): void {
    this.#connected = false;
    if (typeof document === 'undefined') return;
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#observer?.disconnect();
    this.#leave();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  get #visible(): boolean {
    return this.#connected && this.#inView && document.visibilityState !== 'hidden';
  }

  #onVisibility = (): void => {
    if (this.#visible) {
      this.#listen();
      this.#plan();
    } else this.#leave();
  };

  #listen(): void {
    const source = this.#source;
    if (source === null || this.#unsubscribe !== undefined || !this.#connected || !this.#visible) return;
    const round = this.#round;
    const take = (snapshot: MonitorSnapshot): void => {
      if (round === this.#round) this.offer(snapshot);
    };
    this.#unsubscribe = source.onUpdate(take);
    // What is known now; news comes when there is some. A source that cannot say is one that says nothing.
    source.snapshot().then(take, () => {});
  }

  #leave(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  #plan(): void {
    if (this.latest === this.shown || this.#timer !== undefined || !this.#visible) return;
    const wait = this.#drawnAt + BETWEEN_MS - performance.now();
    if (wait <= SLACK_MS) this.#draw();
    else this.#timer = setTimeout(this.#draw, wait);
  }

  #draw = (): void => {
    this.#timer = undefined;
    if (!this.#visible) return;
    this.shown = this.latest;
    this.#drawnAt = performance.now();
    this.#host.requestUpdate();
  };
}
