// SPDX-License-Identifier: Apache-2.0
import type { FileSpec } from '../engine/protocol.js';
import { bytesFromBlob, bytesFromBuffer } from '../sources/bytes.js';
import { bytesFromPath } from '../sources/bytes-node.js';
import type { Bytes } from '../sources/source.js';

export function openBytes(file: FileSpec): Bytes | Promise<Bytes> {
  if ('path' in file) return bytesFromPath(file.path);
  return 'blob' in file ? bytesFromBlob(file.blob, file.name) : bytesFromBuffer(file.buffer, file.name);
}
