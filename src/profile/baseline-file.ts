// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../baseline/frame.js';
import { isDriftglassError } from '../errors.js';
import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { readProfile, writeProfile } from './codec.js';
import { seal, unseal } from './container.js';
import { readFrame, writeFrame } from './frame-codec.js';
import type { Profile } from './parts.js';

/** All that later data is compared with, in place of the reference's rows: kilobytes, and no row of anybody. */
export interface Baseline {
  /** Of the reference, for people. */
  readonly name: string;
  /** Program and version. */
  readonly createdBy: string;
  readonly frame: Frame;
  readonly profile: Profile;
  /** The reference's calendar windows in time order; empty without a time column. */
  readonly windows: readonly { readonly start: number; readonly profile: Profile }[];
}

const MAX_WINDOWS = 65_536;
/** A window's profile has at least an id, row counts and duplicates. */
const WINDOW_BYTES = 32;

/** A baseline as one versioned buffer, to be saved to a file. */
export function encodeBaseline({ name, createdBy, frame, profile, windows }: Baseline): ArrayBuffer {
  const to = new ByteWriter();
  to.text(name);
  to.text(createdBy);
  writeFrame(to, frame);
  writeProfile(to, profile);
  to.varint(windows.length);
  for (const window of windows) {
    to.f64(window.start);
    writeProfile(to, window.profile);
  }
  return seal(to.bytes, 'baseline');
}

/** The baseline in a buffer. CodecError says whether it is foreign, newer, truncated or corrupted. */
export function decodeBaseline(buffer: ArrayBuffer | Uint8Array): Baseline {
  const from = new ByteReader(unseal(buffer, 'baseline'), 'baseline');
  try {
    const name = from.text();
    const createdBy = from.text();
    const frame = readFrame(from);
    const profile = readProfile(from, frame);
    const size = from.size(MAX_WINDOWS, WINDOW_BYTES);
    const windows = Array.from({ length: size }, () => ({
      start: from.f64(),
      profile: readProfile(from, frame),
    }));
    from.end();
    return { name, createdBy, frame, profile, windows };
  } catch (error) {
    // Within one file a profile of another frame is damage, not a mix-up.
    if (isDriftglassError(error, 'BaselineMismatchError')) throw from.fail(error.message);
    throw error;
  }
}
