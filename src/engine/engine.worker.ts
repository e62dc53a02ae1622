// SPDX-License-Identifier: Apache-2.0
import { expose } from 'comlink';
import { EngineHost } from './engine-host.js';

expose(new EngineHost('worker'));
// Said once everything above has loaded: the page gives up on a worker that never says it (engine/start.ts).
postMessage({ driftglass: 'ready' });
