// SPDX-License-Identifier: Apache-2.0
import { messageOf } from '../../errors.js';
import { ListLengths, SAMPLED_LISTS } from '../list-lengths.js';
import type { Bytes } from '../source.js';
import { loadCodec } from './codecs.js';
import type { ListLeaf } from './leaves.js';
import type { ParquetMetadata } from './metadata.js';
import { VectorReader } from './vector-reader.js';

const SAMPLED_GROUPS = 8;
const ROWS_AT_ONCE = 32;
/** Elements after which the lists seen have to do: long ones are alike soon. */
const SAMPLED_ELEMENTS = 2 ** 18;

/** The length of most of the first lists of a column; or why it is left out, be it that they cannot be decoded. */
export async function usualLength(
  bytes: Bytes,
  metadata: ParquetMetadata,
  leaf: ListLeaf,
): Promise<number | string> {
  try {
    return await sampledLength(bytes, metadata, leaf);
  } catch (error) {
    return `a nested list that cannot be read (${messageOf(error)})`;
  }
}

async function sampledLength(
  bytes: Bytes,
  { rowGroups }: ParquetMetadata,
  leaf: ListLeaf,
): Promise<number | string> {
  const lengths = new ListLengths();
  let elements = 0;
  for (const group of rowGroups.slice(0, SAMPLED_GROUPS)) {
    const chunk = group.columns[leaf.ordinal];
    const reader = new VectorReader(bytes, chunk, leaf, await loadCodec(chunk.codec));
    const rows = Math.min(group.rows, SAMPLED_LISTS);
    for (let row = 0; row < rows && !lengths.enough && elements < SAMPLED_ELEMENTS; row += ROWS_AT_ONCE) {
      for (const length of await reader.lengths(Math.min(ROWS_AT_ONCE, rows - row))) {
        if (length < 0) continue;
        lengths.add(length);
        elements += length;
      }
    }
    if (lengths.enough || elements >= SAMPLED_ELEMENTS) break;
  }
  return lengths.verdict();
}
