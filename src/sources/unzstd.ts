// SPDX-License-Identifier: Apache-2.0
/** What is used of the library, by name: see inflate.ts. */
export { decompress } from 'fzstd';
