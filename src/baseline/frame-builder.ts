// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../columns/batch.js';
import type { Field, Kind, Role, Schema } from '../columns/schema.js';
import { DriftglassError } from '../errors.js';
import type { Kernels, Numbers } from '../kernels/kernels.js';
import { NumberFacts, StringFacts } from './column-facts.js';
import { finitePart } from './cuts.js';
import { factsOfNumbers, factsOfStrings } from './facts-of.js';
import { featureFrame } from './feature-frame.js';
import { sortNumbers } from './feature-frames.js';
import type { EmbeddingFrame, Feature, Frame, NumberFrame, TableFrame, Windowing } from './frame.js';
import { frameId } from './frame-id.js';
import { binRanks, chooseJoint } from './joint.js';
import { type ColumnFacts, inferKind, inferRole, inferVectorRole } from './kinds.js';
import { findOrders, MAX_ORDER_COLUMNS } from './orders.js';
import { RowSample } from './row-sample.js';
import { unfitted } from './unfitted-embedding.js';
import { VectorSample } from './vector-sample.js';
import { chooseTimeColumn, chooseWindowing } from './windowing.js';

/** What a person may fix about columns; the verdict's Settings fit here. */
export interface FrameSettings {
  readonly columns?: Readonly<Record<string, { readonly kind?: Kind; readonly role?: Role }>>;
  /** Time column: its name, null for none, undefined to infer. */
  readonly time?: string | null;
  /** Seed of the sample. Default 1. */
  readonly seed?: number;
  /** Rows of the reference where they are known and not all of them will be added. */
  readonly rows?: number;
}

/** Rows kept of each column for laying cuts: more do not make them noticeably more even. */
const SAMPLE_ROWS = 200_000;
/** Values kept in all columns together (128 MB as f64). */
const SAMPLE_VALUES = 16_000_000;
const FOLLOWED_NAMES = 131_072;
const FOLLOWED_NAMES_IN_ALL = 4_000_000;

interface Sampled {
  readonly field: Field;
  readonly facts: ColumnFacts;
  readonly feature: Feature;
  /** Sorted sample of numbers and times. */
  readonly sorted: Numbers;
  readonly missingShare: number;
}

/**
 * Makes a frame from reference rows: add all of them when they fit, an evenly spread part otherwise. Memory is bounded:
 * at most 200,000 rows (fewer when there are over 80 columns) are sampled for cuts, and 131,072 names a column followed.
 * Extremes and few-valued numbers are told from every added row.
 */
export class FrameBuilder {
  readonly #schema: Schema;
  readonly #settings: FrameSettings;
  readonly #kernels: Kernels | undefined;
  readonly #sample: RowSample;
  readonly #numbers = new Map<string, NumberFacts>();
  readonly #strings = new Map<string, StringFacts>();
  readonly #laid = new Map<string, Sampled>();
  readonly #vectors = new Map<string, VectorSample>();

  constructor(schema: Schema, settings: FrameSettings = {}, kernels?: Kernels) {
    this.#schema = schema;
    this.#settings = settings;
    this.#kernels = kernels;
    const capacity = Math.max(
      1_000,
      Math.min(SAMPLE_ROWS, Math.floor(SAMPLE_VALUES / Math.max(1, schema.length))),
    );
    this.#sample = new RowSample(capacity, settings.seed ?? 1);
    const strings = schema.filter(({ type }) => type === 'string').length;
    const names = Math.max(
      1_000,
      Math.min(FOLLOWED_NAMES, Math.floor(FOLLOWED_NAMES_IN_ALL / Math.max(1, strings))),
    );
    for (const { name, type, dimension } of schema) {
      if (type === 'vector') this.#vectors.set(name, new VectorSample(dimension ?? 0, settings.seed ?? 1));
      else if (type === 'string') this.#strings.set(name, new StringFacts(names));
      else this.#numbers.set(name, new NumberFacts());
    }
  }

  /** Rows added. */
  get rows(): number {
    return this.#sample.seen;
  }

  add(batch: Batch): void {
    const known = new Map<string, Batch['columns'] extends ReadonlyMap<string, infer C> ? C : never>();
    for (const [name, sample] of this.#vectors) sample.add(batch.rows, batch.vectors?.get(name));
    for (const { name, type } of this.#scalars()) {
      const column = batch.columns.get(name);
      if (!column || (column.type === 'string') !== (type === 'string')) continue;
      known.set(name, column);
      if (column.type === 'string') this.#strings.get(name)!.add(column);
      else this.#numbers.get(name)!.add(column);
    }
    this.#sample.add(batch.rows, known);
  }

  /** Sampled rows of each embedding, to be fitted on before the frame is finished. */
  get vectors(): ReadonlyMap<string, VectorSample> {
    return this.#vectors;
  }

  /**
   * Most of the work of `finish`, in steps, for a thread that has frames to draw in between: taken to its end before
   * `finish` is called.
   */
  *lay(sort: (values: Numbers) => Generator<void, Numbers>): Generator<void> {
    for (const field of this.#scalars()) {
      const sorted = field.type === 'string' ? undefined : yield* sort(this.#sample.column(field.name));
      this.#laid.set(field.name, this.#column(field, sorted));
      yield;
    }
  }

  /** `embeddings` are the fitted frames of vector columns, by name. */
  finish(embeddings: ReadonlyMap<string, EmbeddingFrame> = new Map()): Frame {
    const columns = this.#scalars().map((field) => this.#laid.get(field.name) ?? this.#column(field));
    const scalars = new Map(columns.map(({ feature }) => [feature.name, feature]));
    const frame: Omit<Frame, 'id'> = {
      schema: this.#schema,
      features: this.#schema.map(
        (field) => scalars.get(field.name) ?? this.#embedding(field, embeddings.get(field.name)),
      ),
      table: this.#table(columns),
      windowing: this.#windowing(columns),
    };
    return { ...frame, id: frameId(frame) };
  }

  #scalars(): Field[] {
    return this.#schema.filter(({ type }) => type !== 'vector');
  }

  #embedding({ name, dimension = 0 }: Field, fitted: EmbeddingFrame | undefined): Feature {
    const { columns = {} } = this.#settings;
    const set = (Object.hasOwn(columns, name) && columns[name]) || {};
    if (set.kind !== undefined && set.kind !== 'embedding') {
      throw new DriftglassError(
        'SettingsError',
        `column "${name}" holds vectors of ${dimension} numbers and cannot be compared as ${set.kind}`,
      );
    }
    const role = set.role ? { role: set.role } : inferVectorRole(name);
    return { name, kind: 'embedding', frame: fitted ?? unfitted(dimension), ...role };
  }

  #column(field: Field, inOrder?: Numbers): Sampled {
    const { name } = field;
    const { columns = {} } = this.#settings;
    // A column may be called "constructor".
    const set = (Object.hasOwn(columns, name) && columns[name]) || {};
    const sorted = inOrder ?? this.#sorted(field);
    const seen = this.#strings.get(name) ?? this.#numbers.get(name)!;
    const facts =
      seen instanceof StringFacts
        ? factsOfStrings(field.type, seen)
        : factsOfNumbers(field.type, seen, sorted);
    const kind = set.kind ? { kind: set.kind } : inferKind(facts, name);
    const names = this.#schema.map((other) => other.name);
    const role = set.role ? { role: set.role } : inferRole(name, kind.kind, facts, names);
    const reason = [kind, role]
      .flatMap((inferred) => ('reason' in inferred && inferred.reason) || [])
      .join('; ');
    const feature: Feature = {
      name,
      kind: kind.kind,
      role: role.role,
      frame: featureFrame(field, seen, { kind: kind.kind, role: role.role, sorted }),
      ...(reason && { reason }),
    };
    // Of all rows: a batch may lack the column.
    const missingShare = 1 - facts.present / Math.max(1, this.#sample.seen);
    return { field, facts, feature, sorted, missingShare };
  }

  #sorted({ name, type }: Field): Numbers {
    return type === 'string' ? new Float64Array(0) : sortNumbers(this.#sample.column(name), this.#kernels);
  }

  #table(columns: readonly Sampled[]): TableFrame {
    const rows = Math.max(this.#settings.rows ?? 0, this.#sample.seen);
    const inputs = columns.filter(
      ({ feature, facts }) =>
        feature.kind === 'number' &&
        feature.role === 'input' &&
        facts.type !== 'string' &&
        facts.min < facts.max,
    );
    const joint = chooseJoint(
      inputs.map(({ field, sorted }) => ({
        name: field.name,
        absentShare: 1 - finitePart(sorted).length / Math.max(1, this.#sample.size),
      })),
      rows,
    );
    const ordered = columns.filter(
      ({ feature, facts, field }) =>
        (feature.kind === 'number' || feature.kind === 'time') &&
        field.type !== 'string' &&
        feature.role !== 'ignore' &&
        facts.min < facts.max,
    );
    return {
      orders: findOrders(
        ordered.slice(0, MAX_ORDER_COLUMNS).map(({ field, feature }) => ({
          name: field.name,
          type: feature.kind === 'time' ? 'time' : 'number',
          values: this.#sample.column(field.name),
        })),
      ),
      joint,
      jointRanks: joint.map((name) => {
        const { feature, sorted } = columns.find(({ field }) => field.name === name)!;
        return binRanks(finitePart(sorted), (feature.frame as NumberFrame).cuts);
      }),
    };
  }

  #windowing(columns: readonly Sampled[]): Windowing | null {
    const times = columns.filter(({ field, feature }) => field.type === 'time' && feature.kind === 'time');
    const wanted = this.#settings.time;
    if (wanted === null) return null;
    if (wanted !== undefined && !times.some(({ field }) => field.name === wanted)) {
      const known = this.#schema.some(({ name }) => name === wanted);
      throw new DriftglassError(
        'SettingsError',
        `time column "${wanted}" ${known ? 'does not hold times' : 'does not exist'}`,
      );
    }
    const name =
      wanted ??
      chooseTimeColumn(times.map(({ field, missingShare }) => ({ name: field.name, missingShare })));
    if (name === undefined) return null;
    return chooseWindowing(
      name,
      this.#sample.column(name),
      Math.max(this.#settings.rows ?? 0, this.#sample.seen),
    );
  }
}
