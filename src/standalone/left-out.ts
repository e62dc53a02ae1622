// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../errors.js';

/** What the standalone file for tables says where it meets an embedding. */
export const ELSEWHERE =
  'the standalone file for tables leaves embeddings out for its size: use standalone-embeddings.js or the npm package';

/** In the place of what works on embeddings. @throws SettingsError */
export function refuse(): never {
  throw new DriftglassError('SettingsError', ELSEWHERE);
}

/** Such columns, by name, in one line for people. */
export function leftOut(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`).join(', ');
  return `${names.length === 1 ? 'embedding' : 'embeddings'} ${quoted} not compared: ${ELSEWHERE}`;
}
