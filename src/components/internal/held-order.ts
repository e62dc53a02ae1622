// SPDX-License-Identifier: Apache-2.0
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * The order in which things are listed. While `held` those that were listed keep their places and new ones follow, so that
 * nothing moves away under a pointer.
 */
export function heldOrder(
  before: readonly string[],
  wanted: readonly string[],
  held: boolean,
): readonly string[] {
  if (!held) return wanted;
  const there = new Set(wanted);
  const kept = before.filter((name) => there.has(name));
  const known = new Set(kept);
  return [...kept, ...wanted.filter((name) => !known.has(name))];
}

/** Whether a pointer rests on an element, or the focus is in it. */
export class HoldController implements ReactiveController {
  #pointer = false;
  #focus = false;
  readonly #host: ReactiveControllerHost & HTMLElement;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get held(): boolean {
    return this.#pointer || this.#focus;
  }

  hostConnected(): void {
    this.#host.addEventListener('pointerenter', this.#on);
    this.#host.addEventListener('pointerleave', this.#on);
    this.#host.addEventListener('focusin', this.#on);
    this.#host.addEventListener('focusout', this.#on);
  }

  hostDisconnected(): void {
    this.#pointer = this.#focus = false;
    this.#host.removeEventListener('pointerenter', this.#on);
    this.#host.removeEventListener('pointerleave', this.#on);
    this.#host.removeEventListener('focusin', this.#on);
    this.#host.removeEventListener('focusout', this.#on);
  }

  #on = (event: Event): void => {
    if (event.type.startsWith('pointer')) this.#pointer = event.type === 'pointerenter';
    else this.#focus = event.type === 'focusin';
  };
}
