// SPDX-License-Identifier: Apache-2.0
/** The laws of the CSV reader, for the quick tests and the long ones. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { isDriftglassError } from '../../../errors.js';
import { openCsv } from '../csv.js';
import { bytesOf, encode, randomDialect, randomTable, type Value, valuesOf, writeTable } from './tables.js';

const file = fc.record({
  table: randomTable,
  dialect: randomDialect,
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  quoteAll: fc.boolean(),
  endsInNewline: fc.boolean(),
  withMark: fc.boolean(),
  chunkBytes: fc.oneof(fc.integer({ min: 2, max: 40 }), fc.constant(2_000_000)),
});

function written({
  table,
  dialect,
  newline,
  quoteAll,
  endsInNewline,
  withMark,
}: Omit<Generated, 'chunkBytes'>) {
  const text = writeTable(table, dialect, newline, quoteAll) + (endsInNewline ? newline : '');
  return encode(text, dialect.encoding, withMark);
}

/** No header and no row, or nothing but spaces, tabs and newlines: refused whatever the delimiter. */
function isRefused({ table, dialect, newline, quoteAll }: Generated): boolean {
  const hasNothing = table.columns[0].length === 0 && !dialect.header;
  return hasNothing || writeTable(table, dialect, newline, quoteAll).trim() === '';
}

type Generated = typeof file extends fc.Arbitrary<infer T> ? T : never;

/** Names and types as a reference would force them. */
function schemaOf({ table, dialect }: Pick<Generated, 'table' | 'dialect'>) {
  const names = dialect.header ? table.names : table.names.map((_, c) => `column ${c + 1}`);
  return names.map((name, c) => ({ name, type: table.types[c] }));
}

export const readsBack = fc.asyncProperty(file, async (generated) => {
  const { table, dialect, chunkBytes } = generated;
  const bytes = written(generated);
  const schema = schemaOf(generated);
  if (isRefused(generated)) {
    await expect(openCsv(bytesOf(bytes), { dialect, schema, chunkBytes })).rejects.toThrow(
      /empty|nothing|no row/,
    );
    return;
  }
  const source = await openCsv(bytesOf(bytes), { dialect, schema, chunkBytes });
  const expected: Record<string, readonly Value[]> = {};
  schema.forEach((field, c) => {
    expected[field.name] = table.columns[c].map((value) => (value === 0 ? Number(String(value)) : value));
  });
  expect(await valuesOf(source)).toEqual(expected);
  expect(source.schema).toMatchObject(schema);
});

export const partsAgree = fc.asyncProperty(
  file,
  fc.integer({ min: 1, max: 60 }),
  async (generated, partBytes) => {
    if (isRefused(generated)) return;
    const { dialect, chunkBytes } = generated;
    const bytes = written(generated);
    const options = { dialect, schema: schemaOf(generated), chunkBytes };
    const whole = await valuesOf(await openCsv(bytesOf(bytes), options));
    const source = await openCsv(bytesOf(bytes), { ...options, partBytes });
    const joined: Record<string, Value[]> = Object.fromEntries(source.schema.map(({ name }) => [name, []]));
    for (let part = 0; part < source.parts; part++) {
      const piece = await valuesOf(source, { parts: [part, part + 1] });
      for (const name of Object.keys(joined)) joined[name].push(...piece[name]);
    }
    expect(joined).toEqual(whole);
  },
);

const damage = fc.array(
  fc.record({
    at: fc.nat(),
    kind: fc.constantFrom('set', 'cut', 'insert', 'repeat'),
    byte: fc.oneof(fc.constantFrom(34, 10, 13, 44, 0, 255, 35), fc.nat(255)),
  }),
  { minLength: 1, maxLength: 6 },
);

export const survivesDamage = fc.asyncProperty(
  file,
  damage,
  fc.boolean(),
  async (generated, changes, isKnown) => {
    let bytes = Array.from(written(generated));
    for (const { at, kind, byte } of changes) {
      const i = bytes.length === 0 ? 0 : at % bytes.length;
      if (kind === 'set') bytes[i] = byte;
      else if (kind === 'cut') bytes = bytes.slice(0, i);
      else if (kind === 'insert') bytes.splice(i, 0, byte);
      else bytes.push(...bytes.slice(i));
    }
    const known = isKnown ? { dialect: generated.dialect, schema: schemaOf(generated) } : {};
    try {
      const source = await openCsv(bytesOf(Uint8Array.from(bytes)), {
        ...known,
        chunkBytes: generated.chunkBytes,
      });
      const values = await valuesOf(source);
      expect(Object.keys(values).length).toBe(source.schema.length);
      expect(source.notes.length).toBeGreaterThan(0);
    } catch (error) {
      if (!isDriftglassError(error, 'SourceError')) throw error;
      expect(error.message).toMatch(/^test\.csv: /);
    }
  },
);
