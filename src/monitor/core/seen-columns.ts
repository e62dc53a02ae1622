// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import type { Batch } from '../../columns/batch.js';
import type { ColumnType } from '../../columns/column.js';
import type { Field, Schema } from '../../columns/schema.js';
import type { Settings } from '../../verdict/settings.js';
import { resolveRole } from '../../verdict/tolerance.js';

/** Names that are remembered: an app that makes up a name a row must not fill the memory. */
const MOST_NAMES = 4_096;

/** So many names are told at the most; where so many columns are missing, and half of all, it is one mistake and not many. */
const MANY = 3;

/** What columns the app sends, and how that differs from what the baseline has. */
export class SeenColumns {
  readonly #frame: Frame;
  readonly #fields = new Map<string, Field>();

  constructor(frame: Frame) {
    this.#frame = frame;
  }

  /** Takes note of a batch's columns; true when one is new or of another type than before. */
  note(batch: Batch, sums: readonly string[] = []): boolean {
    let changed = false;
    const set = (name: string, type: ColumnType, dimension?: number): void => {
      const known = this.#fields.get(name);
      if (known !== undefined && known.type === type && known.dimension === dimension) return;
      if (known === undefined && this.#fields.size >= MOST_NAMES) return;
      this.#fields.set(name, { name, type, ...(dimension === undefined ? {} : { dimension }) });
      changed = true;
    };
    for (const [name, { type }] of batch.columns) set(name, type);
    for (const [name, { dimension }] of batch.vectors ?? []) set(name, 'vector', dimension);
    for (const name of sums) {
      const field = this.#frame.schema.find((known) => known.name === name);
      if (field?.type === 'vector') set(name, 'vector', field.dimension);
    }
    return changed;
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  save(): readonly Field[] {
    return [...this.#fields.values()];
  }

  restore(fields: readonly Field[]): void {
    for (const field of fields) this.#fields.set(field.name, field);
  }

  /** As a file's schema would say it. Numbers stand for booleans and times in apps. */
  schema(settings: Settings): Schema {
    const fields: Field[] = [];
    for (const field of this.#frame.schema) {
      const seen = this.#fields.get(field.name);
      if (seen === undefined) {
        if (this.#isOptional(field.name, settings)) fields.push(field);
      } else fields.push(standsFor(seen, field) ? field : seen);
    }
    const known = new Set(this.#frame.schema.map(({ name }) => name));
    for (const field of this.#fields.values()) if (!known.has(field.name)) fields.push(field);
    return fields;
  }

  /**
   * Settings under which columns that apps rightly leave out, or whose hours no short window can share, are not rated.
   * `arrived`: a label whose values came by themselves.
   */
  settings(settings: Settings, arrived?: string | null): Settings {
    const columns = { ...settings.columns };
    for (const { name, kind } of this.#frame.features) {
      const isAbsent = !this.#fields.has(name) && name !== arrived && this.#isOptional(name, settings);
      if (isAbsent || kind === 'time')
        columns[name] = { ...(Object.hasOwn(columns, name) ? columns[name] : {}), role: 'ignore' };
    }
    return { ...settings, columns };
  }

  /** One sentence for each way in which the rows differ from what the baseline expects, by its cause. */
  problems(settings: Settings): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    const expected = new Map(this.#frame.schema.map((field) => [field.name, field]));
    const added = [...this.#fields.keys()].filter((name) => !expected.has(name));
    const required = [...expected.keys()].filter((name) => !this.#isOptional(name, settings));
    const missing = required.filter((name) => !this.#fields.has(name));
    if (missing.length >= MANY && 2 * missing.length > required.length)
      return new Map([
        [
          'another model',
          `the rows lack ${missing.length} of the ${required.length} columns that the baseline expects (${listed(missing)})` +
            `${added.length === 0 ? '' : `, and have ${listed(added)} instead`}: the baseline may be of another model`,
        ],
      ]);
    // Other columns may stand by for other ends; an embedding is read for the monitor alone.
    for (const name of added)
      if (this.#fields.get(name)?.dimension !== undefined)
        found.set(`added ${name}`, `the baseline has no embedding "${name}": it is not measured`);
    for (const [name, field] of expected) {
      const seen = this.#fields.get(name);
      if (seen === undefined) {
        if (this.#isOptional(name, settings)) continue;
        const near = added.find((other) => plain(other) === plain(name));
        const hint =
          near === undefined
            ? '; where it is a label that comes later, or no input, give it that role (settings.columns)'
            : `; "${near}" came instead, which the baseline does not know`;
        found.set(
          `missing ${name}`,
          `the rows lack "${name}": the baseline expects ${wordFor(field)}${hint}`,
        );
      } else if (!standsFor(seen, field)) {
        found.set(
          `type ${name}`,
          `"${name}" comes as ${wordFor(seen)}: the baseline expects ${wordFor(field)}; what cannot be read as such counts as unparsable`,
        );
      }
    }
    return found;
  }

  /** Labels come later, by `label`; keys and times tell nothing about a model's input. */
  #isOptional(name: string, settings: Settings): boolean {
    const feature = this.#frame.features.find((known) => known.name === name);
    if (feature === undefined) return true;
    return !['input', 'prediction'].includes(resolveRole(settings, feature));
  }
}

function standsFor(seen: Field, expected: Field): boolean {
  if (seen.type === expected.type) return seen.dimension === expected.dimension;
  return seen.type === 'number' && (expected.type === 'boolean' || expected.type === 'time');
}

function wordFor({ type, dimension }: Field): string {
  switch (type) {
    case 'number':
      return 'numbers';
    case 'boolean':
      return 'booleans';
    case 'time':
      return 'times';
    case 'string':
      return 'text';
    case 'vector':
      return `vectors of ${dimension} numbers`;
  }
}

function listed(names: readonly string[]): string {
  const first = names.slice(0, MANY).map((name) => `"${name}"`);
  return first.join(', ') + (names.length > MANY ? ', …' : '');
}

/** "Departure Delay" and "departure_delay" are one to people. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
