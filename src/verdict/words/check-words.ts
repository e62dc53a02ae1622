// SPDX-License-Identifier: Apache-2.0
/** Where its own name, spelled out, would not do. */
const CHECKS: Readonly<Record<string, string>> = {
  missing: 'missing values',
  nan: 'NaN',
  infinite: 'infinite values',
  unparsable: 'unparsable values',
  zeroRows: 'rows of zeros',
  range: 'range of the reference',
  unseen: 'categories never seen',
  constant: 'constant column',
  mean: 'limits of the mean',
  sd: 'limits of the spread',
  rows: 'number of rows',
  order: 'order between columns',
  columnOrder: 'order of the columns',
  gap: 'gaps in time',
  type: 'type of the column',
  columnMissing: 'missing column',
  columnAdded: 'new column',
  jointMeans: 'means together',
  jointCorrelations: 'rank correlations',
};

/** The name of a check as a plain noun: it reads well passed and failed. */
export function checkWords(check: string): string {
  return CHECKS[check] ?? spelled(check);
}

/** "duplicateRows" becomes "duplicate rows". */
export function spelled(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}
