// SPDX-License-Identifier: Apache-2.0
import { DriftglassError, messageOf } from '../../errors.js';
import type { MonitorOptions } from '../monitor.js';

/**
 * The bytes of a baseline file: a copy of their own, which can be given away. Null where the app gives none.
 * @throws SourceError with the address and the reason
 */
export async function loadBaseline(baseline: MonitorOptions['baseline']): Promise<ArrayBuffer | null> {
  if (baseline === undefined) return null;
  if (typeof baseline === 'string' || baseline instanceof URL) return fetched(String(baseline));
  try {
    const content = await baseline;
    if (content instanceof Blob) return await content.arrayBuffer();
    // Not `slice`: a Buffer's shares its memory, and with others what Node keeps for small ones.
    if (ArrayBuffer.isView(content)) return new Uint8Array(content).buffer;
    return content.slice(0);
  } catch (error) {
    throw new DriftglassError('SourceError', `the baseline cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

async function fetched(address: string): Promise<ArrayBuffer> {
  let response: Response;
  try {
    response = await fetch(address);
    if (response.ok && !isPage(response)) return await response.arrayBuffer();
  } catch (error) {
    throw new DriftglassError('SourceError', `the baseline ${address} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
  throw new DriftglassError(
    'SourceError',
    `the baseline ${address} cannot be read: the server answered ${response.ok ? 'with a page' : response.status}`,
  );
}

/** Development servers answer with the app itself where a file is missing. */
function isPage(response: Response): boolean {
  return String(response.headers.get('content-type')).startsWith('text/html');
}
