// SPDX-License-Identifier: Apache-2.0
import { concatColumns } from '../../columns/concat-columns.js';
import type { Bytes } from '../source.js';
import { ArrowBody } from './body.js';
import { placeLeaves } from './layout.js';
import { type ArrowDictionary, LeafReader } from './leaf-reader.js';
import type { ArrowMessages, DictionaryLayout } from './messages.js';
import type { ArrowField } from './schema.js';

/** The dictionaries of a file. The latest of each id is kept, so that batches in order share one. */
export class ArrowDictionaries {
  readonly #file: Bytes;
  readonly #messages: ArrowMessages;
  readonly #latest = new Map<number, { key: string; dictionary: Promise<ArrowDictionary> }>();

  constructor(file: Bytes, messages: ArrowMessages) {
    this.#file = file;
    this.#messages = messages;
  }

  /** The dictionary that holds for record batch `batch` in `field`; undefined when none was sent. */
  forBatch(batch: number, field: ArrowField): Promise<ArrowDictionary> | undefined {
    const { dictionaries, dictionariesBefore } = this.#messages;
    const id = field.dictionary?.id;
    // a dictionary that is no delta replaces what was there, a delta is appended to it
    let pieces: number[] = [];
    for (let i = 0; i < dictionariesBefore[batch]; i++) {
      if (dictionaries[i].id === id) pieces = dictionaries[i].delta ? [...pieces, i] : [i];
    }
    if (id === undefined || pieces.length === 0) return undefined;
    const key = pieces.join();
    const known = this.#latest.get(id);
    if (known?.key === key) return known.dictionary;
    const dictionary = this.#decode(
      pieces.map((i) => dictionaries[i]),
      field,
    );
    this.#latest.set(id, { key, dictionary });
    return dictionary;
  }

  async #decode(pieces: readonly DictionaryLayout[], field: ArrowField): Promise<ArrowDictionary> {
    const plain = { ...field, dictionary: undefined };
    const columns = [];
    let rounded = false;
    for (const layout of pieces) {
      const [leaf] = placeLeaves([plain], layout).leaves;
      const reader = new LeafReader(leaf, layout, new ArrowBody(this.#file, layout), undefined);
      columns.push(await reader.read(0, layout.rows));
      rounded ||= reader.rounded;
    }
    const column = concatColumns(columns);
    if (column.type === 'string') {
      const empty = new Float64Array(0);
      return {
        size: column.codes.length,
        strings: column.dictionary,
        codeOf: column.codes,
        numbers: empty,
        nullAt: null,
        rounded: false,
      };
    }
    const { values, status } = column;
    return {
      size: values.length,
      strings: [],
      codeOf: new Int32Array(0),
      numbers: values,
      nullAt: status,
      rounded,
    };
  }
}
