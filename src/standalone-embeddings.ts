// SPDX-License-Identifier: Apache-2.0
/**
 * Entry of the standalone file that compares embeddings too. The same elements and global as of `standalone.ts`, whose build
 * leaves embeddings out (scripts/setup/engine-inside.mjs):
 *
 *     <script src="standalone-embeddings.js"></script>
 */
export * from './standalone.js';
