#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
import { isDriftglassError, messageOf } from '../errors.js';
import { VERSION } from '../version.js';
import { parseArguments, USAGE } from './arguments.js';
import { runBaseline, runCompare } from './commands.js';
import { printable } from './terminal-table.js';

/** 0; 1 when --fail-on is met; 2 for bad usage or input, with one line on stderr. */
async function main(argv: readonly string[]): Promise<number> {
  try {
    const parsed = parseArguments(argv);
    switch (parsed.command) {
      case 'help':
        process.stdout.write(USAGE);
        return argv.length === 0 ? 2 : 0;
      case 'version':
        process.stdout.write(`${VERSION}\n`);
        return 0;
      case 'baseline':
        return await runBaseline(parsed);
      case 'compare':
        return await runCompare(parsed);
    }
  } catch (error) {
    const line = printable(messageOf(error).replaceAll('\n', ' '));
    process.stderr.write(`driftglass: ${line}\n`);
    if (!isDriftglassError(error) && process.env['DRIFTGLASS_DEBUG'])
      process.stderr.write(`${(error as Error).stack}\n`);
    return 2;
  }
}

// A closed pipe (| head) is not an error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = await main(process.argv.slice(2));
