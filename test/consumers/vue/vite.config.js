// SPDX-License-Identifier: Apache-2.0
import vue from '@vitejs/plugin-vue';

const isCustomElement = (tag) => tag.startsWith('drift-');

export default {
  base: '/app/',
  plugins: [vue({ template: { compilerOptions: { isCustomElement } } })],
  worker: { format: 'es' },
  build: { outDir: 'out', target: 'es2022' },
};
