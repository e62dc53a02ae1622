// SPDX-License-Identifier: Apache-2.0
/** CRC-32 as in gzip, zip and Parquet pages (polynomial 0xEDB88320, reflected). Four tables, four bytes a step. */
const TABLES = buildTables();

function buildTables(): Int32Array[] {
  const tables = [0, 1, 2, 3].map(() => new Int32Array(256));
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    tables[0][n] = c;
  }
  for (let n = 0; n < 256; n++) {
    for (let t = 1; t < 4; t++) {
      const before = tables[t - 1][n];
      tables[t][n] = (before >>> 8) ^ tables[0][before & 0xff];
    }
  }
  return tables;
}

/** Checksum of `bytes` as an unsigned 32-bit integer; going on from `before`, the checksum of what came before them. */
export function crc32(bytes: Uint8Array, before = 0): number {
  const [t0, t1, t2, t3] = TABLES;
  let crc = ~before;
  let i = 0;
  const bulk = bytes.length - (bytes.length % 4);
  for (; i < bulk; i += 4) {
    crc ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    crc = t3[crc & 0xff] ^ t2[(crc >>> 8) & 0xff] ^ t1[(crc >>> 16) & 0xff] ^ t0[crc >>> 24];
  }
  for (; i < bytes.length; i++) crc = (crc >>> 8) ^ t0[(crc ^ bytes[i]) & 0xff];
  return ~crc >>> 0;
}
