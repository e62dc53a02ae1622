// SPDX-License-Identifier: Apache-2.0
import { bytesFromBuffer } from '../bytes.js';
import { crc32 } from '../crc32.js';
import type { Bytes } from '../source.js';

/** An array of an archive; it is unpacked only when opened. */
export interface ArrayEntry {
  /** Name without ".npy". */
  readonly name: string;
  open(): Promise<Bytes>;
}

const MAX_ENTRIES = 10_000;
const MAX_UNPACKED = 2 ** 30;
const END = 0x06054b50;
const END64 = 0x06064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

interface Central {
  readonly offset: number;
  readonly size: number;
  readonly entries: number;
}

/** The `.npy` entries of a zip archive, by its central directory. All sizes are checked against the file. */
export async function openZip(file: Bytes): Promise<ArrayEntry[]> {
  const { offset, size, entries } = await findCentral(file);
  if (entries > MAX_ENTRIES || offset < 0 || offset + size > file.size)
    throw new Error('the zip directory is damaged');
  const bytes = await file.slice(offset, offset + size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: ArrayEntry[] = [];
  const budget = { left: MAX_UNPACKED };
  for (let i = 0, at = 0; i < entries; i++) {
    if (view.getUint32(at, true) !== CENTRAL) throw new Error('the zip directory is damaged');
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    const entry = {
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      ...wideSizes(
        extra,
        view.getUint32(at + 24, true),
        view.getUint32(at + 20, true),
        view.getUint32(at + 42, true),
      ),
    };
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (name.endsWith('.npy'))
      found.push({ name: name.slice(0, -4), open: () => openEntry(file, entry, budget) });
  }
  return found;
}

async function findCentral(file: Bytes): Promise<Central> {
  const start = Math.max(0, file.size - 65_557);
  const tail = await file.slice(start, file.size);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== END) continue;
    const offset = view.getUint32(at + 16, true);
    const entries = view.getUint16(at + 10, true);
    if (offset !== 0xffff_ffff && entries !== 0xffff)
      return { offset, size: view.getUint32(at + 12, true), entries };
    return findCentral64(file, start + at);
  }
  throw new Error('the zip archive is truncated: it has no directory');
}

/** Large archives keep the directory's place in a record before the usual one. */
async function findCentral64(file: Bytes, end: number): Promise<Central> {
  const locator = await file.slice(Math.max(0, end - 20), end);
  const at = Number(
    new DataView(locator.buffer, locator.byteOffset, locator.byteLength).getBigUint64(8, true),
  );
  if (at + 56 > file.size) throw new Error('the zip directory is damaged');
  const record = await file.slice(at, at + 56);
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  if (view.getUint32(0, true) !== END64) throw new Error('the zip directory is damaged');
  const number = (place: number) => Number(view.getBigUint64(place, true));
  return { entries: number(32), size: number(40), offset: number(48) };
}

interface Entry {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly unpacked: number;
  readonly packed: number;
  readonly offset: number;
}

/** Sizes of 0xffffffff stand in the extra field as 64-bit numbers, in the order of the fields. */
function wideSizes(extra: Uint8Array, unpacked: number, packed: number, offset: number) {
  const sizes = [unpacked, packed, offset];
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let place = at + 4;
    for (let k = 0; k < 3; k++) {
      if (sizes[k] !== 0xffff_ffff) continue;
      sizes[k] = Number(view.getBigUint64(place, true));
      place += 8;
    }
  }
  return { unpacked: sizes[0], packed: sizes[1], offset: sizes[2] };
}

async function openEntry(file: Bytes, entry: Entry, budget: { left: number }): Promise<Bytes> {
  if (entry.flags & 1) throw new Error('encrypted');
  const head = await file.slice(entry.offset, entry.offset + 30);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (view.getUint32(0, true) !== LOCAL) throw new Error('its zip entry is damaged');
  const start = entry.offset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  if (start + entry.packed > file.size) throw new Error('its zip entry is truncated');
  if (entry.method === 0) {
    // stored as it is: read by range, nothing is copied; its checksum is not verified
    const clamp = (at: number) => Math.max(0, Math.min(at, entry.packed));
    return {
      name: file.name,
      size: entry.packed,
      slice: (from, to) => file.slice(start + clamp(from), start + clamp(to)),
    };
  }
  if (entry.method !== 8) throw new Error(`compressed by zip method ${entry.method}, which is not supported`);
  budget.left -= entry.unpacked;
  if (budget.left < 0 || entry.unpacked > 64 + 1040 * entry.packed) {
    throw new Error(`states that it unpacks to ${entry.unpacked} bytes, which is too much`);
  }
  const { inflateSync } = await import('../inflate.js');
  const out = inflateSync(await file.slice(start, start + entry.packed), {
    out: new Uint8Array(entry.unpacked),
  });
  if (out.length !== entry.unpacked || crc32(out) !== entry.crc)
    throw new Error('its compressed data is damaged');
  return bytesFromBuffer(out, file.name);
}
