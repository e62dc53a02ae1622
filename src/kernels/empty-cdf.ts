// SPDX-License-Identifier: Apache-2.0
import type { CdfPartial } from './kernels.js';

/** What `cdf` says of an empty side. */
export const EMPTY_CDF: CdfPartial = {
  above: Number.NaN,
  aboveAt: Number.NaN,
  below: Number.NaN,
  belowAt: Number.NaN,
  wasserstein: Number.NaN,
  cramer: Number.NaN,
  cramerVonMises: Number.NaN,
  andersonDarling: Number.NaN,
  distinct: 0,
};
