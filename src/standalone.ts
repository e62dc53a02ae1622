// SPDX-License-Identifier: Apache-2.0
/**
 * Entry of the standalone file for tables, for pages without a build step: embeddings are left out of it for its size (see
 * `standalone-embeddings.ts`), and so is the monitor, which belongs to an app that loads it in parts. One tag defines all elements and the global `driftglass`:
 *
 *     <script src="standalone.js"></script>
 *     <script>const analysis = driftglass.createAnalysis();</script>
 */
export * from './components/index.js';
export { createAnalysis } from './engine/client.js';
export { VERSION } from './version.js';
