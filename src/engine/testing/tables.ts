// SPDX-License-Identifier: Apache-2.0
/** Small tables as CSV, for tests of the engine and of what stands on it. */
import type { FileSpec } from '../protocol.js';

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface TableOptions {
  readonly rows: number;
  readonly seed: number;
  /** Added to `speed`, whose sd is about 1. */
  readonly shift?: number;
  /** Share of `city` that is "Bergen", which the plain table does not hold. */
  readonly unseen?: number;
  /** Share of `speed` that is empty. */
  readonly missing?: number;
  /** First day; rows are spread over 60 days. */
  readonly start?: string;
}

/** Columns: id (key), when (time), speed (number), load (number), city (category), ok (boolean). */
export function tableCsv(options: TableOptions): string {
  const { rows, seed, shift = 0, unseen = 0, missing = 0, start = '2024-01-01' } = options;
  const random = uniform(seed);
  const first = Date.parse(start);
  const lines = ['id,when,speed,load,city,ok'];
  for (let row = 0; row < rows; row++) {
    const time = new Date(first + (row / rows) * 60 * 86_400_000).toISOString();
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const speed = random() < missing ? '' : (normal + shift).toFixed(4);
    const city =
      random() < unseen ? 'Bergen' : ['Oslo', 'Rome', 'Lima', 'Quito'][Math.floor(random() ** 2 * 4)];
    lines.push(
      `${seed * 1e6 + row},${time},${speed},${(random() * 100).toFixed(2)},${city},${random() < 0.7}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

export function textFile(name: string, text: string): FileSpec {
  const bytes = new TextEncoder().encode(text);
  return { name, buffer: bytes.buffer as ArrayBuffer };
}

export function tableFile(name: string, options: TableOptions): FileSpec {
  return textFile(name, tableCsv(options));
}
