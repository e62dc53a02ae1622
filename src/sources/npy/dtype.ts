// SPDX-License-Identifier: Apache-2.0
import type { ScalarType } from '../../columns/column.js';

/** A NumPy type that can be read. */
export interface DType {
  readonly kind: 'bool' | 'int' | 'uint' | 'float' | 'datetime' | 'timedelta' | 'bytes' | 'unicode';
  /** Bytes of one value. */
  readonly width: number;
  readonly bigEndian: boolean;
  readonly type: ScalarType;
  /** NumPy's own word. */
  readonly declared: string;
  /** Of times: milliseconds of one unit, or the calendar's years and months. */
  readonly unit: { readonly milliseconds: number } | { readonly months: number } | undefined;
}

const MILLISECONDS: Readonly<Record<string, number>> = {
  W: 604_800_000,
  D: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 1e-3,
  ns: 1e-6,
  ps: 1e-9,
  fs: 1e-12,
  as: 1e-15,
};

/** The type of a `descr` such as "<f8", "|b1", "<M8[ns]", ">U5". Errors name what is not supported. */
export function parseDType(descr: string): DType {
  const match = /^([<>|=]?)([a-zA-Z])(\d*)(?:\[(\d*)([a-zA-Z]+)\])?$/.exec(descr);
  if (!match) throw new Error(`a NumPy type "${descr}", which is not known`);
  const [, order, code, digits, multiple, unit] = match;
  const size = Number(digits || 0);
  const bigEndian = order === '>';
  const fits = (sizes: readonly number[]) => {
    if (!sizes.includes(size)) throw new Error(`a NumPy type "${descr}", which is not supported`);
  };
  const base = { width: size, bigEndian, unit: undefined };
  switch (code) {
    case 'b':
      fits([1]);
      return { ...base, kind: 'bool', type: 'boolean', declared: 'bool' };
    case 'i':
    case 'u':
      fits([1, 2, 4, 8]);
      return {
        ...base,
        kind: code === 'i' ? 'int' : 'uint',
        type: 'number',
        declared: `${code === 'i' ? 'int' : 'uint'}${size * 8}`,
      };
    case 'f':
      fits([2, 4, 8]);
      return { ...base, kind: 'float', type: 'number', declared: `float${size * 8}` };
    case 'M':
    case 'm': {
      fits([8]);
      const word = code === 'M' ? 'datetime' : 'timedelta';
      const declared = `${word}64[${multiple ?? ''}${unit ?? 'generic'}]`;
      return {
        ...base,
        kind: word,
        type: code === 'M' ? 'time' : 'number',
        declared,
        unit: timeUnit(descr, multiple, unit),
      };
    }
    case 'S':
    case 'a':
      return { ...base, kind: 'bytes', type: 'string', declared: `bytes${size}` };
    case 'U':
      return { ...base, width: 4 * size, kind: 'unicode', type: 'string', declared: `str${size}` };
    case 'c':
      throw new Error('complex numbers, which are not supported');
    case 'O':
      throw new Error(
        'Python objects (a pickle), which are refused: a pickle can run any program when it is read',
      );
    case 'V':
      throw new Error('raw or structured records, which are not supported');
    default:
      throw new Error(`a NumPy type "${descr}", which is not supported`);
  }
}

function timeUnit(descr: string, multiple: string | undefined, unit: string | undefined) {
  const factor = Number(multiple || 1);
  if (unit === 'Y' || unit === 'M') return { months: factor * (unit === 'Y' ? 12 : 1) };
  const milliseconds = unit === undefined || unit === 'generic' ? 1 : MILLISECONDS[unit];
  if (milliseconds === undefined) throw new Error(`a NumPy time unit in "${descr}", which is not known`);
  return { milliseconds: milliseconds * factor };
}
