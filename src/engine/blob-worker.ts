// SPDX-License-Identifier: Apache-2.0

/**
 * A worker's own script must be of the page's origin, but a module that it imports need not: this starts a worker that is
 * served from elsewhere (a CDN for assets) with CORS headers. `byUrl` makes the worker by its own address.
 */
export function workerFromBlob(byUrl: () => Worker): Worker {
  const address = workerAddress(byUrl);
  // Not a module worker: Chromium refuses those from a blob in a sandboxed frame.
  const text = `import(${JSON.stringify(address)}).catch(reportError);`;
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const worker = new Worker(trusted(url));
  const release = (): void => URL.revokeObjectURL(url);
  worker.addEventListener('message', release, { once: true });
  worker.addEventListener('error', release, { once: true });
  return worker;
}

/**
 * The address of the worker's script after bundling. Only `byUrl` holds it, in the one form that bundlers rewrite (a
 * second `new URL(…)` outside `new Worker(…)` would make them ship the unbundled file too). So it is asked with `Worker`
 * replaced for that one synchronous call, during which nothing else can run.
 */
function workerAddress(byUrl: () => Worker): string {
  const Real = globalThis.Worker;
  let address = '';
  class Listener {
    constructor(url: string | URL) {
      address = String(url);
    }
  }
  globalThis.Worker = Listener as unknown as typeof Worker;
  try {
    byUrl();
  } finally {
    globalThis.Worker = Real;
  }
  return address;
}

/**
 * The address as a page under `require-trusted-types-for 'script'` wants it: through the policy "driftglass", which that
 * page may allow by name. Ours is the only text that goes through it.
 * @throws TypeError where the page forbids the policy
 */
function trusted(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypesFactory };
  if (trustedTypes === undefined) return url;
  policy ??= trustedTypes.createPolicy('driftglass', { createScriptURL: (text) => text });
  return policy.createScriptURL(url);
}

let policy: TrustedTypesPolicy | undefined;

/** The little that is used here of the Trusted Types API, which the worker's library does not declare. */
interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createScriptURL(text: string): string }): TrustedTypesPolicy;
}
interface TrustedTypesPolicy {
  createScriptURL(text: string): string;
}
