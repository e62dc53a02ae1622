// SPDX-License-Identifier: Apache-2.0
// What the code in the docs takes for granted: an app with a model, files and rows of its own, and a monitor from an earlier example.

declare const tf: import('driftglass/tfjs').TensorFlow;
declare const tfModel: import('@tensorflow/tfjs-layers').LayersModel;
declare const network: import('@tensorflow/tfjs-layers').LayersModel;
declare const model: import('@tensorflow/tfjs-layers').LayersModel;

declare const createMonitor: typeof import('driftglass').createMonitor;
declare const watch: typeof import('driftglass/tfjs').watch;
declare const monitor: import('driftglass').Monitor;

declare const trainingFile: File;
declare const lastWeekFile: File;

/** Tells the app's own log of an error. */
declare function report(error: Error): void;
declare function notify(title: string, text: string, advice?: string): void;

declare const flights: { readonly ids: string[]; readonly departures: Float64Array };
declare const flightNumbers: string[];
declare function airportNames(places: ArrayLike<number | string>): string[];
declare const id: string;

declare const ages: Float32Array;
declare const cities: string[];
declare const inputs: Float32Array;
declare const hidden: Float32Array;
declare const columns: { readonly age: Float32Array };
declare const ids: string[];
declare const times: Float64Array;
declare const plan: string[];

/** Installed with the tests of OpenTelemetry only, which hold our `Meter` against the real one. */
declare module '@opentelemetry/api' {
  export const metrics: { getMeter(name: string): import('driftglass/otel').Meter<object, object> };
}
