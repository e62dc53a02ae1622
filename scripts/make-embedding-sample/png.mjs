// SPDX-License-Identifier: Apache-2.0
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const DEPTH = 4;
const GREY = 0;

/**
 * A grey picture as the bytes of a PNG file, 16 shades: enough for handwriting, and half the bytes of 256.
 * @param {Uint8Array} shades 0 black … 255 white, by rows
 * @param {number} side width and height, an even number of px
 * @returns {Buffer}
 */
export function greyPng(shades, side) {
  const stride = 1 + side / 2;
  const rows = Buffer.alloc(stride * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const level = Math.round(shades[y * side + x] / 17);
      rows[y * stride + 1 + (x >> 1)] |= x % 2 === 0 ? level << 4 : level;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = DEPTH;
  head[9] = GREY;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const whole = Buffer.alloc(8 + body.length);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), 4 + body.length);
  return whole;
}
