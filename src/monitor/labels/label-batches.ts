// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../../columns/batch.js';
import type { Column } from '../../columns/column.js';
import type { Group } from './groups.js';
import type { LabelValue } from './pair-reader.js';

/** Labels that found their prediction, for the first time, by the blocks that their predictions were measured in. */
export interface JoinedLabels {
  readonly blocks: readonly number[];
  readonly version: string;
  /** One column, named as the frame's label (or "label"), in the type in which the labels came. */
  readonly batch: Batch;
  /** Event times of the predictions. */
  readonly times: Float64Array;
}

export interface LabelResult {
  readonly joined: readonly JoinedLabels[];
  /** Blocks whose outcomes have changed. */
  readonly changed: ReadonlySet<number>;
}

/** Gathers what one call has joined. */
export class LabelGathering {
  readonly changed = new Set<number>();
  readonly #groups = new Map<Group, { readonly times: number[]; readonly values: LabelValue[] }>();

  add(group: Group, time: number, value: LabelValue): void {
    let known = this.#groups.get(group);
    if (known === undefined) {
      known = { times: [], values: [] };
      this.#groups.set(group, known);
    }
    known.times.push(time);
    known.values.push(value);
  }

  result(name: string): LabelResult {
    const joined = [...this.#groups].map(([{ blocks, version }, { times, values }]) => ({
      blocks,
      version,
      batch: { rows: values.length, columns: new Map([[name, columnOf(values)]]) },
      times: Float64Array.from(times),
    }));
    return { joined, changed: this.changed };
  }
}

function columnOf(values: readonly LabelValue[]): Column {
  const types = new Set(values.map((value) => typeof value));
  if (types.size === 1 && !types.has('string')) {
    return {
      type: types.has('boolean') ? 'boolean' : 'number',
      values: Float64Array.from(values, Number),
      status: null,
    };
  }
  const codes = new Map<string, number>();
  const placed = Int32Array.from(values, (value) => {
    const text = String(value);
    const code = codes.get(text) ?? codes.size;
    codes.set(text, code);
    return code;
  });
  return { type: 'string', codes: placed, dictionary: [...codes.keys()] };
}
