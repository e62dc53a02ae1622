// SPDX-License-Identifier: Apache-2.0
import { DEFAULT_SETTINGS, type Settings } from '../verdict/settings.js';

/** What is set, over the defaults. */
export function completeSettings(settings: Partial<Settings> = {}): Settings {
  return { ...DEFAULT_SETTINGS, ...settings, metrics: { ...DEFAULT_SETTINGS.metrics, ...settings.metrics } };
}

/** Kinds and the time column change the frame; all else only how it is rated. */
export function otherFrame(before: Settings, after: Settings): boolean {
  const framed = ({ time, columns, embeddings }: Settings): string =>
    JSON.stringify([
      time,
      embeddings,
      Object.entries(columns)
        .map(([name, column]) => [name, column.kind])
        .filter(([, kind]) => kind !== undefined)
        .sort(),
    ]);
  return framed(before) !== framed(after);
}
