// SPDX-License-Identifier: Apache-2.0
/**
 * Entry of the standalone file for tables, for pages without a build step: embeddings are left out of it for its size (see
 * `standalone-embeddings.ts`). One tag defines all elements and the global `driftglass`:
 *
 *     <script src="standalone.js"></script>
 *     <script>const analysis = driftglass.createAnalysis();</script>
 */
export * from './components/index.js';
export * from './index.js';
