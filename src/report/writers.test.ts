// SPDX-License-Identifier: Apache-2.0
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../verdict/settings.js';
import { reportToCsv } from './csv-table.js';
import { reportToHtml } from './html.js';
import { reportToJson } from './json.js';
import type { FeatureReport, Report } from './report.js';

function feature(name: string, over: Partial<FeatureReport> = {}): FeatureReport {
  return {
    name,
    kind: 'number',
    role: 'input',
    reference: { rows: 10, missing: 0, unparsable: 0, min: -Infinity, max: 2 ** 60 },
    current: { rows: 12, missing: 1, unparsable: 0, mean: Number.NaN },
    distances: { wasserstein: { value: Infinity, exact: true, convention: 'raw' } },
    missingness: { delta: 0.1, low: 0, high: 0.2, pValue: 0.5 },
    verdict: {
      metric: 'kolmogorovSmirnov',
      value: 0.25,
      low: 0.1,
      high: 0.4,
      threshold: 0.05,
      thresholdFrom: 'tolerance .05',
      tolerance: 0.05,
      pValue: 0.001,
      adjustedPValue: 0.002,
      rating: 'drift',
      sentence: 'The median rose, "a lot".',
      tests: [],
    },
    ...over,
  };
}

function report(features: readonly FeatureReport[]): Report {
  return {
    schema: 1,
    driftglass: '0.0.0',
    level: 0.01,
    seed: 1,
    engine: { kernels: 'cpu', place: 'node', workers: 1, mode: 'exact', milliseconds: 1, notes: [] },
    settings: DEFAULT_SETTINGS,
    baselineId: 'abc',
    reference: { name: 'a.csv', rows: 10 },
    current: { name: '<b>.csv', rows: 12 },
    headline: { title: 'All drifted.', detail: '', advice: 'Look.' },
    summary: {
      rating: 'drift',
      drift: features.map(({ name }) => name),
      watch: [],
      unknown: [],
      stable: [],
      notRated: [],
    },
    columns: { missing: [], added: [], changed: [] },
    features,
    checks: [],
    tests: [],
    windows: [],
    notes: [],
  };
}

describe('reportToJson', () => {
  const data = JSON.parse(
    reportToJson(
      report([
        feature('x'),
        feature('when', {
          kind: 'time',
          reference: { rows: 1, missing: 0, unparsable: 0, min: 0, max: 86_400_000 },
        }),
      ]),
    ),
  );

  it('writes what JSON has no word for', () => {
    expect(data.features[0].distances.wasserstein.value).toBe('Infinity');
    expect(data.features[0].reference.min).toBe('-Infinity');
    expect(data.features[0].current.mean).toBeNull();
  });

  it('writes whole numbers beyond 2^53 as strings', () => {
    expect(data.features[0].reference.max).toBe('1152921504606846976');
  });

  it('writes times in ISO 8601', () => {
    expect(data.features[1].reference).toMatchObject({
      min: '1970-01-01T00:00:00.000Z',
      max: '1970-01-02T00:00:00.000Z',
    });
  });
});

describe('reportToCsv', () => {
  it('disarms cells that a spreadsheet would run', () => {
    const lines = reportToCsv(report(['=1+1', '+x', '-x', '@x', '\tx'].map((name) => feature(name)))).split(
      '\r\n',
    );
    for (const line of lines.slice(1, -1)) expect(line.startsWith("'") || line.startsWith('"\'')).toBe(true);
  });

  it('quotes commas, quotes and line ends', () => {
    const [, line] = reportToCsv(report([feature('a,"b"')])).split('\r\n');
    expect(line.startsWith('"a,""b"""')).toBe(true);
    expect(line).toContain('"The median rose, ""a lot""."');
  });

  it('has as many cells in every line', () => {
    const lines = reportToCsv(report([feature('a'), feature('b')]))
      .trimEnd()
      .split('\r\n');
    expect(new Set(lines.map((line) => line.replaceAll(/"(?:[^"]|"")*"/g, 'q').split(',').length)).size).toBe(
      1,
    );
  });
});

describe('reportToHtml', () => {
  const hostile = '</script><script>alert(1)</script><!--';
  let html: string;
  beforeAll(async () => {
    html = await reportToHtml(report([feature(hostile)]), 'console.log("</script>")');
  });

  it('lets nothing of a file or of the script end its element', () => {
    expect(html.match(/<script/g)).toHaveLength(3);
    expect(html.match(/<\/script/g)).toHaveLength(3);
    expect(html).not.toContain('<b>.csv');
  });

  it('carries the numbers, the special ones too', () => {
    const packed = /id="report">(.*?)<\/script>/s.exec(html)?.[1] as string;
    const data = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString());
    expect(data.features[0].name).toBe(hostile);
    expect(data.features[0].distances.wasserstein.value).toBe('\u0000Infinity');
  });

  it('forbids every request', () => {
    expect(html).toContain("default-src 'none'");
  });
});
