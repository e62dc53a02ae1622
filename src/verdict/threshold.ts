// SPDX-License-Identifier: Apache-2.0
import type { RowNoise } from './hypothesis.js';
import { shortNumber } from './number-words.js';

export interface Threshold {
  /** The larger of tolerance and noise. */
  readonly threshold: number;
  readonly thresholdFrom: string;
}

/**
 * What a value is held against, and why, in words.
 * @param noise what the value reaches by chance with probability `level`/tests: once in 1/level reports
 */
export function thresholdOf(options: {
  readonly tolerance: number;
  readonly noise: number;
  readonly level: number;
  readonly rowNoise: RowNoise;
  /** "90 reference days"; undefined without calendar windows. */
  readonly blocks?: string | undefined;
}): Threshold {
  const { tolerance, noise, level, rowNoise, blocks } = options;
  const parts = [
    Number.isFinite(tolerance) ? `tolerance ${shortNumber(tolerance)}` : 'no tolerance set for this metric',
    `sampling noise reaches ${shortNumber(noise)} once in ${shortNumber(Math.round(1 / level))} reports`,
  ];
  if (rowNoise.deff > 1 && blocks) {
    parts.push(
      `natural variation of ${blocks} counted in: ${shortNumber(rowNoise.deff)} rows say as much as one independent row`,
    );
  }
  return { threshold: Math.max(tolerance, noise), thresholdFrom: parts.join('; ') };
}
