// SPDX-License-Identifier: Apache-2.0
/** Unpacks a raw Snappy block into exactly `length` bytes. Error when the block is damaged or of another length. */
export function unpackSnappy(input: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let pos = 0;
  while (pos < input.length && input[pos] >= 128) pos++;
  pos++;
  let at = 0;
  while (pos < input.length) {
    const tag = input[pos++];
    if ((tag & 3) === 0) {
      let size = (tag >> 2) + 1;
      if (size > 60) {
        const extra = size - 60;
        if (pos + extra > input.length) throw new Error('a Snappy block is truncated');
        size = 1;
        for (let k = 0; k < extra; k++) size += input[pos + k] * 2 ** (8 * k);
        pos += extra;
      }
      if (size > input.length - pos || size > length - at)
        throw new Error('a Snappy literal is longer than its block');
      if (size > 16) out.set(input.subarray(pos, pos + size), at);
      else for (let k = 0; k < size; k++) out[at + k] = input[pos + k];
      pos += size;
      at += size;
    } else {
      const [size, bytes] =
        (tag & 3) === 1 ? [((tag >> 2) & 7) + 4, 1] : [(tag >> 2) + 1, (tag & 3) === 2 ? 2 : 4];
      if (pos + bytes > input.length) throw new Error('a Snappy block is truncated');
      let back = bytes === 1 ? ((tag >> 5) << 8) | input[pos] : input[pos] | (input[pos + 1] << 8);
      if (bytes === 4) back += (input[pos + 2] + input[pos + 3] * 256) * 65_536;
      pos += bytes;
      if (back === 0 || back > at || size > length - at)
        throw new Error('a Snappy copy points outside its block');
      for (const end = at + size; at < end; at++) out[at] = out[at - back];
    }
  }
  if (at !== length) throw new Error(`a Snappy block unpacks to ${at} bytes, not ${length}`);
  return out;
}
