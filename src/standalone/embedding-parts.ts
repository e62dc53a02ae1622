// SPDX-License-Identifier: Apache-2.0
/** Takes the place of profile/embedding.ts in the standalone file for tables: the codec reads such parts before they are left out. */

import { DriftglassError } from '../errors.js';
import { ELSEWHERE } from './left-out.js';

export { ofSteps, stepsOf } from '../profile/embedding.js';

function refuse(): never {
  throw new DriftglassError('SettingsError', ELSEWHERE);
}

export { refuse as emptyEmbedding, refuse as mergeEmbedding, refuse as subtractEmbedding };
