// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from 'node:url';

export default {
  mode: 'production',
  entry: './src/main.js',
  output: { path: fileURLToPath(new URL('out/', import.meta.url)), publicPath: '/app/', filename: 'main.js' },
};
