// SPDX-License-Identifier: Apache-2.0
import type { GlobalType } from '../engine/global-type.js';
import type { MonitorSnapshot } from './snapshot.js';

/** What followers and a published monitor say to each other. Plain data. */
export type Said =
  /** Said when a follower begins to listen, and every so often while it does. */
  | { readonly kind: 'watch'; readonly follower: string }
  | { readonly kind: 'leave'; readonly follower: string }
  | {
      readonly kind: 'ask';
      readonly follower: string;
      readonly question: number;
      readonly what: 'snapshot' | 'report';
      readonly spec: string | null;
    }
  | {
      readonly kind: 'answer';
      readonly follower: string;
      readonly question: number;
      readonly value: unknown;
      /** Why there is no answer; empty where there is one. */
      readonly error: string;
    }
  | { readonly kind: 'snapshot'; readonly snapshot: MonitorSnapshot };

export interface LineOptions {
  /** One end of a MessageChannel, for a monitor in a worker or a frame. Default: a BroadcastChannel of the origin. */
  readonly port?: GlobalType<'MessagePort'>;
}

/** A BroadcastChannel `driftglass:<name>`, or one end of a MessageChannel. Where there is neither, silence. */
export class Line {
  readonly #channel: BroadcastChannel | MessagePort | null;
  readonly #hear: (event: Event) => void;
  readonly #isOwn: boolean;

  constructor(name: string, { port }: LineOptions, hear: (said: Said) => void) {
    this.#isOwn = port === undefined;
    this.#channel = port ?? openChannel(`driftglass:${name}`);
    this.#hear = (event) => {
      const { driftglass } = Object((event as MessageEvent).data) as { driftglass?: Said };
      if (typeof driftglass?.kind === 'string') hear(driftglass);
    };
    this.#channel?.addEventListener('message', this.#hear);
    // Ports wait for this word; channels do not have it.
    port?.start();
  }

  say(said: Said): void {
    try {
      this.#channel?.postMessage({ driftglass: said });
    } catch {
      // Closed meanwhile: nobody is there to hear it.
    }
  }

  close(): void {
    this.#channel?.removeEventListener('message', this.#hear);
    if (this.#isOwn) this.#channel?.close();
  }
}

function openChannel(name: string): BroadcastChannel | null {
  try {
    return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
  } catch {
    return null;
  }
}
