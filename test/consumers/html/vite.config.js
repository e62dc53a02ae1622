// SPDX-License-Identifier: Apache-2.0
export default {
  base: '/app/',
  worker: { format: 'es' },
  build: { outDir: 'out', target: 'es2022' },
};
