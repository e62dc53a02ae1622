// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, test, vi } from 'vitest';
import { deviceText } from './device.js';
import { monitorOf } from './testing/monitor-of.js';

afterEach(() => vi.unstubAllGlobals());

test.each([
  [{ hardwareConcurrency: 8, deviceMemory: 8, userAgentData: { mobile: false } }, '8 cores, 8 GB, desktop'],
  [{ hardwareConcurrency: 1, userAgentData: { mobile: true } }, '1 core, mobile'],
  // Without client hints, as in Firefox and Safari.
  [{ hardwareConcurrency: 4, userAgent: 'Mozilla/5.0 (Android 15; Mobile; rv:140.0)' }, '4 cores, mobile'],
  [{ userAgent: 'Mozilla/5.0 (X11; Linux x86_64)' }, 'desktop'],
  [undefined, 'desktop'],
])('%j is %s', (navigator, text) => {
  vi.stubGlobal('navigator', navigator);
  expect(deviceText()).toBe(text);
});

test('the host is told', async () => {
  vi.stubGlobal('navigator', { hardwareConcurrency: 6, userAgentData: { mobile: true } });
  const { monitor, host } = monitorOf();
  await monitor.ready;
  expect(host.config?.device).toBe('6 cores, mobile');
});
