// SPDX-License-Identifier: Apache-2.0
import type { LitElement } from 'lit';

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Counts how often an element is drawn from now on, and when (ms). */
export function drawingsOf(element: LitElement): number[] {
  const times: number[] = [];
  const host = element as unknown as { update(changed: unknown): void };
  const update = host.update.bind(element);
  host.update = (changed) => {
    times.push(performance.now());
    update(changed);
  };
  return times;
}

/** Layout shift of the page from now on, until `stop` is called, as Chromium measures it; and what moved. */
export function watchShift(): { stop(): Promise<{ sum: number; moved: string[] }> } {
  let sum = 0;
  const moved: string[] = [];
  const take = (entries: PerformanceEntryList): void => {
    for (const entry of entries) {
      const { value, hadRecentInput, sources } = entry as PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
      };
      if (hadRecentInput) continue;
      sum += value;
      // Nodes below shadow roots are not told; places are.
      for (const { previousRect: from, currentRect: to } of sources)
        moved.push(`${place(from)} to ${place(to)}`);
    }
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: false });
  return {
    async stop() {
      // Entries are told with the next frames.
      await pause(120);
      take(observer.takeRecords());
      observer.disconnect();
      return { sum, moved };
    },
  };
}

const place = ({ x, y, width, height }: DOMRectReadOnly): string =>
  `${Math.round(x)},${Math.round(y)} ${Math.round(width)}×${Math.round(height)}`;

/** Makes the page think that it is hidden, or shown again. */
export function setHidden(hidden: boolean): void {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    get: () => (hidden ? 'hidden' : 'visible'),
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Timers and frames that our own code has asked for and that are still to come, until `stop` is called. */
export function watchTimers(): { readonly open: () => string[]; readonly stop: () => void } {
  const waiting = new Map<unknown, string>();
  const whole = {
    setTimeout,
    setInterval,
    requestAnimationFrame,
    clearTimeout,
    clearInterval,
    cancelAnimationFrame,
  };
  const asking =
    (name: 'setTimeout' | 'setInterval' | 'requestAnimationFrame') =>
    (call: (...given: unknown[]) => void, ...rest: never[]): unknown => {
      const isOurs = /\/src\/(components|monitor)\//.test(new Error().stack ?? '');
      const run = (...given: unknown[]): void => {
        if (name !== 'setInterval') waiting.delete(id);
        call(...given);
      };
      const id: unknown = Reflect.apply(whole[name], globalThis, [run, ...rest] as never);
      if (isOurs) waiting.set(id, [name, ...rest].join(' '));
      return id;
    };
  const letting =
    (name: 'clearTimeout' | 'clearInterval' | 'cancelAnimationFrame') =>
    (id: never): void => {
      waiting.delete(id);
      Reflect.apply(whole[name], globalThis, [id]);
    };
  Object.assign(globalThis, {
    setTimeout: asking('setTimeout'),
    setInterval: asking('setInterval'),
    requestAnimationFrame: asking('requestAnimationFrame'),
    clearTimeout: letting('clearTimeout'),
    clearInterval: letting('clearInterval'),
    cancelAnimationFrame: letting('cancelAnimationFrame'),
  });
  return { open: () => [...waiting.values()], stop: () => void Object.assign(globalThis, whole) };
}
