// SPDX-License-Identifier: Apache-2.0
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installBrowser } from './browser.mjs';
import { installPackages } from './packages.mjs';
import { root, runNode } from './run.mjs';
import { buildSteps } from './steps.mjs';

/** Builds and runs benches, one after the other: each times its job beside its rival. What starts with -- goes on to them. */
export async function runBenches(args) {
  const options = args.filter((arg) => arg.startsWith('--'));
  const names = args.filter((arg) => !arg.startsWith('--'));
  try {
    const known = readdirSync(join(root, 'bench')).filter((name) =>
      existsSync(join(root, 'bench', name, 'run.mjs')),
    );
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length > 0)
      throw new Error(`no bench "${unknown.join('", "')}": there are ${known.join(', ')}`);
    await installPackages();
    const env = { CHROME_PATH: await installBrowser() };
    for (const step of buildSteps) {
      if ((await step.run()) !== 0) throw new Error(`${step.name} failed`);
    }
    for (const name of names.length > 0 ? names : known) {
      console.log(`\n── ${name}`);
      if ((await runNode(`bench/${name}/run.mjs`, options, { env })) !== 0) process.exitCode = 1;
    }
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
