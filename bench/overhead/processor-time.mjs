// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';

/**
 * What `use` takes of the processor, in seconds of each thread.
 * @template T
 * @param {() => Promise<T>} use
 */
export async function processorTimeOf(use) {
  const before = processorSeconds();
  const result = await use();
  const after = processorSeconds();
  return { result, main: after.main - before.main, workers: after.workers - before.workers };
}

/**
 * Seconds of processor time of the page's main thread and of its workers so far; what else runs on the machine is not in
 * them. Linux only: NaN elsewhere.
 */
function processorSeconds() {
  const seconds = { main: 0, workers: 0 };
  const ticks = 100;
  try {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
      for (const task of rendererTasks(pid)) {
        const comm = readFileSync(`${task}/comm`, 'utf8').trim();
        const stat = readFileSync(`${task}/stat`, 'utf8');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const used = (Number(fields[11]) + Number(fields[12])) / ticks;
        if (task.endsWith(`/${pid}`)) seconds.main += used;
        else if (comm === 'DedicatedWorker') seconds.workers += used;
      }
    return seconds;
  } catch {
    return { main: Number.NaN, workers: Number.NaN };
  }
}

/** Threads of a renderer of our own browser; none for any other process. */
function rendererTasks(pid) {
  try {
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer') || !isOurs(pid)) return [];
    return readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}`);
  } catch {
    return [];
  }
}

function isOurs(pid) {
  for (let at = Number(pid); at > 1; at = parentOf(at)) if (at === process.pid) return true;
  return false;
}

function parentOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}
