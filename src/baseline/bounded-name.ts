// SPDX-License-Identifier: Apache-2.0
import { hashText } from './hash.js';

/** Longer names of categories are kept by how they begin. */
const LONGEST = 160;
const KEPT = 100;

/**
 * The name under which a category is kept, in frames and in profiles: a long one is cut, with a mark that says so and a
 * hash of the whole, so that names that begin alike stay apart. A name that was cut is its own bounded name.
 */
export function boundedName(name: string): string {
  if (name.length <= LONGEST) return name;
  // No half of a surrogate pair.
  const start = name.slice(0, KEPT).replace(/[\ud800-\udbff]$/, '');
  return `${start}… [${name.length} characters, ${hashText(name).toString(16)}]`;
}
