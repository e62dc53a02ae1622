// SPDX-License-Identifier: Apache-2.0
import { svelte } from '@sveltejs/vite-plugin-svelte';

export default {
  base: '/app/',
  plugins: [svelte()],
  worker: { format: 'es' },
  build: { outDir: 'out', target: 'es2022' },
};
