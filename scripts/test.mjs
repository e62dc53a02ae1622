// SPDX-License-Identifier: Apache-2.0
// `npm test` on any machine: sets up what is missing, then every check. `--all` adds the long tiers.
import { requireNode } from './setup/node-version.mjs';

requireNode();
import('./setup/check.mjs').then((module) => module.check({ all: process.argv.includes('--all') }));
