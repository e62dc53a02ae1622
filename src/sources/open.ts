// SPDX-License-Identifier: Apache-2.0
import type { Schema } from '../columns/schema.js';
import type { VectorChoice } from '../columns/vector.js';
import { DriftglassError } from '../errors.js';
import type { CsvOptions } from './csv/csv.js';
import { type Container, detectFormat } from './format.js';
import type { Bytes, Format, Source } from './source.js';
import { asSourceError, sourceError } from './source-error.js';

export interface OpenOptions {
  /** Corrections to what is sniffed from delimited text. */
  readonly csv?: CsvOptions;
  /** Types that text formats shall read their columns as (the reference's schema, so that both sides agree). */
  readonly schema?: Schema;
  /** Name of the side; by default the file's name, with the number of the others. */
  readonly name?: string;
  /** Whether a matrix (two-dimensional NPY, rows of JSON numbers) is vectors; by default one of 8 columns and more. */
  readonly vectors?: VectorChoice;
  /** Prefixes of grouped columns that become one vector each, see `columnGroups`, and names of text columns that hold a list of numbers in each cell. */
  readonly groups?: readonly string[];
  /** Awaited between steps of opening, for a thread that has frames to draw; text formats alone take long enough. */
  readonly pause?: () => Promise<void>;
  readonly signal?: AbortSignal;
}

/**
 * Opens the files of one side as one source: format by content, gzip unpacked, several files joined by column names.
 * Readers are loaded on first use. Errors: SourceError with file and reason, SchemaError when files do not fit together.
 */
export async function openSource(files: readonly Bytes[], options: OpenOptions = {}): Promise<Source> {
  if (files.length === 0) throw new DriftglassError('SourceError', 'no file to read');
  const [first, ...others] = files;
  const opened = [await openFile(first, options)];
  // what the first file's text was read as holds for the others, unless the caller has said
  const schema = options.schema ?? opened[0].schema;
  for (const file of others) opened.push(await openFile(file, { ...options, schema }));
  const alone = opened.length === 1 && (options.name === undefined || options.name === opened[0].name);
  const name = options.name ?? `${first.name} and ${others.length} more`;
  const source = alone ? opened[0] : (await import('./joined-source.js')).joinSources(opened, name);
  const asked = options.schema?.some(({ type }) => type === 'vector') ?? false;
  if ((options.groups ?? []).length === 0 && !asked) return source;
  const listed = await (await import('./listed-source.js')).listColumns(source, options);
  const texts = new Set(source.schema.flatMap(({ name, type }) => (type === 'string' ? [name] : [])));
  const groups = options.groups?.filter((name) => !texts.has(name)) ?? [];
  return (await import('./grouped-source.js')).groupColumns(listed, { ...options, groups });
}

async function openFile(file: Bytes, options: OpenOptions): Promise<Source> {
  try {
    const outer = await detectFormat(file);
    if (outer !== 'gzip') return await openFormat(file, outer, options);
    const { unpackGzip } = await import('./gunzip.js');
    const inner = await unpackGzip(file, options.signal);
    const format: Container = await detectFormat(inner);
    if (format === 'gzip') throw sourceError(file.name, 'is packed with gzip twice: unpack it first');
    return await openFormat({ ...inner, name: file.name }, format, options);
  } catch (error) {
    throw asSourceError(file.name, error);
  }
}

async function openFormat(file: Bytes, format: Format, options: OpenOptions): Promise<Source> {
  switch (format) {
    case 'parquet':
      return (await import('./parquet/parquet.js')).openParquet(file);
    case 'arrow':
      return (await import('./arrow/arrow.js')).openArrow(file);
    case 'npy':
      return (await import('./npy/npy.js')).openNpy(file, vectorOption(options));
    case 'npz':
      return (await import('./npy/npy.js')).openNpz(file, vectorOption(options));
    case 'csv': {
      const { openCsv } = await import('./csv/csv.js');
      return openCsv(file, { ...options.csv, ...schemaOption(options), pause: options.pause });
    }
    case 'ndjson':
      return (await import('./json/ndjson.js')).openNdjson(file, {
        ...schemaOption(options),
        ...vectorOption(options),
      });
    case 'json':
      return (await import('./json/json.js')).openJson(file, {
        ...schemaOption(options),
        ...vectorOption(options),
      });
  }
}

function schemaOption({ schema }: OpenOptions): { schema?: Schema } {
  return schema ? { schema } : {};
}

function vectorOption({ vectors }: OpenOptions): { vectors?: VectorChoice } {
  return vectors ? { vectors } : {};
}
