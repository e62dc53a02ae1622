// SPDX-License-Identifier: Apache-2.0
/** A page whose worker keeps a history. What it found, and each commit that was acknowledged, goes to the server at once. */
import type { WriterOptions } from './writer.worker.js';

const query = new URLSearchParams(location.search);
const worker = new Worker(new URL('./writer.worker.ts', import.meta.url), { type: 'module' });
const options: WriterOptions = {
  name: query.get('name') ?? 'killed',
  durability: query.get('durability') === 'strict' ? 'strict' : 'relaxed',
  origin: location.origin,
};
worker.onerror = ({ message }) => void fetch(`/trouble?${new URLSearchParams({ message })}`);
worker.postMessage(options);
