// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../columns/batch.js';
import { columnGroups } from '../columns/column-groups.js';
import type { Schema } from '../columns/schema.js';
import type { CsvSource } from '../sources/csv/csv.js';
import type { ReadProgress, Source } from '../sources/source.js';
import { textGroups } from '../sources/text-lists.js';
import { cellText } from './cell-text.js';
import type { LocalHelper, SourceSpec } from './helper.js';
import type { SideInfo } from './protocol.js';
import { batchBytes } from './rows.js';

const PREVIEW_ROWS = 5;
/** Characters of a cell that are shown: a text may hold a vector, or a picture. */
const PREVIEW_CHARACTERS = 200;
/** Columns that are read ahead; the others are taken to be as wide as these. */
const PREVIEW_COLUMNS = 24;

/** Rows that are read ahead to tell what the rest will take; fewer where that holds up a page. */
const PREVIEW = 8_192;
const SHORT_PREVIEW = 1_024;

/** An opened side: its source, and what one batch of it tells of the rest. */
export interface OpenedSide {
  readonly spec: SourceSpec;
  readonly source: Source;
  readonly info: SideInfo;
  /** Rows in all, known or extrapolated from the first batch. */
  readonly expectedRows: number;
  /** Bytes of memory that all rows would take. */
  readonly expectedMemory: number;
}

/** Opens and reads one batch ahead. */
export async function openSide(spec: SourceSpec, helper: LocalHelper): Promise<OpenedSide> {
  const source = await helper.source(spec);
  const first = await firstBatch(source, helper.inSteps ? SHORT_PREVIEW : PREVIEW);
  const rowsAhead = first?.batch.rows ?? 0;
  const scalars = source.schema.filter(({ type }) => type !== 'vector');
  const ahead = scalars.filter(({ name }) => first?.batch.columns.has(name)).length;
  const numbers = source.schema.reduce((sum, { dimension = 0 }) => sum + dimension, 0);
  const perByte = first === null || first.bytes === 0 ? 0 : rowsAhead / first.bytes;
  // a vector takes what its dimension says; columns that are not read ahead are taken to be as wide as those that are
  const scalarBytes =
    ahead === 0 ? 0 : batchBytes({ ...first!.batch, vectors: new Map() }) / rowsAhead / ahead;
  const expectedRows = source.rows ?? Math.ceil(perByte * source.byteLength);
  const dialect = (source as Partial<CsvSource>).dialect;
  return {
    spec,
    source,
    expectedRows,
    expectedMemory: rowsAhead === 0 ? 0 : (scalarBytes * scalars.length + 4 * numbers) * expectedRows,
    info: {
      name: source.name,
      format: source.format,
      rows: source.rows,
      bytes: source.byteLength,
      schema: source.schema,
      groups: [
        ...columnGroups(source.schema).map(({ prefix, from, to, dimension }) => ({
          prefix,
          from,
          to,
          dimension,
        })),
        ...(first === null ? [] : textGroups(first.batch)),
      ],
      notes: [...source.notes],
      ...(dialect === undefined ? {} : { dialect }),
      preview: first === null ? [] : preview(first.batch, source.schema.slice(0, PREVIEW_COLUMNS)),
    },
  };
}

async function firstBatch(
  source: Source,
  batchRows: number,
): Promise<{ batch: Batch; bytes: number } | null> {
  let bytes = 0;
  const onProgress = (progress: ReadProgress): void => {
    bytes = progress.bytes;
  };
  const columns = source.schema.slice(0, PREVIEW_COLUMNS).map(({ name }) => name);
  for await (const batch of source.read({ parts: [0, 1], columns, batchRows, onProgress })) {
    // A reader may report after the batch: then the whole part stands for it, which only makes the estimate smaller.
    return { batch, bytes: bytes || source.byteLength / source.parts };
  }
  return null;
}

function preview(batch: Batch, schema: Schema): string[][] {
  const rows: string[][] = [];
  for (let row = 0; row < Math.min(PREVIEW_ROWS, batch.rows); row++) {
    rows.push(schema.map((field) => cut(cellText(batch, field.name, row))));
  }
  return rows;
}

function cut(text: string): string {
  return text.length <= PREVIEW_CHARACTERS ? text : `${text.slice(0, PREVIEW_CHARACTERS - 1)}…`;
}
