// SPDX-License-Identifier: Apache-2.0
/** Takes the place of profile/baseline-file.ts in the standalone file for tables: embeddings are left out of what is read. */
import { frameId } from '../baseline/frame-id.js';
import { DriftglassError } from '../errors.js';
import { type Baseline, decodeBaseline as decodeWhole } from '../profile/baseline-file.js';
import type { Profile } from '../profile/parts.js';
import { ELSEWHERE, leftOut } from './left-out.js';

export { type Baseline, encodeBaseline } from '../profile/baseline-file.js';

/** The baseline of the other columns, with a frame of its own; its name says what is missing. */
export function decodeBaseline(buffer: ArrayBuffer | Uint8Array): Baseline {
  const whole = decodeWhole(buffer);
  const features = whole.frame.features.filter(({ kind }) => kind !== 'embedding');
  if (features.length === whole.frame.features.length) return whole;
  if (features.length === 0)
    throw new DriftglassError('SourceError', `the baseline holds embeddings alone, and ${ELSEWHERE}`);
  const gone = new Set(
    whole.frame.features.flatMap(({ name, kind }) => (kind === 'embedding' ? [name] : [])),
  );
  const { id: _, ...others } = whole.frame;
  const frame = { ...others, features, schema: whole.frame.schema.filter(({ name }) => !gone.has(name)) };
  const id = frameId(frame);
  const without = (profile: Profile): Profile => ({
    ...profile,
    frameId: id,
    parts: new Map([...profile.parts].filter(([name]) => !gone.has(name))),
  });
  return {
    ...whole,
    name: `${whole.name} (${leftOut([...gone])})`,
    frame: { ...frame, id },
    profile: without(whole.profile),
    windows: whole.windows.map(({ start, profile }) => ({ start, profile: without(profile) })),
  };
}
