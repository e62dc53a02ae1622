// SPDX-License-Identifier: Apache-2.0
import { onTestFinished } from 'vitest';
import { LastingStore, type LastingStoreOptions } from '../lasting-store.js';

/** What the stores of this test have told of going on in memory. */
export const told: string[] = [];

/** Test files share what the browser stores. */
export const newName = () => `lasting ${crypto.randomUUID()}`;

/** A store of at most 1 MiB that is closed when the test has ended. */
export async function opened(
  options: Partial<LastingStoreOptions> & { name: string },
): Promise<LastingStore> {
  const onFallback = (error: Error) => told.push(`${error.name}: ${error.message}`);
  const store = await LastingStore.open({ limitBytes: 1 << 20, onFallback, ...options });
  onTestFinished(async () => {
    await store.close();
    told.length = 0;
  });
  return store;
}
