// SPDX-License-Identifier: Apache-2.0
/**
 * Snapshots on their way from a worker to its page. Ratings of all windows are thousands of texts, each of which would be made anew
 * on the page and kept there: they go as one array of numbers, as values do.
 */
import { type TransferHandler, transferHandlers } from 'comlink';
import type { Rating } from '../verdict/verdict.js';
import type { HostNews } from './host.js';
import type { FeatureSeries, MonitorSnapshot, WindowSeries } from './snapshot.js';

const RATINGS: readonly Rating[] = ['drift', 'watch', 'unknown', 'stable', 'notRated'];

interface PackedSeries extends Omit<WindowSeries, 'features'> {
  readonly features: readonly Omit<FeatureSeries, 'values' | 'ratings'>[];
  /** By features, then by windows. */
  readonly values: Float64Array<ArrayBuffer>;
  readonly ratings: Uint8Array<ArrayBuffer>;
}

type PackedSnapshot = Omit<MonitorSnapshot, 'series'> & { readonly series: readonly PackedSeries[] };
type PackedNews = Omit<HostNews, 'snapshot'> & { readonly snapshot: PackedSnapshot };
type NewsWithSnapshot = HostNews & { readonly snapshot: MonitorSnapshot };

const ofSnapshots: TransferHandler<MonitorSnapshot, PackedSnapshot> = {
  canHandle: (value): value is MonitorSnapshot => Array.isArray(Object(value).series),
  serialize: (snapshot) => {
    const packed = packSnapshot(snapshot);
    return [packed, buffersOf(packed)];
  },
  deserialize: unpackSnapshot,
};

const ofNews: TransferHandler<NewsWithSnapshot, PackedNews> = {
  canHandle: (value): value is NewsWithSnapshot => Array.isArray(Object(Object(value).snapshot).series),
  serialize: (news) => {
    const snapshot = packSnapshot(news.snapshot);
    return [{ ...news, snapshot }, buffersOf(snapshot)];
  },
  deserialize: ({ snapshot, ...news }) => ({ ...news, snapshot: unpackSnapshot(snapshot) }),
};

/** Said on both sides of the border, before anything crosses it. */
export function packSnapshots(): void {
  transferHandlers.set('driftglass snapshot', ofSnapshots);
  transferHandlers.set('driftglass news', ofNews);
}

export function packSnapshot(snapshot: MonitorSnapshot): PackedSnapshot {
  return { ...snapshot, series: snapshot.series.map(packSeries) };
}

export function unpackSnapshot(packed: PackedSnapshot): MonitorSnapshot {
  return { ...packed, series: packed.series.map(unpackSeries) };
}

function packSeries({ features, windows, ...others }: WindowSeries): PackedSeries {
  const values = new Float64Array(features.length * windows.length);
  const ratings = new Uint8Array(values.length);
  const rest = features.map(({ values: own, ratings: rated, ...facts }, i) => {
    values.set(own, i * windows.length);
    ratings.set(
      rated.map((rating) => RATINGS.indexOf(rating)),
      i * windows.length,
    );
    return facts;
  });
  return { ...others, windows, features: rest, values, ratings };
}

function unpackSeries({ features, values, ratings, ...others }: PackedSeries): WindowSeries {
  const { length } = others.windows;
  const unpacked = features.map((facts, i): FeatureSeries => {
    // Of their length at once and by hand: what grows takes more than it needs, and a copy by an iterator thrice the time.
    const own = new Array<number>(length);
    const rated = new Array<Rating>(length);
    for (let window = 0; window < length; window++) {
      own[window] = values[i * length + window]!;
      rated[window] = RATINGS[ratings[i * length + window]!]!;
    }
    return { ...facts, values: own, ratings: rated };
  });
  return { ...others, features: unpacked };
}

function buffersOf({ series }: PackedSnapshot): ArrayBuffer[] {
  return series.flatMap(({ values, ratings }) => [values.buffer, ratings.buffer]);
}
