// SPDX-License-Identifier: Apache-2.0
// The package ships types for its entry only; this is the file that is loaded of it.
declare module 'hyparquet-compressors/src/brotli.js' {
  export function decompressBrotli(input: Uint8Array, outputLength: number): Uint8Array;
}
