// SPDX-License-Identifier: Apache-2.0
/**
 * Distinct counts that merge (Flajolet, Fusy, Gandouet, Meunier 2007): 2^12 registers, each the greatest number of leading
 * zeros + 1 of the second hash half among values whose first half starts with its index. Standard error
 * 1.04/√4096 = 1.6 %; below about 10,000 distinct values linear counting is closer (Whang 1990).
 */
const REGISTER_BITS = 12;
export const REGISTERS = 1 << REGISTER_BITS;
/** A register cannot exceed 33: 32 zeros and one. */
export const MAX_REGISTER = 33;

/** Registers of the empty set. */
export function emptyDistinct(): Uint8Array {
  return new Uint8Array(REGISTERS);
}

/** Adds one value by the two halves of its 64-bit hash. */
export function addDistinct(registers: Uint8Array, upper: number, lower: number): void {
  const index = upper >>> (32 - REGISTER_BITS);
  const rank = Math.clz32(lower) + 1;
  const held = registers[index]!;
  // The larger of both without a branch, which would often be guessed wrong while registers fill.
  registers[index] = held + ((rank - held) & ((held - rank) >> 31));
}

/** Registers of the union. Registers of length 0 (not counted) stay uncounted. */
export function mergeDistinct(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0 || b.length === 0) return new Uint8Array(0);
  const union = new Uint8Array(a.length);
  for (let i = 0; i < union.length; i++) union[i] = Math.max(a[i]!, b[i]!);
  return union;
}

/** Estimated distinct values, or undefined when they were not counted. */
export function distinctCount(registers: Uint8Array): number | undefined {
  if (registers.length === 0) return undefined;
  // By register value first: 4,096 increments and 34 powers instead of 4,096 powers.
  const held = new Uint32Array(MAX_REGISTER + 1);
  for (let i = 0; i < registers.length; i++) held[registers[i]!]!++;
  const zeros = held[0]!;
  let inverse = 0;
  for (let value = 0; value <= MAX_REGISTER; value++) inverse += held[value]! * 2 ** -value;
  const alpha = 0.7213 / (1 + 1.079 / REGISTERS);
  const estimate = (alpha * REGISTERS * REGISTERS) / inverse;
  if (estimate <= 2.5 * REGISTERS && zeros > 0) return Math.round(REGISTERS * Math.log(REGISTERS / zeros));
  return Math.round(estimate);
}
