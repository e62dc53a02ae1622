// SPDX-License-Identifier: Apache-2.0
// `npm run build`: wasm → dist/ (tsc) → standalone file → pages → custom-elements.json → size report.
import { requireNode } from './setup/node-version.mjs';

requireNode();
Promise.all([import('./setup/packages.mjs'), import('./setup/steps.mjs'), import('./setup/run.mjs')])
  .then(async ([{ installPackages }, { buildSteps }, { runNode }]) => {
    await installPackages();
    for (const step of buildSteps) {
      console.log(`\n── ${step.name}`);
      const code = await step.run();
      if (code !== 0) throw new Error(`${step.name} ended with exit code ${code}`);
    }
    process.exitCode = await runNode('scripts/size-report.mjs');
  })
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
