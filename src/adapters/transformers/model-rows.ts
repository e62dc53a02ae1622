// SPDX-License-Identifier: Apache-2.0
import type { Observed } from '../../monitor/monitor.js';
import { isNamed, type ModelColumns, type Part, partsOf } from '../columns.js';
import type { AnyFunction, FunctionOptions } from '../function-watch.js';
import { type ReadTensor, rowsOf } from '../read-tensor.js';
import { isOrtTensor, pooled, readTensor } from './tensors.js';

export interface TransformersModelOptions extends Omit<FunctionOptions<AnyFunction>, 'inputs' | 'outputs'> {
  /** What the input tensors hold; left out, they are not observed. */
  readonly inputs?: ModelColumns;
  /** What the output tensors hold ("logits"); left out, they are not observed. */
  readonly outputs?: ModelColumns;
  /**
   * The output that is observed as an embedding ("last_hidden_state"), and the feature's name (default: the output's). Tokens are
   * averaged by the attention mask.
   */
  readonly embedding?: string | { readonly output: string; readonly name?: string };
}

/** How a model's calls become rows. */
export function modelOptions(options: TransformersModelOptions): FunctionOptions<AnyFunction> {
  const { inputs, outputs, embedding, ...rest } = options;
  return {
    rows: (given: unknown) => rowsOf(Object.values(given as object).find(isOrtTensor)?.dims ?? []),
    ...rest,
    ...(inputs && { inputs: (given: unknown) => ({ parts: partsOf(read(given, inputs), inputs) }) }),
    outputs: (result: unknown, given: unknown): Observed => {
      const parts = outputs ? partsOf(read(result, outputs), outputs) : [];
      return { parts: embedding === undefined ? parts : [...parts, vectors(result, given, embedding)] };
    },
  };
}

function read(tensors: unknown, columns: ModelColumns): ReadTensor[] {
  return Object.entries(tensors as object)
    .filter(([, value]) => isOrtTensor(value))
    .flatMap(([name, tensor], i) => (isNamed(columns, name, i) ? [readTensor(name, tensor, i)] : []));
}

function vectors(
  result: unknown,
  given: unknown,
  embedding: NonNullable<TransformersModelOptions['embedding']>,
): Part {
  const output = typeof embedding === 'string' ? embedding : embedding.output;
  const name = (typeof embedding === 'string' ? undefined : embedding.name) ?? output;
  const tensor = (result as Record<string, unknown>)[output];
  if (!isOrtTensor(tensor)) throw new Error(`the model gives no tensor "${output}"`);
  const { attention_mask: mask } = (given ?? {}) as { attention_mask?: unknown };
  const read = readTensor(output, tensor);
  return {
    ...pooled(read, isOrtTensor(mask) ? readTensor('attention_mask', mask) : undefined),
    embedding: name,
  };
}
