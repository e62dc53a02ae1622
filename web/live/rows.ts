// SPDX-License-Identifier: Apache-2.0

/** Flights in the order of their departure, as columns. Airports are places in the model's list, 0 for any other. */
export interface Flights {
  /** Departure, ms since 1970, local time taken for UTC. */
  readonly time: Float64Array;
  /** 1 for an arrival more than 15 minutes late. */
  readonly late: Uint8Array;
  /** 0 to 23. */
  readonly hour: Float32Array;
  /** Miles. */
  readonly distance: Float32Array;
  readonly origin: Float32Array;
  readonly destination: Float32Array;
  /** Number of the flight in the file: its prediction's id. */
  readonly id: Float64Array;
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export function hourOf(time: number): number {
  return Math.floor((time % DAY) / HOUR);
}

/** Copies of the rows from `from` up to `to`. */
export function sliceFlights(flights: Flights, from: number, to: number): Flights {
  return {
    time: flights.time.slice(from, to),
    late: flights.late.slice(from, to),
    hour: flights.hour.slice(from, to),
    distance: flights.distance.slice(from, to),
    origin: flights.origin.slice(from, to),
    destination: flights.destination.slice(from, to),
    id: flights.id.slice(from, to),
  };
}

/** Copies of the rows that `keep` wants. */
export function filterFlights(flights: Flights, keep: (row: number) => boolean): Flights {
  const kept = (_: number, row: number): boolean => keep(row);
  return {
    time: flights.time.filter(kept),
    late: flights.late.filter(kept),
    hour: flights.hour.filter(kept),
    distance: flights.distance.filter(kept),
    origin: flights.origin.filter(kept),
    destination: flights.destination.filter(kept),
    id: flights.id.filter(kept),
  };
}
