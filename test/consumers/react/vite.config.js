// SPDX-License-Identifier: Apache-2.0
import react from '@vitejs/plugin-react';

export default {
  base: '/app/',
  plugins: [react()],
  worker: { format: 'es' },
  build: { outDir: 'out', target: 'es2022' },
};
