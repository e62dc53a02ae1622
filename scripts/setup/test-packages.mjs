// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, root } from './run.mjs';

/** Folders with packages of their own, for tests alone. They are large, so the main install is without them. */
const folders = ['test/adapters', 'test/otel'];

/** Installs what each lockfile names, unless exactly that is there. Install scripts are not run: nothing needs one. */
export async function installTestPackages() {
  for (const folder of folders) {
    const cwd = join(root, folder);
    const stamp = join(cwd, 'node_modules', '.driftglass-stamp');
    const wanted = createHash('sha256')
      .update(readFileSync(join(cwd, 'package-lock.json')))
      .digest('hex');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) continue;
    console.log(`Installing packages of ${folder} (npm ci) …`);
    await mustRun('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd });
    writeFileSync(stamp, wanted);
  }
}
