// SPDX-License-Identifier: Apache-2.0
import { expect } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import type { ConsumerOutcome } from './consumer.js';

/** An app compared two samples in a worker with wasm, and asked for nothing that was not there. */
export function expectAtWork({ outcome, missing }: { outcome: ConsumerOutcome; missing: string[] }): void {
  expect(outcome).toMatchObject({
    version: manifest.version,
    rating: 'drift',
    engine: { place: 'worker' },
  });
  expect(outcome.engine?.kernels).toMatch(/^wasm/);
  expect(outcome.badge).toMatch(/drift/i);
  expect(missing).toEqual([]);
}
