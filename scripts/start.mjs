// SPDX-License-Identifier: Apache-2.0
// `npm start` on any machine: sets up what is missing, builds the page and serves it.
import { requireNode } from './setup/node-version.mjs';

requireNode();
import('./setup/serve.mjs').then((module) => module.serve(process.argv.slice(2)));
