// SPDX-License-Identifier: Apache-2.0
import type { Observed } from '../../monitor/monitor.js';
import { type TextOptions, textColumns } from '../derived/text.js';
import type { AnyFunction, FunctionOptions } from '../function-watch.js';
import { isOrtTensor, pooled, readTensor } from './tensors.js';

export interface PipelineOptions extends FunctionOptions<AnyFunction> {
  /** What the columns are called. Defaults: "text " before length, words and unknown; prediction, score, embedding. */
  readonly names?: {
    readonly text?: string;
    readonly prediction?: string;
    readonly score?: string;
    readonly embedding?: string;
  };
  /** Words that are known: the share of others is watched. */
  readonly vocabulary?: NonNullable<TextOptions['vocabulary']>;
}

interface Labelled {
  readonly label: string;
  readonly score: number;
}

/** Tasks whose strings are addresses of pictures and sounds. */
const NO_TEXT = /^(?!text-).*(image|object|depth|background|document|audio|speech)/;

/** How a pipeline's calls become rows, unless the app says. `task`: the pipeline's ("image-classification"). */
export function pipelineOptions(options: PipelineOptions, task: unknown): FunctionOptions<AnyFunction> {
  const { names = {}, vocabulary, ...rest } = options;
  const isOfTexts = !NO_TEXT.test(String(task));
  return {
    ...(isOfTexts && { inputs: (input: unknown) => textRows(input, names.text ?? 'text ', vocabulary) }),
    outputs: (result: unknown, input: unknown) => resultRows(result, input, names),
    rows: (input: unknown) => (Array.isArray(input) ? input.length : 1),
    ...rest,
  };
}

function textRows(input: unknown, prefix: string, vocabulary: PipelineOptions['vocabulary']): Observed {
  const texts = Array.isArray(input) ? input : [input];
  if (!texts.every((text) => typeof text === 'string')) return { parts: [] };
  return textColumns(texts, { prefix, ...(vocabulary && { vocabulary }) });
}

function resultRows(result: unknown, input: unknown, names: NonNullable<PipelineOptions['names']>): Observed {
  if (isOrtTensor(result)) {
    return { ...pooled(readTensor('result', result)), embedding: names.embedding ?? 'embedding' };
  }
  // One result for each input of a list; each may be a list itself, best first.
  const results = Array.isArray(input) && Array.isArray(result) ? result : [result];
  const best = results.map((each: unknown) => (Array.isArray(each) ? (each[0] as unknown) : each));
  if (!best.every(isLabelled)) return { parts: [] };
  return {
    columns: {
      [names.prediction ?? 'prediction']: best.map(({ label }) => label),
      [names.score ?? 'score']: best.map(({ score }) => score),
    },
  };
}

function isLabelled(value: unknown): value is Labelled {
  return typeof value === 'object' && value !== null && 'label' in value && 'score' in value;
}
