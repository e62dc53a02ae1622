// SPDX-License-Identifier: Apache-2.0
/** Unpacks one Zstandard frame to exactly `length` bytes. */
export type UnpackZstd = (input: Uint8Array, length: number) => Uint8Array;

/** The unpacker; its code is loaded on first use. */
export async function loadZstd(): Promise<UnpackZstd> {
  const { decompress } = await import('./unzstd.js');
  return (input, length) => {
    const stated = contentSize(input);
    if (stated !== undefined && stated !== length)
      throw new Error(`Zstandard data unpacks to ${stated} bytes, not ${length}`);
    const out = new Uint8Array(length);
    // the library compares its output buffer with a number, for which the engine would print out all of its bytes
    Object.defineProperty(out, 'toString', { value: () => '' });
    const unpacked = decompress(input, out);
    if (unpacked.length !== length)
      throw new Error(`Zstandard data unpacks to ${unpacked.length} bytes, not ${length}`);
    return unpacked;
  };
}

/** Size of the content as the frame's header states it; undefined when it does not. */
function contentSize(input: Uint8Array): number | undefined {
  if (input.length < 6) throw new Error('Zstandard data is truncated');
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (view.getUint32(0, true) !== 0xfd2fb528) return undefined;
  const flags = input[4];
  const single = (flags & 32) !== 0;
  const at = 5 + (single ? 0 : 1) + [0, 1, 2, 4][flags & 3];
  switch (flags >> 6) {
    case 0:
      return single ? view.getUint8(at) : undefined;
    case 1:
      return view.getUint16(at, true) + 256;
    case 2:
      return view.getUint32(at, true);
    default:
      return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
  }
}
