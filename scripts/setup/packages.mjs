// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, root } from './run.mjs';

const lockfile = join(root, 'package-lock.json');
const modules = join(root, 'node_modules');
const stamp = join(modules, '.driftglass-stamp');

/** Installs the packages of the lockfile unless exactly these are there. Install scripts are not run: nothing needs one. */
export async function installPackages() {
  const wanted = wantedStamp();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (!sameAsInstalled()) {
    console.log('Installing packages (npm ci) …');
    await mustRun('npm', ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund']);
  }
  writeFileSync(stamp, wanted);
}

function wantedStamp() {
  const hash = createHash('sha256').update(readFileSync(lockfile)).digest('hex');
  return `${hash} ${process.platform} ${process.arch}\n`;
}

/**
 * True when npm's own record of what it installed agrees with the lockfile, as after `npm install`.
 * Optional packages may be absent: most are binaries for other platforms.
 */
function sameAsInstalled() {
  const record = join(modules, '.package-lock.json');
  // A stamp that disagrees may come from another platform: install again.
  if (existsSync(stamp) && !readFileSync(stamp, 'utf8').endsWith(` ${process.platform} ${process.arch}\n`))
    return false;
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(lockfile, 'utf8')).packages;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.keys(wanted).every((path) => {
    if (path === '') return true;
    if (!(path in installed)) return wanted[path].optional === true || wanted[path].devOptional === true;
    return (
      installed[path].version === wanted[path].version && installed[path].integrity === wanted[path].integrity
    );
  });
}
