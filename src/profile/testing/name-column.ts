// SPDX-License-Identifier: Apache-2.0
/** Tables of one column of names. */
import type { Frame } from '../../baseline/frame.js';
import { FrameBuilder } from '../../baseline/frame-builder.js';
import type { Batch } from '../../columns/batch.js';
import { cpuKernels } from '../../kernels/cpu/cpu.js';
import type { CategoryPart, Profile } from '../parts.js';
import { Profiler } from '../profile.js';

function batchOf(names: readonly string[]): Batch {
  const dictionary = [...new Set(names)];
  const places = new Map(dictionary.map((name, i) => [name, i]));
  const codes = Int32Array.from(names, (name) => places.get(name)!);
  return { rows: names.length, columns: new Map([['name', { type: 'string', codes, dictionary }]]) };
}

export function frameOf(names: readonly string[]): Frame {
  const builder = new FrameBuilder([{ name: 'name', type: 'string' }], {
    columns: { name: { role: 'input', kind: 'category' } },
  });
  builder.add(batchOf(names));
  return builder.finish();
}

export function profileOf(frame: Frame, names: readonly string[]): Profile {
  const profiler = new Profiler(frame, cpuKernels);
  profiler.add(batchOf(names));
  return profiler.profile;
}

export const partOf = (profile: Profile) => profile.parts.get('name') as CategoryPart;
