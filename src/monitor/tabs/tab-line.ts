// SPDX-License-Identifier: Apache-2.0
import { isTabMessage, PROTOCOL, type TabMessage } from './protocol.js';
import type { Channel } from './surroundings.js';

export type Said<T, N> = DistributiveOmit<TabMessage<T, N>, 'v' | 'from'>;

export interface TabLineEvents<T, N> {
  /** For this tab, or for all. */
  hear(message: TabMessage<T, N>): void;
  /** A leader of another version, which would not understand this tab's items. */
  stranger(): void;
}

/** What tabs say to each other: with who says it, for those whom it concerns. */
export class TabLine<T, N> {
  readonly #id: string;
  readonly #channel: Channel;

  constructor(id: string, channel: Channel, events: TabLineEvents<T, N>) {
    this.#id = id;
    this.#channel = channel;
    channel.onmessage = ({ data }) => {
      if (!isTabMessage(data)) return;
      if (data.v !== PROTOCOL) events.stranger();
      else if (!('to' in data) || data.to === undefined || data.to === id)
        events.hear(data as TabMessage<T, N>);
    };
  }

  /** False when the message holds what cannot be cloned. */
  post(message: Said<T, N>): boolean {
    try {
      this.#channel.postMessage({ v: PROTOCOL, from: this.#id, ...message });
      return true;
    } catch {
      return false;
    }
  }

  close(): void {
    this.#channel.onmessage = null;
    this.#channel.close();
  }
}

type DistributiveOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never;
