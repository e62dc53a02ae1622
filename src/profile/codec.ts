// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../baseline/frame.js';
import { DriftglassError } from '../errors.js';
import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { seal, unseal } from './container.js';
import { readPart, readTablePart, writePart, writeTablePart } from './part-codec.js';
import type { Part, Profile } from './parts.js';

/** A profile as one versioned buffer. Equal profiles have equal bytes. The frame is not in it, only its id. */
export function encodeProfile(profile: Profile): ArrayBuffer {
  const to = new ByteWriter();
  writeProfile(to, profile);
  return seal(to.bytes, 'profile');
}

/**
 * The profile in a buffer. CodecError when it is foreign, newer, truncated or corrupted; BaselineMismatchError when it
 * was measured against another frame.
 */
export function decodeProfile(buffer: ArrayBuffer | Uint8Array, frame: Frame): Profile {
  const from = new ByteReader(unseal(buffer, 'profile'), 'profile');
  const profile = readProfile(from, frame);
  from.end();
  return profile;
}

/** Appends a profile to a larger buffer. */
export function writeProfile(to: ByteWriter, profile: Profile): void {
  to.text(profile.frameId);
  to.varint(profile.rows);
  to.varint(profile.skipped);
  for (const part of profile.parts.values()) writePart(to, part);
  writeTablePart(to, profile.table);
}

/** Reads what writeProfile wrote. */
export function readProfile(from: ByteReader, frame: Frame): Profile {
  const frameId = from.text();
  if (frameId !== frame.id) {
    const message = `the profile belongs to baseline ${frameId}, not to ${frame.id}`;
    throw new DriftglassError('BaselineMismatchError', message);
  }
  const rows = from.varint();
  const skipped = from.varint();
  const parts = new Map<string, Part>();
  for (const feature of frame.features) parts.set(feature.name, readPart(from, feature.frame));
  return { frameId, rows, skipped, parts, table: readTablePart(from, frame) };
}
