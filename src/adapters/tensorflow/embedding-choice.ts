// SPDX-License-Identifier: Apache-2.0
import type { Library, NamedTensor, Tensor } from './types.js';

/**
 * What is observed as an embedding: a layer of a layers model or a node of a graph model (the model does not run twice for
 * it), or what a function makes of a call's tensors. The feature is called as the layer unless `name` says otherwise.
 */
export type EmbeddingChoice =
  | string
  | { readonly layer: string; readonly name?: string }
  | { of(outputs: readonly Tensor[], inputs: readonly Tensor[]): Tensor; readonly name: string };

/** The layer that a model is asked for with its outputs; null for none. */
export function layerOf(choice: EmbeddingChoice | undefined): string | null {
  if (typeof choice !== 'object') return choice ?? null;
  return 'layer' in choice ? choice.layer : null;
}

/** The feature's name. */
export function featureOf(choice: EmbeddingChoice | undefined): string {
  if (typeof choice !== 'object') return choice ?? '';
  return choice.name ?? layerOf(choice) ?? '';
}

/** What the app's function makes of a call's tensors, kept; null where there is none. */
export function madeVectors(
  tf: Library,
  choice: EmbeddingChoice | undefined,
  outputs: readonly NamedTensor[],
  inputs: () => readonly NamedTensor[],
): Tensor | null {
  if (typeof choice !== 'object' || !('of' in choice)) return null;
  const tensors = (list: readonly NamedTensor[]) => list.map(({ tensor }) => tensor);
  return tf.tidy(() => tf.keep(choice.of(tensors(outputs), tensors(inputs())).clone()));
}
