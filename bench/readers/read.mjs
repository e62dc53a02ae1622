// SPDX-License-Identifier: Apache-2.0
// One reader in one process: `node read.mjs TASK READER FILE REPEATS DIST`. Prints times on the clock and of the processor (the first is cold), the result and the peak.
import { readFileSync } from 'node:fs';
import { TASKS } from './tasks.mjs';

const [task, reader, path, repeats, dist] = process.argv.slice(2);
const bytes = new Uint8Array(readFileSync(path));
const times = [];
const cpu = [];
let seen;
for (let i = 0; i < Number(repeats); i++) {
  const start = performance.now();
  const before = process.cpuUsage();
  seen = await TASKS[task][reader](bytes, dist);
  times.push(performance.now() - start);
  const { user, system } = process.cpuUsage(before);
  cpu.push((user + system) / 1000);
}
console.log(JSON.stringify({ times, cpu, seen, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }));
