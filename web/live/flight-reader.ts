// SPDX-License-Identifier: Apache-2.0
import { transfer } from 'comlink';
import type { Batch } from '../../src/columns/batch.js';
import type { Column, NumberColumn, StringColumn } from '../../src/columns/column.js';
import { bytesFromBlob } from '../../src/sources/bytes.js';
import { openSource } from '../../src/sources/open.js';
import type { Source } from '../../src/sources/source.js';
import { type Flights, hourOf } from './rows.js';

const LATE_MINUTES = 15;

/** Reads the flights of the page's sample, a part of the file at a time. Runs in a worker. */
export class FlightReader {
  #source: Source | null = null;
  #places = new Map<string, number>();
  #from = 0;
  #part = 0;
  #rows = 0;

  /** `airports`: the model's list; `from`: ms of the first flight that is wanted. */
  async open(address: string, airports: readonly string[], from: number): Promise<void> {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`the flights are not beside this page (${response.status})`);
    this.#source = await openSource([bytesFromBlob(await response.blob(), 'flights-3m.parquet')]);
    this.#places = new Map(airports.map((name, i) => [name, i + 1]));
    this.#from = from;
    this.rewind();
  }

  rewind(): void {
    this.#part = 0;
    this.#rows = 0;
  }

  /** The flights of the next part that has any; null at the end. */
  async next(): Promise<Flights | null> {
    const source = this.#source;
    if (source === null) throw new Error('the flights were not opened');
    while (this.#part < source.parts) {
      const part = this.#part++;
      const pieces: Flights[] = [];
      for await (const batch of source.read({ parts: [part, part + 1] })) {
        const piece = this.#flightsOf(batch);
        if (piece.time.length > 0) pieces.push(piece);
      }
      if (pieces.length === 0) continue;
      const flights = joined(pieces);
      return transfer(
        flights,
        Object.values(flights).map(({ buffer }: { buffer: ArrayBuffer }) => buffer),
      );
    }
    return null;
  }

  #flightsOf({ rows, columns }: Batch): Flights {
    const find = (name: string): Column => {
      for (const [key, column] of columns) if (key.toLowerCase() === name) return column;
      throw new Error(`the flights have no column "${name}"`);
    };
    const time = (find('date') as NumberColumn).values;
    const delay = (find('delay') as NumberColumn).values;
    const distance = (find('distance') as NumberColumn).values;
    let first = 0;
    // In the order of time.
    while (first < rows && !(time[first]! >= this.#from)) first++;
    const places = (column: StringColumn): Float32Array => {
      const known = column.dictionary.map((name) => this.#places.get(name) ?? 0);
      return Float32Array.from(column.codes.subarray(first), (code) => known[code] ?? 0);
    };
    const times = Float64Array.from(time.subarray(first));
    const start = this.#rows + first;
    this.#rows += rows;
    return {
      time: times,
      late: Uint8Array.from(delay.subarray(first), (minutes) => (minutes > LATE_MINUTES ? 1 : 0)),
      hour: Float32Array.from(times, hourOf),
      distance: Float32Array.from(distance.subarray(first)),
      origin: places(find('origin') as StringColumn),
      destination: places(find('destination') as StringColumn),
      id: Float64Array.from(times, (_, i) => start + i),
    };
  }
}

function joined(pieces: readonly Flights[]): Flights {
  if (pieces.length === 1) return pieces[0]!;
  const rows = pieces.reduce((sum, { time }) => sum + time.length, 0);
  const all: Flights = {
    time: new Float64Array(rows),
    late: new Uint8Array(rows),
    hour: new Float32Array(rows),
    distance: new Float32Array(rows),
    origin: new Float32Array(rows),
    destination: new Float32Array(rows),
    id: new Float64Array(rows),
  };
  let at = 0;
  for (const piece of pieces) {
    for (const name of Object.keys(all) as (keyof Flights)[]) all[name].set(piece[name], at);
    at += piece.time.length;
  }
  return all;
}
