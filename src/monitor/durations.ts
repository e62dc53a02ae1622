// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../errors.js';
import type { Duration } from './specs.js';

const UNITS = [
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

/** In words, as people write them: "min", since "m" is read as metres or months. */
const WORDS: Readonly<Record<string, string>> = { m: 'min' };

/** A duration in ms; `option` is whose it is. @throws SettingsError when it means nothing */
export function milliseconds(duration: Duration, option: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/.exec(String(duration));
  const unit = UNITS.find(([name]) => name === match?.[2]);
  const ms =
    typeof duration === 'number' ? duration : match && unit ? Number(match[1]) * unit[1] : Number.NaN;
  if (Number.isFinite(ms) && ms >= 0) return ms;
  throw new DriftglassError(
    'SettingsError',
    `${option}: "${duration}" is no duration: give milliseconds, or a number with a unit ("30s", "5m", "1h", "1d")`,
  );
}

/** "1 h", "5 min", "1.5 s". */
export function durationText(ms: number): string {
  const [name, size] = UNITS.find(([, unit]) => ms >= unit && Number.isInteger((ms / unit) * 10)) ?? [
    'ms',
    1,
  ];
  return `${ms / size} ${WORDS[name] ?? name}`;
}
