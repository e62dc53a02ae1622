// SPDX-License-Identifier: Apache-2.0
/** A helper behind a port, as on another thread. */
import { expose } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import { FrameBuilder } from '../baseline/frame-builder.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { bytesFromBuffer } from '../sources/bytes.js';
import type { Bytes } from '../sources/source.js';
import { LocalHelper, type SourceSpec } from './helper.js';
import { HelperHost } from './helper-host.js';
import { RemoteHelper } from './remote-helper.js';
import { tableCsv } from './testing/tables.js';

const CHUNK = 1024 * 1024;
const rows = new TextEncoder().encode(tableCsv({ rows: 20_000, seed: 4 }).split('\n').slice(1).join('\n'));
const header = new TextEncoder().encode('id,when,speed,load,city,ok\n');
/** About 24 MB: twelve chunks of reading. */
const copies = Math.ceil((24 * CHUNK) / rows.length);
const file = new Uint8Array(header.length + copies * rows.length);
file.set(header);
for (let i = 0; i < copies; i++) file.set(rows, header.length + i * rows.length);

const spec: SourceSpec = { id: 1, files: [{ name: 'rows.csv', buffer: file.buffer }], options: {} };

/** The file, and what is told of each large read of it. */
function watched(onRead: () => void): Bytes {
  const bytes = bytesFromBuffer(file, 'rows.csv');
  return {
    ...bytes,
    slice: (start, end) => {
      if (end - start >= CHUNK) onRead();
      return bytes.slice(start, end);
    },
  };
}

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function remote(openBytes: () => Bytes): RemoteHelper {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  expose(new HelperHost(openBytes), port2);
  return new RemoteHelper(port1);
}

async function frame() {
  const local = new LocalHelper(cpuKernels, () => bytesFromBuffer(file, 'rows.csv'));
  const { schema } = await local.source(spec);
  const builder = new FrameBuilder(schema, {}, cpuKernels);
  const batch = await local.sample(spec, 0, null);
  if (batch !== null) builder.add(batch);
  return { frame: builder.finish(), parts: (await local.source(spec)).parts };
}

describe('a remote helper', () => {
  it('stops within its run when that is cancelled, and works on for the next', async () => {
    const cancel = new AbortController();
    let reads = 0;
    const helper = remote(() =>
      watched(() => {
        reads++;
        if (reads === 3) cancel.abort();
      }),
    );
    const { frame: measured, parts } = await frame();
    const how = { frame: measured, split: null };
    await expect(helper.profileParts(spec, [0, parts], how, cancel.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
    const atStop = reads;
    // Of twelve chunks; the message takes a turn or two.
    expect(atStop).toBeLessThan(9);
    await new Promise((later) => setTimeout(later, 50));
    expect(reads).toBeLessThanOrEqual(atStop + 1);
    const again = await helper.profileParts(spec, [0, 1], how, new AbortController().signal);
    expect(again.rows).toBeGreaterThan(10_000);
  });

  it('measures rows that are handed to it, and hands them back', async () => {
    const { frame: measured } = await frame();
    const local = new LocalHelper(cpuKernels, () => bytesFromBuffer(file, 'rows.csv'));
    const batch = await local.sample(spec, 0, null);
    if (batch === null) throw new Error('there are rows');
    const speed = (list: readonly { columns: typeof batch.columns }[]) => {
      const column = list[0]?.columns.get('speed');
      return column !== undefined && 'values' in column ? [...column.values.slice(0, 100)] : [];
    };
    const before = speed([batch]);
    const here = await local.profileRows([batch], measured);
    const there = await remote(() => bytesFromBuffer(file, 'rows.csv')).profileRows([batch], measured);
    expect(speed(there.batches)).toEqual(before);
    expect(there.windowed.profile.rows).toBe(here.windowed.profile.rows);
    expect(there.windowed.profile.parts.get('speed')).toMatchObject({
      counts: (here.windowed.profile.parts.get('speed') as { counts: Float64Array }).counts,
    });
  });
});
