// SPDX-License-Identifier: Apache-2.0
import { workerData } from 'node:worker_threads';
import { type Endpoint, expose } from 'comlink';
import { HelperHost } from '../engine/helper-host.js';
import { openBytes } from './node-bytes.js';

expose(new HelperHost(openBytes), workerData as Endpoint);
