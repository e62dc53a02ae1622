// SPDX-License-Identifier: Apache-2.0
import type { Question } from '../questions.js';

/** How values lie, in so many cells from the first slot on. */
export function valuesQuestion(size: number): Question {
  return {
    metric: 'kolmogorovSmirnov',
    tolerance: 'kolmogorovSmirnov',
    kind: 'ordered',
    onlyMore: false,
    at: 0,
    size,
    of: 'values',
    bins: [],
  };
}
