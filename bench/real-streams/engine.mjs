// SPDX-License-Identifier: Apache-2.0
// The engine's own functions, from the compiled tree; DRIFTGLASS_DIST names another one.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export { FrameBuilder, kernels, randomFrom, WindowedProfiler } from '../false-alarms/engine.mjs';

const dist = pathToFileURL(
  `${resolve(process.env.DRIFTGLASS_DIST ?? new URL('../../dist', import.meta.url).pathname)}/`,
);
export const load = (path) => import(new URL(path, dist).href);
