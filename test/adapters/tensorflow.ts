// SPDX-License-Identifier: Apache-2.0
/** The real library, from the packages of this folder, served as they are: the way an app without a bundler loads it. */
import type { Library, Tensor } from '../../src/adapters/tensorflow/types.js';

const PACKAGES = '/test/adapters/node_modules/@tensorflow/';

export type Backend = 'cpu' | 'wasm' | 'webgl' | 'webgpu';
export const BACKENDS: readonly Backend[] = ['cpu', 'wasm', 'webgl', 'webgpu'];

/** What the tests use of the library beside what the adapter does. */
export interface TensorFlowForTests extends Library {
  readonly model: NonNullable<Library['model']>;
  // biome-ignore lint/suspicious/noExplicitAny: the library's types are in a package that may not be there
  readonly [name: string]: any;
}

let loading: Promise<TensorFlowForTests> | undefined;

/** All backends registered, none chosen. */
export function loadTensorFlow(): Promise<TensorFlowForTests> {
  loading ??= (async () => {
    await script('tfjs/dist/tf.min.js');
    await script('tfjs-backend-wasm/dist/tf-backend-wasm.min.js');
    await script('tfjs-backend-webgpu/dist/tf-backend-webgpu.min.js');
    const { tf } = globalThis as unknown as { tf: TensorFlowForTests };
    tf['wasm'].setWasmPaths(`${PACKAGES}tfjs-backend-wasm/dist/`);
    return tf;
  })();
  return loading;
}

/** Makes a backend the one in use; rejects where it does not start. */
export async function useBackend(tf: TensorFlowForTests, backend: Backend): Promise<void> {
  if (!(await tf['setBackend'](backend))) throw new Error(`the backend ${backend} does not start here`);
  await tf['ready']();
}

export function valuesOf(tensor: Tensor): number[] {
  return Array.from(tensor.dataSync() as ArrayLike<number>);
}

function script(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script');
    element.src = PACKAGES + path;
    element.onload = () => resolve();
    element.onerror = () =>
      reject(new Error(`${path} is missing: run \`npm ci --ignore-scripts\` in test/adapters`));
    document.head.append(element);
  });
}
