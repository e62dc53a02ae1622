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

/** Whether a pointer rests on an element or the focus is in it; with `within`, on the part of it that this selects. */
export class HoldController implements ReactiveController {
  #pointer = false;
  #focus = false;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #within: string | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, within?: string) {
    this.#host = host;
    this.#within = within;
    host.addController(this);
  }

  get held(): boolean {
    return this.#pointer || this.#focus;
  }

  hostConnected(): void {
    for (const type of EVENTS) this.#host.addEventListener(type, this.#on);
  }

  hostDisconnected(): void {
    this.#pointer = this.#focus = false;
    for (const type of EVENTS) this.#host.removeEventListener(type, this.#on);
  }

  #on = (event: Event): void => {
    const inside = event.type !== 'pointerleave' && event.type !== 'focusout' && this.#isWithin(event);
    if (event.type.startsWith('pointer')) this.#pointer = inside;
    else this.#focus = inside;
  };

  #isWithin(event: Event): boolean {
    const selector = this.#within;
    if (selector === undefined) return true;
    return event.composedPath().some((node) => node instanceof Element && node.matches(selector));
  }
}

const EVENTS = ['pointerover', 'pointerleave', 'focusin', 'focusout'] as const;
