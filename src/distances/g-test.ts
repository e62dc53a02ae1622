// SPDX-License-Identifier: Apache-2.0
import { type TableTest, tableTest } from './chi-square.js';
import type { Contingency } from './contingency.js';

/**
 * G = 2 Σ O ln(O/E), the likelihood-ratio test of the 2 × cells table, as scipy.stats.chi2_contingency(
 * lambda_="log-likelihood", correction=False). O = 0 adds nothing. Same limit as χ², same want of merged sparse cells.
 */
export function gTest(counts: Contingency): TableTest {
  return tableTest(counts, (observed, expected) =>
    observed > 0 ? 2 * observed * Math.log(observed / expected) : 0,
  );
}
