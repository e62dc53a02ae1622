// SPDX-License-Identifier: Apache-2.0
/**
 * Every error that driftglass raises on purpose. `name` is the tag: an error that crosses a worker border keeps
 * its name and message but loses its class, so guard with `isDriftglassError`, never with `instanceof`.
 */

export type ErrorName =
  /** A file cannot be read: wrong, truncated, encrypted or unsupported content. */
  | 'SourceError'
  /** Columns, names or lengths of a batch contradict each other or the schema. */
  | 'SchemaError'
  /** A baseline or profile buffer is corrupted, not ours, or of a newer version. */
  | 'CodecError'
  /** Two profiles of different baselines were asked to merge. */
  | 'BaselineMismatchError'
  /** Settings or command-line arguments that mean nothing. */
  | 'SettingsError'
  /** The worker never answered, died, or was stopped. */
  | 'EngineError'
  /** The caller cancelled. */
  | 'AbortError';

/** An error with a tag that survives a worker, and a message that says place and reason. */
export class DriftglassError extends Error {
  constructor(name: ErrorName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}

/** True when `error` is one of ours, and of one of `names` where names are given. */
export function isDriftglassError(error: unknown, ...names: ErrorName[]): error is DriftglassError {
  if (!(error instanceof Error)) return false;
  return names.length === 0 ? ERROR_NAMES.has(error.name) : names.includes(error.name as ErrorName);
}

/** What was thrown, in words: errors of another realm and of a GPU are no instances of Error, and some have no message. */
export function messageOf(error: unknown): string {
  try {
    const message = (error as { readonly message?: unknown } | null | undefined)?.message;
    return typeof message === 'string' && message !== '' ? message : String(error);
  } catch {
    // What an app throws may refuse even to be made a text.
    return 'something that cannot be told in words';
  }
}

const ERROR_NAMES: ReadonlySet<string> = new Set<ErrorName>([
  'SourceError',
  'SchemaError',
  'CodecError',
  'BaselineMismatchError',
  'SettingsError',
  'EngineError',
  'AbortError',
]);
