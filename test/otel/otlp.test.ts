// SPDX-License-Identifier: Apache-2.0
/** The official SDK and its OTLP/HTTP exporter, sending to an endpoint of our own. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportMetrics, type Meter } from '../../src/adapters/otel.js';
import { baselineFileOf, rowsOf } from '../../src/monitor/core/testing/rows.js';
import { createMonitor } from '../../src/monitor/create-monitor.js';
import { inProcess } from '../../src/monitor/in-process.js';

/** By name, so that types are checked without the packages too. */
const PACKAGES = {
  sdk: '@opentelemetry/sdk-metrics',
  exporter: '@opentelemetry/exporter-metrics-otlp-http',
  resources: '@opentelemetry/resources',
} as const;

interface Provider {
  getMeter(name: string, version?: string): Meter;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}
interface Sdk {
  readonly MeterProvider: new (options: object) => Provider;
  readonly PeriodicExportingMetricReader: new (options: object) => object;
}
interface Exporter {
  readonly OTLPMetricExporter: new (options: { readonly url: string }) => object;
}
interface Resources {
  resourceFromAttributes(attributes: Record<string, string>): object;
}

interface DataPoint {
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
  readonly asDouble?: number;
  readonly asInt?: number | string;
  readonly count?: number | string;
  readonly sum?: number;
  readonly bucketCounts?: readonly (number | string)[];
  readonly explicitBounds?: readonly number[];
}
interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly gauge?: { readonly dataPoints: readonly DataPoint[] };
  readonly sum?: { readonly dataPoints: readonly DataPoint[]; readonly isMonotonic: boolean };
  readonly histogram?: { readonly dataPoints: readonly DataPoint[] };
}
interface Payload {
  readonly resourceMetrics: readonly {
    readonly resource: { readonly attributes: DataPoint['attributes'] };
    readonly scopeMetrics: readonly {
      readonly scope: { readonly name: string };
      readonly metrics: readonly Metric[];
    }[];
  }[];
}

/** What arrived, newest last. */
const received: {
  readonly type: string | undefined;
  readonly url: string | undefined;
  readonly payload: Payload;
}[] = [];
let server: Server;
let url = '';

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const payload = JSON.parse(await bodyOf(request)) as Payload;
    received.push({ type: request.headers['content-type'], url: request.url, payload });
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/metrics`;
});
afterAll(() => server.close());

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

async function newProvider(): Promise<Provider> {
  const { MeterProvider, PeriodicExportingMetricReader } = (await import(
    /* @vite-ignore */ PACKAGES.sdk
  )) as Sdk;
  const { OTLPMetricExporter } = (await import(/* @vite-ignore */ PACKAGES.exporter)) as Exporter;
  const { resourceFromAttributes } = (await import(/* @vite-ignore */ PACKAGES.resources)) as Resources;
  const exporter = new OTLPMetricExporter({ url });
  return new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': 'shop' }),
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
  });
}

function metricsOf(): Map<string, Metric> {
  const scopes = received.at(-1)!.payload.resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics);
  return new Map(scopes.flatMap(({ metrics }) => metrics.map((metric) => [metric.name, metric])));
}

/** Value of each series, by its attributes in words: "driftglass.feature=speed …" without the monitor. */
function seriesOf(metric: Metric | undefined): Record<string, number> {
  const points = (metric?.gauge ?? metric?.sum ?? metric?.histogram)?.dataPoints ?? [];
  return Object.fromEntries(
    points.map(({ attributes, asDouble, asInt, count }) => [
      attributes
        .filter(({ key }) => key !== 'driftglass.monitor')
        .map(({ key, value }) => `${key.replace('driftglass.', '')}=${Object.values(value)[0]}`)
        .sort()
        .join(' '),
      Number(asDouble ?? asInt ?? count),
    ]),
  );
}

function columnsOf(rows: number, seed: number, shift = 0) {
  const values = [...rowsOf({ rows, seed, shift }).columns].map(([name, column]) => [
    name,
    column.type === 'string' ? Array.from(column.codes, (code) => column.dictionary[code]) : column.values,
  ]);
  return { columns: Object.fromEntries(values) };
}

const baseline = baselineFileOf(rowsOf({ rows: 20_000, seed: 1 }));

function newMonitor(name: string) {
  return createMonitor({ name, baseline, windows: [{ rows: 500 }], store: 'memory', host: inProcess });
}

describe('an OTLP/HTTP endpoint receives', () => {
  test('distances, ratings, rows, durations and the rest', async () => {
    const errors: Error[] = [];
    const provider = await newProvider();
    const monitor = newMonitor('flights');
    await monitor.ready;
    const stop = exportMetrics(monitor, {
      meter: provider.getMeter('driftglass'),
      onError: (error) => errors.push(error),
    });
    await settled(monitor);
    monitor.observe(columnsOf(500, 2));
    monitor.observe(columnsOf(500, 3, 4), { ids: Array.from({ length: 500 }, (_, i) => i) });
    for (let i = 0; i < 20; i++) monitor.call({ ms: 3, rows: 50, backend: 'wasm', tensorBytes: 4_096 });
    monitor.call({ ms: 400, rows: 50, backend: 'wasm', failed: true });
    monitor.call({ ms: 3, rows: 50, backend: 'wasm', nonFinite: true });
    monitor.metric('orders', 7);
    monitor.label(3, 1);
    await monitor.flush();
    // enough of the same for an alert
    for (let i = 0; i < 4; i++) monitor.observe(columnsOf(500, 4 + i, 4));
    await monitor.flush();
    await settled(monitor);
    await provider.forceFlush();

    expect(errors).toEqual([]);
    expect(received.at(-1)).toMatchObject({
      type: expect.stringContaining('application/json'),
      url: '/v1/metrics',
    });
    expect(JSON.stringify(received.at(-1)!.payload.resourceMetrics[0]!.resource)).toContain('shop');
    const found = metricsOf();
    const snapshot = await monitor.snapshot();
    const [series] = snapshot.series;
    const distances = seriesOf(found.get('driftglass.feature.distance'));
    expect(distances).toEqual(
      Object.fromEntries(
        series!.features.map(({ name, metric, values }) => [
          `distance=${metric} feature=${name} window=500 rows`,
          values.at(-1),
        ]),
      ),
    );
    const ratings = seriesOf(found.get('driftglass.feature.rating'));
    expect(ratings['distance=kolmogorovSmirnov feature=speed window=500 rows']).toBe(4);
    expect(seriesOf(found.get('driftglass.rating'))).toEqual({ 'window=500 rows': 4 });
    expect(found.get('driftglass.rows')).toMatchObject({ unit: '{row}', sum: { isMonotonic: true } });
    expect(seriesOf(found.get('driftglass.rows'))).toMatchObject({
      'row.state=observed': 3_000,
      'row.state=measured': 3_000,
      'row.state=skipped': 0,
      'row.state=late': 0,
      'row.state=refused': 0,
    });
    expect(seriesOf(found.get('driftglass.feature.threshold'))).toEqual(
      Object.fromEntries(
        series!.features.map(({ name, metric, threshold }) => [
          `distance=${metric} feature=${name} window=500 rows`,
          threshold,
        ]),
      ),
    );
    expect(snapshot.alerts.map(({ subject }) => subject.name)).toEqual(['speed']);
    expect(seriesOf(found.get('driftglass.alerts.open'))).toEqual({
      'alert.subject=feature': 1,
      'alert.subject=check': 0,
      'alert.subject=performance': 0,
      'alert.subject=metric': 0,
      'alert.subject=system': 0,
    });
    expect(seriesOf(found.get('driftglass.labels'))).toMatchObject({ 'label.state=joined': 1 });
    expect(seriesOf(found.get('driftglass.metric.mean'))).toEqual({ 'metric.name=orders': 7 });
    expect(seriesOf(found.get('driftglass.outcome.value'))).toEqual({
      [`outcome.metric=${snapshot.outcomes!.metric === 'accuracy' ? 'accuracy' : 'mean_absolute_error'}`]:
        snapshot.outcomes!.value,
    });
    expect(seriesOf(found.get('driftglass.model.calls'))).toEqual({ '': 22 });
    expect(seriesOf(found.get('driftglass.model.call.failures'))).toEqual({
      'error.type=exception': 1,
      'error.type=non_finite_output': 1,
    });
    expect(seriesOf(found.get('driftglass.memory.tensors'))).toEqual({ '': 4_096 });
    // Node tells of no heap as Chromium does, and of no long tasks.
    expect(found.has('driftglass.memory.heap')).toBe(false);
    expect(seriesOf(found.get('driftglass.page.long_tasks'))).toEqual({
      'task.own=true': 0,
      'task.own=false': 0,
    });

    const durations = found.get('driftglass.model.call.duration')!;
    expect(durations.unit).toBe('s');
    expect(seriesOf(durations)).toEqual({ 'backend=wasm': 22 });
    const [point] = durations.histogram!.dataPoints;
    expect(point!.sum! / (21 * 0.003 + 0.4)).toBeCloseTo(1, 1);
    const bucket = (seconds: number) =>
      Number(point!.bucketCounts![point!.explicitBounds!.findIndex((bound) => seconds <= bound)]);
    expect([bucket(0.003), bucket(0.4)]).toEqual([21, 1]);
    for (const metric of found.values()) expect(metric.description).not.toBe('');

    stop();
    monitor.observe(columnsOf(100, 5));
    await monitor.flush();
    await settled(monitor);
    await provider.forceFlush();
    // the SDK goes on to tell what it was last told
    expect(seriesOf(metricsOf().get('driftglass.rows'))).toMatchObject({ 'row.state=observed': 3_000 });
    await monitor.dispose();
    await provider.shutdown();
  });

  test('two monitors of one meter, apart', async () => {
    const provider = await newProvider();
    const meter = provider.getMeter('driftglass');
    const monitors = [newMonitor('one'), newMonitor('two')];
    await Promise.all(monitors.map(({ ready }) => ready));
    for (const monitor of monitors) exportMetrics(monitor, { meter });
    monitors[1]!.observe(columnsOf(30, 4));
    for (const monitor of monitors) {
      await monitor.flush();
      await settled(monitor);
    }
    await provider.forceFlush();
    const points = metricsOf().get('driftglass.rows')!.sum!.dataPoints;
    const observed = points.filter(({ attributes }) =>
      attributes.some(({ value }) => Object.values(value)[0] === 'observed'),
    );
    const byMonitor = observed.map(({ attributes, asDouble, asInt }) => [
      Object.values(attributes.find(({ key }) => key === 'driftglass.monitor')!.value)[0],
      Number(asDouble ?? asInt),
    ]);
    expect(Object.fromEntries(byMonitor)).toEqual({ one: 0, two: 30 });
    for (const monitor of monitors) await monitor.dispose();
    await provider.shutdown();
  });
});

/** Until the news that are due have been heard: at most four updates a second. */
async function settled(monitor: { onUpdate(callback: () => void): () => void }): Promise<void> {
  let last = performance.now();
  const unsubscribe = monitor.onUpdate(() => {
    last = performance.now();
  });
  while (performance.now() - last < 700) await new Promise((resolve) => setTimeout(resolve, 50));
  unsubscribe();
}
