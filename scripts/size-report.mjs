// SPDX-License-Identifier: Apache-2.0
// Prints what each entry weighs against its budget. Needs a build.
import { budgets, measure } from './setup/sizes.mjs';

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
let over = false;
console.log(
  `${'entry'.padEnd(28)}${['minified', 'brotli', 'budget', 'later'].map((word) => word.padStart(11)).join('')}`,
);
for (const budget of budgets) {
  const { raw, brotli, later } = await measure(budget);
  const numbers = [raw, brotli, budget.limit, later].map((bytes) => kilobytes(bytes).padStart(11)).join('');
  console.log(`${budget.name.padEnd(28)}${numbers}${brotli > budget.limit ? '  OVER' : ''}`);
  over ||= brotli > budget.limit;
}
// A test holds the budgets; the report only tells.
if (over) console.log('An entry is over its budget.');
