// SPDX-License-Identifier: Apache-2.0
/** Models small enough to be made on the spot, in the files that Transformers.js asks a hub for. */
import { onnxModel } from './onnx-model.js';
import { weights } from './small-models.js';

const WORDS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'good', 'bad', 'film', 'a', 'very', '##ly'];
export const HIDDEN = 6;

/** Row `token` is its vector, before any context, which there is none. */
export const TABLE: Float32Array = weights(WORDS.length * HIDDEN, 3);

/** Tokens of a text, as the tokenizer gives them. */
export function tokensOf(text: string): number[] {
  const ids = text.split(' ').map((word) => (WORDS.includes(word) ? WORDS.indexOf(word) : 1));
  return [2, ...ids, 3];
}

/** Files of a model, by their paths. */
export function tinyTransformer(kind: 'vectors' | 'classes'): ReadonlyMap<string, string | Uint8Array> {
  const config = {
    model_type: 'bert',
    architectures: [kind === 'vectors' ? 'BertModel' : 'BertForSequenceClassification'],
    hidden_size: HIDDEN,
    num_attention_heads: 1,
    num_hidden_layers: 1,
    vocab_size: WORDS.length,
    id2label: { 0: 'NEGATIVE', 1: 'POSITIVE' },
    label2id: { NEGATIVE: 0, POSITIVE: 1 },
  };
  return new Map<string, string | Uint8Array>([
    ['config.json', JSON.stringify(config)],
    ['tokenizer.json', JSON.stringify(tokenizer())],
    [
      'tokenizer_config.json',
      JSON.stringify({ tokenizer_class: 'BertTokenizer', model_max_length: 64, ...special() }),
    ],
    ['onnx/model.onnx', graph(kind)],
  ]);
}

function graph(kind: 'vectors' | 'classes'): Uint8Array {
  const ids = { shape: ['batch', 'tokens'], type: 'int64' } as const;
  const inputs = ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => ({ name, ...ids }));
  const table = { name: 'table', shape: [WORDS.length, HIDDEN], values: TABLE };
  const look = { op: 'Gather', inputs: ['table', 'input_ids'] };
  if (kind === 'vectors') {
    return onnxModel({
      inputs,
      outputs: [{ name: 'last_hidden_state', shape: ['batch', 'tokens', HIDDEN] }],
      weights: [table],
      nodes: [{ ...look, outputs: ['last_hidden_state'] }],
    });
  }
  return onnxModel({
    inputs,
    outputs: [{ name: 'logits', shape: ['batch', 2] }],
    weights: [table, { name: 'V', shape: [HIDDEN, 2], values: weights(2 * HIDDEN, 11) }],
    nodes: [
      { ...look, outputs: ['vectors'] },
      { op: 'ReduceMean', inputs: ['vectors'], outputs: ['mean'], attributes: { axes: [1], keepdims: 0 } },
      { op: 'MatMul', inputs: ['mean', 'V'], outputs: ['logits'] },
    ],
  });
}

function special() {
  return {
    pad_token: '[PAD]',
    unk_token: '[UNK]',
    cls_token: '[CLS]',
    sep_token: '[SEP]',
    mask_token: '[MASK]',
  };
}

function tokenizer() {
  const token = (content: string) => ({
    id: WORDS.indexOf(content),
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  });
  const piece = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const tokens = (id: string) => ({ [id]: { id, ids: [WORDS.indexOf(id)], tokens: [id] } });
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: Object.values(special()).map(token),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [piece('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, piece('[SEP]')],
      pair: [
        piece('[CLS]'),
        { Sequence: { id: 'A', type_id: 0 } },
        piece('[SEP]'),
        { Sequence: { id: 'B', type_id: 1 } },
        piece('[SEP]'),
      ],
      special_tokens: { ...tokens('[CLS]'), ...tokens('[SEP]') },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(WORDS.map((word, i) => [word, i])),
    },
  };
}
