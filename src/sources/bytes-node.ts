// SPDX-License-Identifier: Apache-2.0
import { DriftglassError, messageOf } from '../errors.js';
import type { Bytes } from './source.js';

/** Bytes of a file on disk, read by range. The file is opened again for each slice, so nothing has to be closed. */
export async function bytesFromPath(path: string): Promise<Bytes> {
  const { open, stat } = await import('node:fs/promises');
  const { basename } = await import('node:path');
  const name = basename(path);
  const info = await stat(path).catch((error: unknown) => {
    throw new DriftglassError('SourceError', `${path}: ${reasonOf(error)}`, { cause: error });
  });
  if (!info.isFile()) throw new DriftglassError('SourceError', `${path}: not a regular file`);
  return {
    name,
    size: info.size,
    async slice(start, end) {
      const file = await open(path, 'r');
      try {
        const from = Math.max(0, Math.min(start, info.size));
        const length = Math.max(0, Math.min(end, info.size) - from);
        const out = new Uint8Array(length);
        let done = 0;
        while (done < length) {
          const { bytesRead } = await file.read(out, done, length - done, from + done);
          if (bytesRead === 0)
            throw new DriftglassError('SourceError', `${path}: the file became shorter while it was read`);
          done += bytesRead;
        }
        return out;
      } finally {
        await file.close();
      }
    },
  };
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read';
  return messageOf(error);
}
