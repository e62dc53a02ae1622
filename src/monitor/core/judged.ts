// SPDX-License-Identifier: Apache-2.0
import type { Comparison } from '../../distances/comparison.js';
import type { RatedReport } from '../../verdict/rated-report.js';

/** A window as it was compared, and what that means. */
export interface Judged {
  readonly comparison: Comparison;
  readonly rated: RatedReport;
}
