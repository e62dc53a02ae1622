// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../../src/errors.js';

/** Loaded on the first HTML export. The pattern matches nothing where the script was not built, which is no build error. */
const built = import.meta.glob<string>('../../dist/report-view.js', { query: '?raw', import: 'default' });

/** The script that an exported HTML report carries. @throws EngineError where it was not built. */
export async function reportScript(): Promise<string> {
  const [load] = Object.values(built);
  if (load === undefined) {
    throw new DriftglassError('EngineError', 'HTML export: this page was built without dist/report-view.js');
  }
  return load();
}
