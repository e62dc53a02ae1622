// SPDX-License-Identifier: Apache-2.0
/** What follows `--name` on the command line, a number where `otherwise` is one; `otherwise` where the name is not there. */
export function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`);
  if (at < 0) return otherwise;
  const given = process.argv[at + 1];
  return typeof otherwise === 'number' ? Number(given) : given;
}
