// SPDX-License-Identifier: Apache-2.0

/**
 * The type of a global of browsers, in a way that declarations also compile where an app's types lack it: Node's know no
 * `Worker`, and TypeScript before 6 no `GPUBuffer`.
 */
export type GlobalType<Name extends string> = typeof globalThis extends {
  [K in Name]: { prototype: infer T };
}
  ? T
  : never;
