// SPDX-License-Identifier: Apache-2.0
/** As much of `@opentelemetry/api` as is used: an app passes its own meter, and nothing of the package is imported. */

export type Attributes = Readonly<Record<string, string | number | boolean>>;

export interface Observable {
  addCallback(callback: (result: never) => void): void;
}

export interface Histogram {
  record(value: number, attributes?: Attributes): void;
}

export interface BatchResult<O> {
  observe(instrument: O, value: number, attributes?: Attributes): void;
}

export interface InstrumentOptions {
  readonly description: string;
  /** UCUM. */
  readonly unit: string;
  readonly advice?: { explicitBucketBoundaries?: number[] };
}

/** `Meter` of the metrics API, version 1.3 or later. */
export interface Meter<O = Observable, C = Observable> {
  createHistogram(name: string, options?: InstrumentOptions): Histogram;
  createObservableGauge(name: string, options?: InstrumentOptions): O;
  createObservableCounter(name: string, options?: InstrumentOptions): C;
  addBatchObservableCallback(callback: (result: BatchResult<O | C>) => void, observables: (O | C)[]): void;
  removeBatchObservableCallback(callback: (result: BatchResult<O | C>) => void, observables: (O | C)[]): void;
}
