// SPDX-License-Identifier: Apache-2.0
import type { RowNoise } from './hypotheses/hypothesis.js';
import { metricText } from './share-metrics.js';
import type { Metric } from './verdict.js';
import { shortNumber } from './words/number-words.js';

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
  readonly metric: Metric;
  readonly tolerance: number;
  readonly noise: number;
  readonly level: number;
  readonly rowNoise: RowNoise;
  /** "90 reference days"; undefined without calendar windows. */
  readonly blocks?: string | undefined;
}): Threshold {
  const { metric, tolerance, noise, level, rowNoise, blocks } = options;
  const say = (value: number): string => metricText(metric, value);
  const parts = [
    Number.isFinite(tolerance) ? `tolerance ${say(tolerance)}` : 'no tolerance set for this metric',
  ];
  const often = `once in ${shortNumber(Math.round(1 / level))} reports`;
  if (rowNoise.deff > 1 && blocks) {
    const sampling = say(noise / Math.sqrt(rowNoise.deff));
    parts.push(
      `natural variation, as between ${blocks}, reaches ${say(noise)} ${often} (sampling noise alone about ${sampling})`,
    );
  } else parts.push(`sampling noise reaches ${say(noise)} ${often}`);
  return { threshold: Math.max(tolerance, noise), thresholdFrom: parts.join('; ') };
}
