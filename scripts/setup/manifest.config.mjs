// SPDX-License-Identifier: Apache-2.0
/** Of @custom-elements-manifest/analyzer: what the elements take, send and can be styled by, read from their JSDoc. */
export default {
  globs: ['src/components/*.ts', 'src/components/drift-*/drift-*.ts'],
  exclude: ['src/components/**/*.test.ts', 'src/components/**/*.styles.ts'],
  litelement: true,
  packagejson: false,
  outdir: '.',
  plugins: [
    {
      name: 'published-paths',
      packageLinkPhase({ customElementsManifest }) {
        rewritePaths(customElementsManifest);
      },
    },
  ],
};

/** Where the sources are read, the package holds what was compiled from them. */
function rewritePaths(value) {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if ((key === 'path' || key === 'module') && typeof inner === 'string') {
      value[key] = inner.replace(/^\/?src\/(.*)\.[jt]s$/, 'dist/$1.js');
    } else {
      rewritePaths(inner);
    }
  }
}
