// SPDX-License-Identifier: Apache-2.0
const FILTERS = ['validation', 'internal', 'out-of-memory'] as const;

/** The first error that `work` causes on the device, or null. What `work` throws is thrown. Leaves no scope open. */
export function withErrorScopes(device: GPUDevice, work: () => void): Promise<GPUError | null> {
  for (const filter of FILTERS) device.pushErrorScope(filter);
  let scopes: Promise<GPUError | null>[] = [];
  try {
    work();
  } finally {
    // A lost device rejects: that shows where its results are read.
    scopes = FILTERS.map(() => device.popErrorScope().catch(() => null));
  }
  return Promise.all(scopes).then((errors) => errors.find((error) => error !== null) ?? null);
}

/** A failure of memory, of the device, or of what we asked. Scopes give GPUErrors; reading rejects when a device is gone. */
export function kindOf(reason: unknown): 'out-of-memory' | 'refused' | 'lost' {
  const name = (reason as { constructor?: { name?: string } } | null)?.constructor?.name ?? '';
  if (name === 'GPUOutOfMemoryError') return 'out-of-memory';
  return name === 'GPUValidationError' || name === 'GPUInternalError' || name === 'DriftglassError'
    ? 'refused'
    : 'lost';
}
