// SPDX-License-Identifier: Apache-2.0
// Written in the JavaScript of 2017 and imported before anything newer, so that an old Node reaches the clear word.

/** The range of `engines` in package.json: ^20.19 || >=22.12. */
export function isSupported(version) {
  const parts = version.replace(/^v/, '').split('.').map(Number);
  const major = parts[0];
  const minor = parts[1];
  if (major === 20) return minor >= 19;
  if (major === 22) return minor >= 12;
  return major > 22;
}

/** Ends the process with a plain sentence when this Node is too old. */
export function requireNode() {
  if (isSupported(process.version)) return;
  console.error(
    'driftglass needs Node 20.19 or newer 20, or Node 22.12 or newer. This is Node ' +
      process.version.replace(/^v/, '') +
      '. Install a current one, then run the same command again.',
  );
  process.exit(1);
}
