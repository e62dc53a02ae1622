// SPDX-License-Identifier: Apache-2.0
import { DriftglassError, isDriftglassError, messageOf } from '../errors.js';

/** A `SourceError` that begins with the file's name, so that a person with two files knows which one is meant. */
export function sourceError(file: string, reason: string, cause?: unknown): DriftglassError {
  return new DriftglassError(
    'SourceError',
    `${file}: ${reason}`,
    cause === undefined ? undefined : { cause },
  );
}

/**
 * Whatever a decoder threw, as an error of ours. Decoders of binary formats read outside their buffers when a file is
 * damaged, and the engine then throws a RangeError: for the person it means a damaged file. `place` is put before the
 * reason ("row group 2, column delay: ").
 */
export function asSourceError(file: string, error: unknown, place = ''): DriftglassError {
  if (isDriftglassError(error)) return error;
  const reason = messageOf(error);
  if (error instanceof SyntaxError) return sourceError(file, `${place}no valid JSON (${reason})`, error);
  const damaged = error instanceof RangeError || error instanceof TypeError;
  return sourceError(file, place + (damaged ? `damaged or truncated (${reason})` : reason), error);
}

/** Throws the caller's `AbortError` when the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new DriftglassError('AbortError', 'reading was cancelled');
}
