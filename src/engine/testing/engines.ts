// SPDX-License-Identifier: Apache-2.0
/** Engines in Node on files in memory, with a count of their reads. */
import { chooseKernels } from '../../kernels/choose.js';
import type { FeatureReport, Report } from '../../report/report.js';
import { bytesFromBuffer } from '../../sources/bytes.js';
import type { Bytes } from '../../sources/source.js';
import { Engine } from '../engine.js';
import { LocalHelper } from '../helper.js';
import type { FileSpec, OpenOptions } from '../protocol.js';

function openBytes(file: FileSpec): Bytes {
  if (!('buffer' in file)) throw new Error('tests give buffers');
  return bytesFromBuffer(file.buffer, file.name);
}

/** An engine of one thread, with `helpers` others of its own thread that take parts as other threads would. */
export async function newEngine(helpers = 0): Promise<Engine> {
  const { kernels } = await chooseKernels();
  const engine = new Engine({ kernels, openBytes, place: 'node', worthSharing: 0 });
  for (let i = 0; i < helpers; i++) engine.addHelper(new LocalHelper(kernels, openBytes));
  return engine;
}

export async function opened(
  reference: FileSpec,
  current: FileSpec,
  { helpers = 0, options = {} }: { helpers?: number; options?: OpenOptions } = {},
): Promise<Engine> {
  const engine = await newEngine(helpers);
  await engine.open('reference', [reference], options);
  await engine.open('current', [current], options);
  return engine;
}

export function featureOf(report: Report, name = 'embedding'): FeatureReport {
  const found = report.features.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no feature ${name}`);
  return found;
}
