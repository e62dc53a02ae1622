// SPDX-License-Identifier: Apache-2.0
import { adversarial } from './attack.js';
import { DAY, type Flights, filterFlights, HOUR } from './rows.js';

/** A way to break the stream on its way into the model. */
export interface Break {
  readonly id: string;
  readonly title: string;
  /** In a few words, and in full. */
  readonly detail: string;
  readonly sentence: string;
  /** Ends by itself after so many ms of event time. */
  readonly lasts?: number;
  /** What the model is given of these flights. They are copies: columns may be changed in place. */
  readonly apply: (flights: Flights, state: BreakState) => Flights;
}

export interface BreakState {
  /** Event time of its begin, ms. */
  readonly since: number;
  /** Of the flight that came first after it began. */
  readonly first: { readonly hour: number; readonly distance: number };
  /** What the model would say, without being watched. */
  readonly score: (flights: Flights) => Float32Array;
}

const KM_PER_MILE = 1.609344;
const SHORT_MILES = 500;
const RAMP = 10 * DAY;
const ON = 3 * DAY;
const OFF = 2 * DAY;

/** Some airports, by their places in the model's list. */
export interface Airports {
  readonly moved: ReadonlySet<number>;
  readonly closed: ReadonlySet<number>;
}

export function breaksOf({ moved, closed }: Airports): readonly Break[] {
  return [
    {
      id: 'unit',
      title: 'Wrong unit',
      detail: 'miles become km',
      sentence: 'distance comes in kilometres, as after a change of units upstream',
      apply: (flights) => {
        flights.distance.forEach((miles, i) => {
          flights.distance[i] = miles * KM_PER_MILE;
        });
        return flights;
      },
    },
    {
      id: 'stuck',
      title: 'Stuck sensor',
      detail: 'distance stands still',
      sentence: 'distance repeats the value that it had when the sensor got stuck',
      apply: (flights, { first }) => {
        flights.distance.fill(first.distance);
        return flights;
      },
    },
    {
      id: 'airport',
      title: 'New airports',
      detail: 'Chicago, Dallas move',
      sentence: 'Chicago and Dallas move to airports that the model has never seen',
      apply: (flights) => {
        for (const places of [flights.origin, flights.destination])
          for (let i = 0; i < places.length; i++) if (moved.has(places[i]!)) places[i] = 0;
        return flights;
      },
    },
    {
      id: 'sudden',
      title: 'Sudden shift',
      detail: 'all 3 hours later',
      sentence: 'every flight departs three hours later',
      apply: (flights) => {
        later(flights.hour, 3);
        return flights;
      },
    },
    {
      id: 'gradual',
      title: 'Gradual shift',
      detail: 'short flights cease',
      sentence: 'flights below 500 miles cease, more of them each day, all after ten days',
      apply: (flights, { since }) => {
        const { time, distance, id } = flights;
        return filterFlights(flights, (row) => {
          const share = Math.min(1, (time[row]! - since) / RAMP);
          return distance[row]! >= SHORT_MILES || drawn(id[row]!) >= share;
        });
      },
    },
    {
      id: 'periodic',
      title: 'Periodic shift',
      detail: '3 days in 5, later',
      sentence: 'departures are three hours later on three days, as before on two, and so on',
      apply: (flights, { since }) => {
        const { time, hour } = flights;
        for (let i = 0; i < hour.length; i++)
          if ((time[i]! - since) % (ON + OFF) < ON) later(hour.subarray(i, i + 1), 3);
        return flights;
      },
    },
    {
      id: 'temporary',
      title: 'Temporary shift',
      detail: 'the East is closed',
      sentence: 'the airports of the East are closed for five days',
      lasts: 5 * DAY,
      apply: (flights) => {
        const { origin, destination } = flights;
        return filterFlights(flights, (row) => !closed.has(origin[row]!) && !closed.has(destination[row]!));
      },
    },
    {
      id: 'attack',
      title: 'Attack',
      detail: 'all seem on time',
      sentence: "of each flight's near variants the model is given the one that it takes for the least late",
      apply: (flights, { score }) => adversarial(flights, score),
    },
  ];
}

/** Airports that the breaks speak of; place 0 stands for those that the model does not know. */
export function airportsOf(names: readonly string[]): Airports {
  const placeOf = (name: string): number => names.indexOf(name) + 1;
  const places = (names: string): Set<number> => new Set(names.split(' ').map(placeOf));
  return { moved: places('ORD DFW'), closed: places(EAST) };
}

const EAST =
  'BOS LGA JFK EWR PHL DCA IAD BWI BDL PVD ALB BUF SYR ROC MHT ATL CLT MIA MCO TPA FLL PIT CLE DTW RDU CVG JAX PBI ORF RIC';

/** In which ms of event time a break has passed its own end. */
export function endOf({ lasts }: Break, since: number): number {
  return since + (lasts ?? Number.POSITIVE_INFINITY);
}

function later(hours: Float32Array, by: number): void {
  for (let i = 0; i < hours.length; i++) hours[i] = (hours[i]! + by) % (DAY / HOUR);
}

/** From 0 to 1, the same for the same flight. */
function drawn(id: number): number {
  let mixed = Math.imul(id ^ (id >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}
