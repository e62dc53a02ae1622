// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { tryConsumer } from './consumer.js';

describe.each(['html', 'react', 'vue', 'svelte'])('an app of %s', (name) => {
  test('its panel shows what a monitor in a worker finds', async () => {
    const { outcome, missing } = await tryConsumer(name);
    expect(outcome.error).toBeUndefined();
    expect(outcome).toMatchObject({ rating: 'drift', state: 'running', engine: { place: 'worker' } });
    expect(outcome.badge).toMatch(/amount/);
    for (const part of ['Alerts', 'amount', 'country', 'release 2', 'labels', 'failed calls']) {
      expect(outcome.shown).toContain(part);
    }
    // Properties go down and events come up through the framework's own way of writing them.
    if (name !== 'html') expect(outcome.event).toBe('The panel is open.');
    expect(missing).toEqual([]);
  });
});
