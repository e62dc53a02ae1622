// SPDX-License-Identifier: Apache-2.0
/** Of @custom-elements-manifest/analyzer: what the elements take, send and can be styled by, read from their JSDoc. */
export default {
  globs: ['src/components/**/*.ts'],
  exclude: ['src/components/**/*.test.ts', 'src/components/internal/**'],
  litelement: true,
  packagejson: false,
  outdir: '.',
};
