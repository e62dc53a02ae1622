// SPDX-License-Identifier: Apache-2.0
// `npm run bench [-- NAME… --OPTION…]`: set-up and build, then bench/NAME/run.mjs with the options, all of them when none is named.
import { requireNode } from './setup/node-version.mjs';

requireNode();
import('./setup/benches.mjs').then((module) => module.runBenches(process.argv.slice(2)));
