// SPDX-License-Identifier: Apache-2.0
interface DeviceHints {
  readonly hardwareConcurrency?: number;
  readonly deviceMemory?: number;
  readonly userAgentData?: { readonly mobile?: boolean };
  readonly userAgent?: string;
}

/** The class of device, as far as the browser tells: "8 cores, 8 GB, mobile". Nothing that tells one person from another. */
export function deviceText(): string {
  const hints: DeviceHints = (globalThis as { navigator?: DeviceHints }).navigator ?? {};
  const { hardwareConcurrency: cores, deviceMemory: memory } = hints;
  const mobile = hints.userAgentData?.mobile ?? /Mobi|Android/.test(hints.userAgent ?? '');
  return [
    ...(cores ? [`${cores} ${cores === 1 ? 'core' : 'cores'}`] : []),
    ...(memory ? [`${memory} GB`] : []),
    mobile ? 'mobile' : 'desktop',
  ].join(', ');
}
