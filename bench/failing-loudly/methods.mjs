// SPDX-License-Identifier: Apache-2.0
// The rows of the tables: what each test looks at, at which sizes.
import { ourDefault } from './our-default.mjs';
import { classCounts, classifierTest, kolmogorovSmirnov, meanDiscrepancy } from './two-sample.mjs';

export const SIZES = [10, 20, 50, 100, 200, 500, 1_000, 10_000];

/** MMD costs the square of the rows: the paper, too, stops here. */
const LARGEST_GRAM = 1_000;

const LABELS = { raw: 'NoRed', pca: 'PCA', srp: 'SRP', uae: 'UAE', tae: 'TAE', softmax: 'BBSDs' };

/** `run({ reference, window, n, random })` → p or a promise of it, where a paired test takes n rows of each side. */
export const METHODS = [
  ...Object.entries(LABELS).map(([view, label]) => ({
    name: `KS ${label}`,
    run: ({ reference, window, n }) => kolmogorovSmirnov({ reference, window, view, m: n, n }),
  })),
  { name: 'χ² BBSDh', run: classCounts },
  { name: 'classifier', run: classifierTest },
  ...Object.entries(LABELS).map(([view, label]) => ({
    name: `MMD ${label}`,
    largest: LARGEST_GRAM,
    run: (task) => meanDiscrepancy({ ...task, view }),
  })),
  {
    name: 'KS BBSDs, whole reference',
    run: ({ reference, window, n }) =>
      kolmogorovSmirnov({ reference, window, view: 'softmax', m: reference.rows, n }),
  },
  { name: 'our default', run: ourDefault },
];
