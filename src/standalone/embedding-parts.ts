// SPDX-License-Identifier: Apache-2.0
/**
 * Takes the place of profile/embedding.ts and of its codec in the standalone file for tables: such frames and parts are read,
 * and then left out; none is made or written.
 */

import { refuse } from './left-out.js';

export { ofSteps, stepsOf } from '../profile/embedding.js';
export { readEmbedding, readEmbeddingFrame } from '../profile/embedding-codec.js';

export {
  refuse as emptyEmbedding,
  refuse as mergeEmbedding,
  refuse as subtractEmbedding,
  refuse as writeEmbedding,
  refuse as writeEmbeddingFrame,
};
