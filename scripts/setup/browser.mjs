// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { mustRun, root, run, tools } from './run.mjs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    join(process.env.PROGRAMFILES ?? 'C:\\Program Files', 'Google\\Chrome\\Application\\chrome.exe'),
    join(
      process.env['PROGRAMFILES(X86)'] ?? 'C:\\Program Files (x86)',
      'Google\\Chrome\\Application\\chrome.exe',
    ),
  ],
};

/** Path of a Chrome or Chromium: CHROME_PATH, the system's, or one that Playwright downloaded. `undefined` when there is none. */
export function findBrowser() {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (!isExecutable(given)) throw new Error(`CHROME_PATH is "${given}", and nothing there can be run`);
    return given;
  }
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => COMMANDS.map((name) => join(folder, name)));
  return [...onPath, ...(PLACES[process.platform] ?? [])].find(isExecutable) ?? downloaded();
}

/** As `findBrowser`, and installs one when there is none: Debian's package for root, else Playwright's download. */
export async function installBrowser() {
  const found = findBrowser();
  if (found && (process.env.CHROME_PATH || starts(found))) return found;
  if (process.getuid?.() === 0 && isDebian()) {
    console.log("No Chrome or Chromium found: installing the system's package …");
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    if ((await run('apt-get', ['update', '-q'], { env })) === 0) {
      await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { env });
    }
    const installed = findBrowser();
    if (installed && starts(installed)) return installed;
  }
  console.log("No Chrome or Chromium found: taking Playwright's …");
  await mustRun(process.execPath, [tools.playwright, 'install', 'chromium']);
  const path = downloaded();
  if (!path) {
    throw new Error(
      'No browser: install Chrome or Chromium, or point CHROME_PATH at one, and run the same command again',
    );
  }
  return path;
}

/** Firefox and WebKit for the long tier, where they can be installed without asking; without them its tests say so. */
export async function installOtherEngines() {
  const packages = ['firefox-esr', 'webkit2gtk-driver', 'xvfb', 'xauth'];
  if (process.getuid?.() !== 0 || !isDebian()) return;
  if (spawnSync('dpkg', ['-s', ...packages], { stdio: 'ignore' }).status === 0) return;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
}

function downloaded() {
  try {
    const path = createRequire(join(root, 'package.json'))('playwright').chromium.executablePath();
    return isExecutable(path) ? path : undefined;
  } catch {
    // Playwright itself is not installed yet, or knows no browser for this system.
    return undefined;
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Some systems put a stub in the place of Chromium that only asks to install something else. */
function starts(path) {
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

function isDebian() {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
