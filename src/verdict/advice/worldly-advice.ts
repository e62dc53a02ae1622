// SPDX-License-Identifier: Apache-2.0
/** What only labels can settle: left out where they have. */
export const UNTIL_LABELLED = ' If the world, label new rows, and retrain if accuracy fell.';

/** Where no fault explains a change. */
export function worldly(name: string): string {
  return `See whether the source of ${name} changed or the world did.${UNTIL_LABELLED}`;
}
