// SPDX-License-Identifier: Apache-2.0
import { isDriftglassError } from '../../src/errors.js';

/** One clear line. Errors of ours say place and reason themselves. */
export function reasonOf(error: unknown): string {
  if (isDriftglassError(error)) return error.message;
  return error instanceof Error
    ? `Something went wrong: ${error.message}`
    : `Something went wrong: ${String(error)}`;
}
