// SPDX-License-Identifier: Apache-2.0
/**
 * The readers of Parquet, Arrow and JSON lines against the libraries that could have been taken instead, each in a process of its
 * own, from bytes in memory to the same sums and counts. All readers of a file must agree before a time is printed. The
 * processor's time (of all threads) tells more than the clock on a machine that has other work.
 *
 *   npm run bench -- readers        or, after `npm run build`: node bench/readers/run.mjs [--dist DIR] [--repeats 5]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const here = import.meta.dirname;
const { values: options } = parseArgs({
  options: {
    dist: { type: 'string', default: join(here, '../../dist') },
    repeats: { type: 'string', default: '5' },
  },
});
if (!existsSync(join(here, 'node_modules'))) execFileSync('npm', ['ci'], { cwd: here, stdio: 'inherit' });

const { makeFiles } = await import('./make-files.mjs');
const { TASKS } = await import('./tasks.mjs');
const folder = mkdtempSync(join(os.tmpdir(), 'driftglass-readers-'));
try {
  const files = await makeFiles(folder);
  console.log(
    `Node ${process.version}, ${os.cpus()[0].model} × ${os.cpus().length}, best of ${options.repeats}`,
  );
  for (const [task, readers] of Object.entries(TASKS)) {
    const megabytes = statSync(files[task]).size / 1e6;
    console.log(
      `\n${task}: ${megabytes.toFixed(1)} MB\n${'reader'.padEnd(30)}${'first ms'.padStart(10)}${'best ms'.padStart(10)}${'cpu ms'.padStart(10)}${'peak MB'.padStart(10)}`,
    );
    const seen = new Set();
    for (const reader of Object.keys(readers)) {
      const args = [
        '--max-old-space-size=8000',
        join(here, 'read.mjs'),
        task,
        reader,
        files[task],
        options.repeats,
        resolve(options.dist),
      ];
      const result = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
      if (result.seen) seen.add(JSON.stringify(result.seen));
      const cells = [result.times[0], Math.min(...result.times), Math.min(...result.cpu), result.peakMb];
      console.log(reader.padEnd(30) + cells.map((cell) => cell.toFixed(0).padStart(10)).join(''));
    }
    if (seen.size !== 1) throw new Error(`the readers disagree: ${[...seen].join(' ')}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
