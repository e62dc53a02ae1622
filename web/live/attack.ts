// SPDX-License-Identifier: Apache-2.0
import type { Flights } from './rows.js';

/** What an attacker may change without being conspicuous in a single flight: the hour a little, the miles by a quarter. */
const HOURS = [-4, -2, 2];
const MILES = [0.8, 1.25];

/** Of each flight's neighbours the one that the model takes for the least late: a black-box attack, by asking it. */
export function adversarial(flights: Flights, score: (flights: Flights) => Float32Array): Flights {
  const best = { hour: flights.hour.slice(), distance: flights.distance.slice(), score: score(flights) };
  const consider = (hour: Float32Array, distance: Float32Array): void => {
    const tried = score({ ...flights, hour, distance });
    for (let i = 0; i < tried.length; i++) {
      if (!(tried[i]! < best.score[i]!)) continue;
      best.score[i] = tried[i]!;
      best.hour[i] = hour[i]!;
      best.distance[i] = distance[i]!;
    }
  };
  for (const hours of HOURS)
    consider(
      flights.hour.map((hour) => Math.min(23, Math.max(0, hour + hours))),
      flights.distance,
    );
  const { hour } = best;
  for (const factor of MILES)
    consider(
      hour.slice(),
      flights.distance.map((miles) => miles * factor),
    );
  return { ...flights, hour: best.hour, distance: best.distance };
}
