// SPDX-License-Identifier: Apache-2.0
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { messageOf } from '../../src/errors.js';
import type { Alert } from '../../src/monitor/alert.js';
import type { Monitor } from '../../src/monitor/monitor.js';
import { airportsOf, type Break, type BreakState, breaksOf, endOf } from './breaks.js';
import { CallSize } from './call-size.js';
import { FlightFeed } from './flight-feed.js';
import { LabelQueue } from './label-queue.js';
import type { FlightModel } from './model.js';
import { addAlert, countWindow, newTrial, type Trial } from './notices.js';
import { DAY, type Flights, HOUR } from './rows.js';

export interface Speed {
  readonly name: string;
  /** ms of event time a second. */
  readonly perSecond: number;
}

export const SPEEDS: readonly Speed[] = [
  { name: '1 hour/s', perSecond: HOUR },
  { name: '6 hours/s', perSecond: 6 * HOUR },
  { name: '1 day/s', perSecond: DAY },
  // Finite: in no time at all no time passes.
  { name: 'full speed', perSecond: 1000 * DAY },
];

/** The model has seen January. */
export const FIRST = Date.UTC(2001, 1, 1);
export const LAST = Date.UTC(2001, 6, 1);
/** Flights that the model is asked about in one call, and calls in one frame: of two frames no more than the adapter keeps. */
const BATCH = 512;
const CALLS = 4;
/** The page must stay quick: so long may a frame be worked on, and a call take, in ms. */
const FRAME_MS = 10;
const CALL_MS = 5;
/** No more than so far may the clock be ahead of the windows that were judged: else a break would seem to be noticed late. */
const LEAD = 2 * DAY;
/** A frame after a pause of the tab is no leap in time. */
const LONGEST_FRAME_MS = 200;
const MOST_TRIALS = 12;

type State = 'loading' | 'playing' | 'paused' | 'ended' | 'failed';
type ModelModule = typeof import('./model.js');

/** The stream through the model, without a DOM. `onChange` tells every change but those that each frame brings. */
export class LiveSession {
  state: State = 'loading';
  error = '';
  speed: Speed = SPEEDS[2]!;
  /** Event time, ms. */
  clock = FIRST;
  rows = 0;
  /** Windows that were judged. */
  windows = 0;
  /** Until the model is loaded, only for show: it knows the airports. */
  breaks: readonly Break[] = breaksOf(airportsOf([]));
  /** Newest first. */
  trials: readonly Trial[] = [];
  /** What the monitor has complained about. */
  problems: readonly string[] = [];
  monitor: Monitor | null = null;
  onChange: () => void = () => {};

  readonly #feed = new FlightFeed();
  /** An attack asks the model seven times about each flight. */
  readonly #size = new CallSize(BATCH, CALL_MS);
  #labels = new LabelQueue();
  #module: ModelModule | null = null;
  #loaded: FlightModel | null = null;
  #watched: LayersModel | null = null;
  #flights: Flights | null = null;
  #break: { readonly broken: Break; state: BreakState | null; readonly since: number } | null = null;
  /** End of the latest window that was judged. */
  #judged = FIRST;
  #frameAt = Number.NaN;
  #wantsToPlay: boolean;

  constructor({ play = true }: { play?: boolean } = {}) {
    this.#wantsToPlay = play;
  }

  /** The break that is at work. */
  get broken(): Break | null {
    return this.#break?.broken ?? null;
  }

  /** Loads the library, the model and the first flights. */
  async open(): Promise<void> {
    try {
      this.#module = await import('./model.js');
      this.#loaded = await this.#module.loadModel('live/model.json');
      const { airports } = this.#loaded;
      this.breaks = breaksOf(airportsOf(airports));
      const address = new URL('samples/flights-3m.parquet', document.baseURI).href;
      await this.#feed.open(address, airports, FIRST);
      await this.#watch();
      this.state = this.#wantsToPlay ? 'playing' : 'paused';
    } catch (error) {
      this.#fail(error);
    }
    this.onChange();
  }

  play(): void {
    if (this.state !== 'paused') return;
    this.state = 'playing';
    this.#frameAt = Number.NaN;
    this.onChange();
  }

  pause(): void {
    if (this.state !== 'playing') return;
    this.state = 'paused';
    this.onChange();
  }

  setSpeed(speed: Speed): void {
    this.speed = speed;
    this.onChange();
  }

  /** Breaks the stream from now on, in place of what broke it before. */
  begin(broken: Break): void {
    if (this.monitor === null) return;
    this.end();
    const since = this.clock;
    this.#break = { broken, state: null, since };
    this.trials = [newTrial(broken, since, performance.now()), ...this.trials].slice(0, MOST_TRIALS);
    this.monitor.annotate(broken.title, since);
    this.onChange();
  }

  /** The stream is whole again. */
  end(): void {
    if (this.#break === null) return;
    this.#break = null;
    this.trials = this.trials.map((trial) =>
      trial.ended === null ? { ...trial, ended: this.clock } : trial,
    );
    this.monitor?.annotate('whole again', this.clock);
    this.onChange();
  }

  /** February again, with a monitor that remembers nothing. */
  async reset(): Promise<void> {
    if (this.state === 'loading' || this.state === 'failed') return;
    const play = this.state !== 'paused';
    this.state = 'loading';
    this.#break = null;
    this.trials = [];
    this.problems = [];
    this.#labels = new LabelQueue();
    this.clock = FIRST;
    this.rows = 0;
    this.onChange();
    try {
      await this.#unwatch();
      await this.#feed.stream.rewind();
      await this.#watch();
      this.state = play ? 'playing' : 'paused';
      this.#frameAt = Number.NaN;
    } catch (error) {
      this.#fail(error);
    }
    this.onChange();
  }

  /** One frame of the page at `now` (ms): flights that have departed meanwhile are predicted, labels that are due are told. */
  frame(now: number): void {
    const passed = Math.min(LONGEST_FRAME_MS, now - this.#frameAt);
    this.#frameAt = now;
    if (this.state !== 'playing' || Number.isNaN(passed)) return;
    const most = Math.min(LAST, this.#judged + LEAD);
    const until = Math.max(this.clock, Math.min(most, this.clock + (passed / 1000) * this.speed.perSecond));
    const stop = performance.now() + FRAME_MS;
    for (let calls = 0; calls < CALLS && performance.now() < stop; calls++) {
      const flights = this.#feed.stream.take(until, this.#size.rows);
      if (flights === null) break;
      const begin = performance.now();
      this.#predict(flights);
      this.#size.took(performance.now() - begin, flights.time.length);
    }
    const { nextTime: next, isOver, error } = this.#feed.stream;
    if (isOver && error !== null) {
      this.#fail(error);
      return;
    }
    // Where the model cannot keep up, or flights are still being read, time waits for them.
    if (next < until) this.clock = next;
    else if (!Number.isNaN(next) && until !== LAST) this.clock = until;
    if (this.#break !== null && this.clock >= endOf(this.#break.broken, this.#break.since)) this.end();
    this.#labels.release(this.clock - DAY, (id, late) => this.monitor?.label(id, late ? 'late' : 'on time'));
    if (isOver || next >= LAST) {
      this.clock = LAST;
      this.state = 'ended';
      this.onChange();
    }
  }

  async close(): Promise<void> {
    this.state = 'failed';
    this.#feed.close();
    await this.#unwatch();
  }

  #fail(error: unknown): void {
    this.state = 'failed';
    this.error = messageOf(error);
    this.onChange();
  }

  #predict(taken: Flights): void {
    const [model, network] = [this.#module!, this.#watched!];
    const flights = this.#broken(taken);
    this.rows += flights.time.length;
    if (flights.time.length === 0) return;
    this.#flights = flights;
    model.scores(network, flights);
    this.#labels.add(flights);
  }

  #broken(flights: Flights): Flights {
    const now = this.#break;
    if (now === null) return flights;
    now.state ??= {
      since: now.since,
      first: { hour: flights.hour[0]!, distance: flights.distance[0]! },
      score: (tried) => this.#module!.scores(this.#loaded!.network, tried),
    };
    return now.broken.apply(flights, now.state);
  }

  async #watch(): Promise<void> {
    const { tf } = this.#module!;
    const { network, threshold, accuracy, airports } = this.#loaded!;
    const { watchFlights } = await import('./watched.js');
    const names = ['unknown', ...airports];
    const { monitor, model } = watchFlights({
      tf,
      network,
      threshold,
      accuracy,
      airportNames: (places) => Array.from(places, (place) => names[Number(place)] ?? 'unknown'),
      flights: () => ({ ids: Array.from(this.#flights!.id), times: this.#flights!.time }),
      report: (error) => this.#complain(error),
    });
    this.#watched = model;
    this.monitor = monitor;
    monitor.onAlert((alert) => this.#hear(alert));
    this.#judged = FIRST;
    this.windows = 0;
    monitor.onVerdict((verdict) => {
      this.windows++;
      this.#judged = Math.max(this.#judged, verdict.window.end);
      this.trials = this.trials.map((trial) => countWindow(trial, verdict));
    });
    const { state, reason } = await monitor.ready;
    if (state === 'failed') throw new Error(reason);
  }

  async #unwatch(): Promise<void> {
    const { unwatch } = await import('../../src/adapters/tfjs.js');
    if (this.#watched !== null) unwatch(this.#watched);
    const { monitor } = this;
    this.monitor = null;
    await monitor?.dispose();
  }

  #hear(alert: Alert): void {
    const now = performance.now();
    // What is raised belongs to the newest break; what recovers to the one that raised it.
    this.trials = this.trials.map((trial, i) =>
      i === 0 || alert.state !== 'raised' ? addAlert(trial, alert, now) : trial,
    );
    this.onChange();
  }

  #complain(error: Error): void {
    this.problems = [...this.problems, error.message].slice(-4);
    this.onChange();
  }
}
