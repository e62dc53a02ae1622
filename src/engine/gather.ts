// SPDX-License-Identifier: Apache-2.0
/**
 * From two opened sides (or one and a split) to profiles. Two ways: when the rows fit the memory budget they are read once
 * and kept; else the frame comes from a spread sample and every row is read once more, into profiles.
 */

import type { Frame } from '../baseline/frame.js';
import { groupName } from '../columns/column-groups.js';
import type { Schema } from '../columns/schema.js';
import { DriftglassError } from '../errors.js';
import type { Baseline } from '../profile/baseline-file.js';
import type { SourceSpec } from './helper.js';
import { frameOf, keepRows, profileRows } from './kept-rows.js';
import type { Part, Work } from './measured-sides.js';
import type { OpenedSide } from './open-side.js';
import type { Rows } from './rows.js';
import { splitNames } from './split-batch.js';
import { profileRuns, runsOf, streamed } from './streamed-profiles.js';
import { emptyWindowed, mergeWindowed, type WindowedProfile } from './windowed-profile.js';

/** What the reference is: an opened file, or a saved baseline. */
export type ReferenceSide = OpenedSide | { readonly baseline: Baseline };

export interface GatherInput extends Work {
  /** null when `split` takes both sides from the current file. */
  readonly reference: ReferenceSide | null;
  readonly current: OpenedSide;
  /** Opens the current files again with the reference's types. */
  readonly reopen: (spec: SourceSpec, schema: Schema) => Promise<OpenedSide>;
}

export interface GatheredSide {
  readonly name: string;
  /** The columns as this side's own source has them. */
  readonly schema: Schema;
  readonly windowed: WindowedProfile;
  /** Kept rows; null on the certified way. */
  readonly rows: Rows | null;
}

export interface Gathered {
  readonly frame: Frame;
  readonly reference: GatheredSide;
  readonly current: GatheredSide;
  readonly notes: readonly string[];
}

export async function gather(input: GatherInput): Promise<Gathered> {
  const { reference, current, split } = input;
  if (reference !== null && 'baseline' in reference) return gatherAgainst(reference.baseline, input);
  if (reference === null && split === null) {
    throw new DriftglassError('SettingsError', 'there is one file: open a reference, or say how to split it');
  }
  const typed = reference === null ? current : await sameTypes(reference, current, input.reopen);
  const parts =
    reference === null
      ? partsOf(current, 'both')
      : [...partsOf(reference, 'reference'), ...partsOf(typed, 'current')];
  const names =
    split === null
      ? { reference: reference?.info.name ?? '', current: current.info.name }
      : splitNames(split);
  const schemas = { reference: (reference ?? current).info.schema, current: ownSchema(current, typed) };
  const expected = (reference?.expectedMemory ?? 0) + typed.expectedMemory;
  const kept = expected <= input.memoryBudget ? await keepRows(parts, schemas.reference, input) : null;
  const measured =
    kept === null
      ? await streamed(parts, schemas.reference, input)
      : await profileRows(kept.rows, kept.frame, input);
  requireRows(measured.reference.profile.rows, names.reference);
  requireRows(measured.current.profile.rows, names.current);
  const notes = [
    ...new Set([
      ...fileNote(names.reference, reference?.source.notes ?? []),
      ...fileNote(current.info.name, typed.source.notes),
      ...measured.notes,
    ]),
  ];
  return {
    frame: measured.frame,
    reference: {
      name: names.reference,
      schema: schemas.reference,
      windowed: measured.reference,
      rows: kept?.rows.reference ?? null,
    },
    current: {
      name: names.current,
      schema: schemas.current,
      windowed: measured.current,
      rows: kept?.rows.current ?? null,
    },
    notes,
  };
}

/** The same rows under another kind or time column, without reading; null when they were not kept. */
export async function regather(
  gathered: Gathered,
  input: Pick<GatherInput, 'settings' | 'helpers' | 'kernels' | 'inSteps' | 'signal' | 'meter'>,
): Promise<Gathered | null> {
  const { reference, current } = gathered;
  if (reference.rows === null || current.rows === null) return null;
  const rows = { reference: reference.rows, current: current.rows };
  const frame = await frameOf(reference.rows, reference.schema, input);
  // On this thread alone: rows that were handed over when it fails or is cancelled would be lost to the earlier report.
  const again = await profileRows(rows, frame, { ...input, helpers: input.helpers.slice(-1) });
  return {
    ...gathered,
    frame: again.frame,
    reference: { ...reference, windowed: again.reference },
    current: { ...current, windowed: again.current },
  };
}

/** The reference alone, for a baseline file. */
export async function gatherReference(
  input: Omit<GatherInput, 'reference' | 'current' | 'split' | 'reopen'> & { readonly reference: OpenedSide },
): Promise<{ frame: Frame; windowed: WindowedProfile }> {
  const parts = partsOf(input.reference, 'reference');
  const schema = input.reference.info.schema;
  const whole = { ...input, split: null };
  const kept =
    input.reference.expectedMemory <= input.memoryBudget ? await keepRows(parts, schema, whole) : null;
  const measured =
    kept === null ? await streamed(parts, schema, whole) : await profileRows(kept.rows, kept.frame, input);
  requireRows(measured.reference.profile.rows, input.reference.info.name);
  return { frame: measured.frame, windowed: measured.reference };
}

async function gatherAgainst(baseline: Baseline, input: GatherInput): Promise<Gathered> {
  const { frame } = baseline;
  const current = await input.reopen(input.current.spec, frame.schema);
  let windowed = emptyWindowed(frame);
  for await (const sided of profileRuns(runsOf(partsOf(current, 'current'), frame.schema), frame, input))
    windowed = mergeWindowed(windowed, sided.current);
  requireRows(windowed.profile.rows, current.info.name);
  return {
    frame,
    reference: {
      name: baseline.name,
      schema: frame.schema,
      windowed: {
        profile: baseline.profile,
        windows: new Map(baseline.windows.map(({ start, profile }) => [start, profile])),
      },
      rows: null,
    },
    current: { name: current.info.name, schema: ownSchema(input.current, current), windowed, rows: null },
    notes: fileNote(current.info.name, current.source.notes),
  };
}

/** Delimited text says nothing of types: the current side is read with the reference's, so that what does not parse shows. */
async function sameTypes(
  reference: OpenedSide,
  current: OpenedSide,
  reopen: GatherInput['reopen'],
): Promise<OpenedSide> {
  // number columns that the reference has grouped to vectors are grouped here as well
  const vectors = new Set(
    reference.info.schema.filter(({ type }) => type === 'vector').map(({ name }) => name),
  );
  const groupable = current.info.groups.some((group) => vectors.has(groupName(group)));
  const untyped =
    groupable ||
    current.info.format === 'csv' ||
    current.info.format === 'ndjson' ||
    current.info.format === 'json';
  if (!untyped) return current;
  const types = new Map(reference.info.schema.map((field) => [field.name, field.type]));
  const same = current.info.schema.every((field) => (types.get(field.name) ?? field.type) === field.type);
  return same && !groupable ? current : reopen(current.spec, reference.info.schema);
}

/** The columns as the current side's own source has them, but for those that were made vectors. */
function ownSchema(current: OpenedSide, typed: OpenedSide): Schema {
  const read = new Set(typed.info.schema.map(({ name }) => name));
  const own = new Map(current.info.schema.map((field) => [field.name, field]));
  const made = typed.info.schema.filter(
    ({ name, type }) => type === 'vector' && own.get(name)?.type !== 'vector',
  );
  const names = new Set(made.map(({ name }) => name));
  return made.length === 0
    ? current.info.schema
    : [...current.info.schema.filter(({ name }) => read.has(name) && !names.has(name)), ...made];
}

function partsOf(side: OpenedSide, name: Part['side']): Part[] {
  return Array.from({ length: side.source.parts }, (_, part) => ({ spec: side.spec, part, side: name }));
}

function requireRows(rows: number, name: string): void {
  if (rows === 0) throw new DriftglassError('SourceError', `${name}: there are no rows`);
}

/** What a reader noted, in one line a file. */
function fileNote(name: string, notes: readonly string[]): string[] {
  return notes.length === 0 ? [] : [`${name}: ${notes.join('; ')}`];
}
