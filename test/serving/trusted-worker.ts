// SPDX-License-Identifier: Apache-2.0
/** As an app under Trusted Types makes a worker: through a policy of its own. */
export function trustedWorker(address: string): Worker {
  const { trustedTypes } = globalThis as unknown as {
    trustedTypes: { createPolicy(name: string, rules: object): { createScriptURL(text: string): string } };
  };
  const policy = trustedTypes.createPolicy('app', { createScriptURL: (text: string) => text });
  return new Worker(policy.createScriptURL(address), { type: 'module' });
}
