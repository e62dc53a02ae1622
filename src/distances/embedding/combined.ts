// SPDX-License-Identifier: Apache-2.0
import type { Distance } from '../distance.js';
import { cauchyCombined } from './combine.js';
import type { StatisticName, Tested } from './tested.js';

/** Ridge that names the whitened statistic's value; the others are among its details. */
const NAMED_RIDGE = 3;

export interface CombinedInput {
  readonly tests: readonly Tested[];
  /** "held-out null, gamma fit to three exact moments" … */
  readonly pMethod: string;
  /** Set where the combination has a null of its own (permutation). */
  readonly combinedP?: number;
  readonly exact: boolean;
}

/**
 * The three statistics as one. Each is blind to something: the plain one sees where most of the spread is, the whitened one
 * directions of little spread, the components' one changes of spread.
 */
export function combinedDistance({ tests, pMethod, combinedP, exact }: CombinedInput): Distance {
  const largest = (key: 'effect' | 'low' | 'high', among = tests) =>
    among.reduce((most, test) => Math.max(most, test[key]), 0);
  const details: Record<string, number> = {};
  const names = namesOf(tests);
  for (const name of names)
    details[name] = largest(
      'effect',
      tests.filter((test) => test.name === name),
    );
  return {
    value: largest('effect'),
    low: largest('low'),
    high: largest('high'),
    pValue: combinedP ?? bonferroni(names.map((name) => pOf(tests, name))),
    pMethod:
      combinedP === undefined
        ? `${pMethod}; Bonferroni over ${names.length}`
        : `${pMethod}; their Cauchy combination, itself permuted`,
    exact,
    convention:
      'largest effect of the statistics, each √((T − its mean without change) / √tr M²): the shift, in standard deviations, that would be as hard to see in one direction',
    details,
  };
}

/**
 * Over the three statistics. Cauchy's combination, which serves for the ridges of one, rejects 5.6 % of null pairs at 5 %
 * here; this holds the level however they depend on each other and costs next to nothing at the level of a report.
 */
function bonferroni(pValues: readonly number[]): number {
  return Math.min(1, pValues.length * Math.min(...pValues));
}

function namesOf(tests: readonly Tested[]): StatisticName[] {
  return [...new Set(tests.map(({ name }) => name))];
}

/** p of one statistic; its ridges combined. */
function pOf(tests: readonly Tested[], name: StatisticName): number {
  return cauchyCombined(tests.filter((test) => test.name === name).map(({ pValue }) => pValue));
}

export function whitenedDistance(tests: readonly Tested[], pMethod: string): Distance | undefined {
  const ridges = tests.filter(({ name }) => name === 'fourierMmdWhitened');
  const named = ridges.find(({ ridge }) => ridge === NAMED_RIDGE);
  if (named === undefined) return undefined;
  const details: Record<string, number> = { expected: named.expected };
  for (const { ridge, value, pValue } of ridges) {
    details[`ridge${ridge}`] = value;
    details[`ridge${ridge}PValue`] = pValue;
  }
  return {
    value: named.value,
    pValue: pOf(tests, 'fourierMmdWhitened'),
    pMethod: `${pMethod}; Cauchy combination of ridges ${ridges.map(({ ridge }) => ridge).join(', ')}`,
    exact: false,
    convention: `δᵀ(S + gI)⁻¹δ of mean Fourier features, S their reference covariance, g = ${NAMED_RIDGE} mean variances; its mean without change is ${Number(named.expected.toPrecision(3))}`,
    details,
  };
}
