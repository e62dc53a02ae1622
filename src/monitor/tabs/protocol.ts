// SPDX-License-Identifier: Apache-2.0
/** What tabs say to each other over a BroadcastChannel: everybody hears everything. */

/** Raised when tabs of two versions would misunderstand each other. */
export const PROTOCOL = 1;

export interface SentItem<T> {
  readonly sequence: number;
  /** Sequence of the item before it that still waits; null for the first that does. A leader takes no item before those. */
  readonly after: number | null;
  readonly bytes: number;
  readonly value: T;
}

export type TabMessage<T, N> = { readonly v: number; readonly from: string } & (
  | /** A tab has come, or asks whether the leader lives. */ { readonly type: 'hello' | 'ping' }
  | /** A tab goes. */ { readonly type: 'bye' }
  | /** A leader is ready; `to` when only one tab has asked. */ {
      readonly type: 'lead';
      readonly to?: string;
    }
  | { readonly type: 'items'; readonly items: readonly SentItem<T>[] }
  | /** Items of `to` are committed up to a sequence. */ {
      readonly type: 'ack';
      readonly to: string;
      readonly sequence: number;
    }
  | /** Send all again that is not acknowledged. */ { readonly type: 'again'; readonly to: string }
  | { readonly type: 'news'; readonly to?: string; readonly news: N }
  | /** To the leader, whichever it is. */ {
      readonly type: 'ask';
      readonly question: number;
      readonly about: unknown;
    }
  | {
      readonly type: 'answer';
      readonly to: string;
      readonly question: number;
      readonly value: unknown;
      /** Why there is none; empty where there is one. */
      readonly error: string;
    }
);

/** Any script of the origin may post to the channel. */
export function isTabMessage(data: unknown): data is TabMessage<unknown, unknown> {
  if (typeof data !== 'object' || data === null) return false;
  const { v, from, type, to, sequence, items, question, error } = data as Record<string, unknown>;
  if (typeof v !== 'number' || typeof from !== 'string') return false;
  if (v !== PROTOCOL) return type === 'lead';
  if (to !== undefined && typeof to !== 'string') return false;
  switch (type) {
    case 'hello':
    case 'ping':
    case 'bye':
    case 'lead':
    case 'news':
      return true;
    case 'again':
      return to !== undefined;
    case 'ack':
      return to !== undefined && Number.isSafeInteger(sequence);
    case 'ask':
      return Number.isSafeInteger(question);
    case 'answer':
      return to !== undefined && Number.isSafeInteger(question) && typeof error === 'string';
    case 'items':
      return Array.isArray(items) && items.every(isItem);
    default:
      return false;
  }
}

function isItem(item: unknown): boolean {
  if (typeof item !== 'object' || item === null) return false;
  const { sequence, after, bytes } = item as Record<string, unknown>;
  return (
    Number.isSafeInteger(sequence) &&
    (after === null || Number.isSafeInteger(after)) &&
    Number.isFinite(bytes) &&
    'value' in item
  );
}
