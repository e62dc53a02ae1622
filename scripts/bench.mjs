// SPDX-License-Identifier: Apache-2.0
// `npm run bench [-- NAME…]`: set-up and build, then bench/run.mjs, which times each job beside its rival.
import { requireNode } from './setup/node-version.mjs';

requireNode();
Promise.all([import('./setup/packages.mjs'), import('./setup/steps.mjs'), import('./setup/run.mjs')])
  .then(async ([{ installPackages }, { buildSteps }, { runNode }]) => {
    await installPackages();
    for (const step of buildSteps) {
      if ((await step.run()) !== 0) throw new Error(`${step.name} failed`);
    }
    process.exitCode = await runNode('bench/run.mjs', process.argv.slice(2));
  })
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
