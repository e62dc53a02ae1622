// SPDX-License-Identifier: Apache-2.0
import type { Feature, Frame } from '../../baseline/frame.js';
import type { Column } from '../../columns/column.js';
import type { Kernels } from '../../kernels/kernels.js';
import { decodeProfile, encodeProfile } from '../../profile/codec.js';
import { FrameMeter } from '../../profile/meter.js';
import type { Part, Profile } from '../../profile/parts.js';
import { emptyProfile } from '../../profile/profile.js';
import type { Settings } from '../../verdict/settings.js';
import { resolveRole } from '../../verdict/tolerance.js';
import type { JoinedLabels } from '../labels/label-batches.js';
import type { Reference } from './judge.js';

/**
 * Labels that come by themselves, counted among the rows that are measured as they come: a window then holds the labels
 * that came while its rows did, blocks of it hold theirs, and all that windows and blocks can do they can do with labels.
 * A part of the label in a profile so counts labels, not rows, and none of them is missing.
 */
export class ArrivedLabels {
  readonly name: string;
  /** With the label as its only feature. */
  readonly #frame: Frame;
  readonly #meter: FrameMeter;
  /** Labels that came when no row was being measured: they go with the next. */
  #waiting: Profile;
  /** By profiles of references: the same with the labels that they have. */
  readonly #labelled = new WeakMap<Profile, Profile>();

  private constructor(frame: Frame, label: Feature, kernels: Kernels) {
    this.name = label.name;
    this.#frame = { ...frame, features: [label], table: { orders: [], joint: [], jointRanks: [] } };
    this.#meter = new FrameMeter(this.#frame, kernels);
    this.#waiting = this.#none();
  }

  /** null where nothing is a label. */
  static of(frame: Frame, kernels: Kernels, settings: Settings): ArrivedLabels | null {
    const label = frame.features.find(
      (feature) => feature.kind !== 'embedding' && resolveRole(settings, feature) === 'label',
    );
    return label === undefined ? null : new ArrivedLabels(frame, label, kernels);
  }

  /** Counts labels in the profile of the rows that are being measured; null where none are. */
  add(joined: readonly JoinedLabels[], profile: Profile | null): void {
    const parts = profile?.parts ?? this.#waiting.parts;
    const into = { ...this.#waiting, parts };
    for (const { batch } of joined) {
      const [column] = batch.columns.values();
      if (column === undefined) continue;
      const columns = new Map<string, Column>([[this.name, column]]);
      this.#meter.addOwnCounts(into, this.#meter.conformed({ rows: batch.rows, columns }));
    }
    const part = parts.get(this.name)!;
    // A label that says nothing is none.
    part.rows -= part.missing;
    part.missing = 0;
  }

  /** Gives the labels that wait to a profile that is still empty. */
  giveTo({ parts }: Profile): void {
    if (this.#part.rows === 0) return;
    parts.set(this.name, this.#part);
    this.#waiting = this.#none();
  }

  /** Rows that are about to be measured lack the label: that is no missing label. */
  expectNone({ parts }: Profile, rows: number): void {
    const part = parts.get(this.name)!;
    part.rows -= rows;
    part.missing -= rows;
  }

  /** Why labels of a window cannot be compared; null where they can. */
  obstacle(reference: Profile, current: Profile): string | null {
    if (presentRows(current.parts.get(this.name)) === 0) return 'no label came while these rows did';
    return presentRows(reference.parts.get(this.name)) === 0 ? 'the reference holds no label' : null;
  }

  /** Of a reference the labels that it has, as none can be missing among those that come. */
  referenceOf(reference: Reference): Reference {
    const { profile } = reference;
    const part = profile.parts.get(this.name)!;
    if (part.missing === 0) return reference;
    let known = this.#labelled.get(profile);
    if (known === undefined) {
      const parts = new Map(profile.parts);
      parts.set(this.name, { ...part, rows: part.rows - part.missing, missing: 0 });
      known = { ...profile, parts };
      this.#labelled.set(profile, known);
    }
    return { ...reference, profile: known };
  }

  /** Labels that wait, encoded; null when none do. */
  save(): Uint8Array<ArrayBuffer> | null {
    return this.#part.rows === 0 ? null : new Uint8Array(encodeProfile(this.#waiting));
  }

  /** @throws CodecError, BaselineMismatchError */
  restore(saved: Uint8Array<ArrayBuffer>): void {
    this.#waiting = decodeProfile(saved, this.#frame);
  }

  get #part(): Part {
    return this.#waiting.parts.get(this.name)!;
  }

  #none(): Profile {
    return emptyProfile(this.#frame, { sketches: false });
  }
}

function presentRows(part: Part | undefined): number {
  return part === undefined ? 0 : part.rows - part.missing - part.unparsable;
}
