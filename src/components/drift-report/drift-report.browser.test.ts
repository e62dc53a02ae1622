// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { drawn, expectAccessible, mount, textOf } from '../../../test/look/accessible.js';
import { clusterView } from '../../../test/look/fixture-embedding.js';
import {
  featureOf,
  flightsReport,
  mixedReport,
  reportOf,
  testOf,
  verdictOf,
  wideReport,
} from '../../../test/look/fixture-report.js';
import type { DriftReport } from './drift-report.js';
import './drift-report.js';

async function show(
  fill: (element: DriftReport) => void,
  options: Parameters<typeof mount>[1] = {},
): Promise<DriftReport> {
  const element = document.createElement('drift-report');
  fill(element);
  return mount(element, options);
}

test('axe clean in every state, wide and narrow, light and dark', async () => {
  const states: ((element: DriftReport) => void)[] = [
    () => {},
    (element) => (element.loading = true),
    (element) => (element.error = 'orders.csv: empty'),
    (element) => (element.report = flightsReport()),
    (element) => {
      element.report = mixedReport();
      element.loading = true;
    },
    (element) => (element.report = reportOf([])),
  ];
  for (const state of states) {
    await expectAccessible(await show(state));
    await expectAccessible(await show(state, { width: 380, scheme: 'dark' }));
  }
});

test('first the answer: words, marks, checks that failed, rows of both sides, exact or certified', async () => {
  const text = textOf(await show((element) => (element.report = mixedReport())));
  for (const part of [
    'basket_value has drifted, and a column is gone.',
    'orders-2026-09.parquet',
    '4,000 rows',
    'certified',
    '2 failed',
    'Missing in the current data: discount',
    'New in the current data: coupon, channel',
    'WebAssembly is forbidden on this page',
    'rows are assumed independent',
    'What to do: Send discount under the old name',
  ]) {
    expect(text).toContain(part);
  }
});

test('one mark per feature, and pressing one opens that feature', async () => {
  const element = await show((element) => (element.report = flightsReport()));
  const marks = [...(element.shadowRoot?.querySelectorAll<HTMLButtonElement>('.field button') ?? [])];
  expect(marks.map((mark) => mark.getAttribute('aria-label'))).toEqual([
    'Open delay, watch',
    'Open origin, stable',
    'Open destination, stable',
    'Open distance, stable',
    'Open date, not rated',
  ]);
  marks[3]?.click();
  await drawn(element);
  const features = element.shadowRoot?.querySelector('drift-features');
  expect(features?.shadowRoot?.querySelector('drift-feature')?.feature?.name).toBe('distance');
});

test('1,000 features are marked in one picture', async () => {
  const element = await show((element) => (element.report = wideReport(1000)));
  const marks = [...(element.shadowRoot?.querySelectorAll('.crowd path') ?? [])]
    .map((path) => path.getAttribute('d')?.match(/M/g)?.length ?? 0)
    .reduce((sum, count) => sum + count, 0);
  expect(marks).toBe(1000);
  await expectAccessible(element);
});

test('failed checks come first; the joint tests are shown', async () => {
  const element = await show((element) => (element.report = mixedReport()));
  const checks = [...(element.shadowRoot?.querySelectorAll('.checks li') ?? [])].map(
    (li) => li.textContent ?? '',
  );
  expect(checks[0]).toContain('discount');
  expect(checks[1]).toContain('categories never seen');
  expect(checks.slice(2).every((text) => text.includes('passed'))).toBe(true);
  const flights = await show((element) => (element.report = flightsReport()));
  expect(textOf(flights)).toContain('Columns together');
});

test('columns that failed in the same way share a line', async () => {
  const failed = ['a', 'b', 'c'].map((feature) => ({
    feature,
    check: 'type',
    expected: 'number (integer)',
    observed: 'number (integer), decimal comma',
    rows: 0,
    severity: 'info' as const,
    passed: false,
  }));
  const element = await show((element) => {
    element.report = reportOf(flightsReport().features, { checks: failed });
  });
  const checks = [...(element.shadowRoot?.querySelectorAll('.checks li') ?? [])].map((li) => textOf(li));
  expect(checks).toHaveLength(1);
  expect(checks[0]).toContain('a, b, c type of the column');
});

test('an error leaves the earlier report in place', async () => {
  const element = await show((element) => (element.report = flightsReport()));
  element.error = 'week-41.csv: row 12, column 3: a quote that never ends';
  await element.updateComplete;
  expect(textOf(element)).toContain('a quote that never ends');
  expect(element.shadowRoot?.querySelector('drift-features')).not.toBeNull();
});

test('nothing in a report becomes markup', async () => {
  const nasty = '<img src=x onerror="globalThis.stolen=true">';
  const element = await show((element) => {
    element.report = {
      ...mixedReport(),
      headline: { title: nasty, detail: nasty, advice: nasty },
      notes: [nasty],
      reference: { name: nasty, rows: 1 },
    };
  });
  expect(element.shadowRoot?.querySelector('img')).toBeNull();
  expect((globalThis as { stolen?: boolean }).stolen).toBeUndefined();
});

test('names of any length are cut, and widen nothing', async () => {
  const long = 'n'.repeat(100_000);
  const report = mixedReport();
  const [check] = report.checks;
  if (check === undefined) throw new Error('no check');
  const element = await show((element) => {
    element.report = {
      ...report,
      columns: { missing: [long], added: [long], changed: [long] },
      checks: [
        { ...check, feature: long, passed: false },
        { ...check, feature: long, passed: true },
      ],
    };
  });
  expect(element.shadowRoot?.querySelector('.columns')?.textContent).toContain(`${'n'.repeat(39)}….`);
  expect(element.scrollWidth).toBeLessThanOrEqual(element.clientWidth);
});

test('numbers at their worst draw nothing that is no number, and raise no error', async () => {
  const errors: string[] = [];
  const listen = (event: ErrorEvent): void => void errors.push(event.message);
  window.addEventListener('error', listen);
  const { NaN: nan, POSITIVE_INFINITY: inf, MAX_VALUE: max } = Number;
  const odd = [nan, inf, -inf, max, -max, 5e-324, 0];
  const features = odd.flatMap((value, i) => [
    featureOf(`number ${i}`, {
      reference: {
        rows: 0,
        missing: 0,
        unparsable: 0,
        mean: value,
        sd: value,
        min: value,
        max: value,
        quantiles: { '0.5': value },
      },
      current: {
        rows: 1,
        missing: 1,
        unparsable: 0,
        mean: value,
        sd: value,
        min: value,
        max: value,
        quantiles: { '0.5': value },
      },
      distances: {
        kolmogorovSmirnov: {
          value,
          low: value,
          high: value,
          pValue: value,
          exact: true,
          convention: '',
          at: value,
        },
      },
      histogram: { edges: [value, value, value], reference: [0, 0, 0, 0], current: [0, 0, 0, 0] },
      cdf: { x: [value, value, value], reference: [nan, nan, nan], current: [0, 0, 0] },
      verdict: verdictOf('unknown', {
        value,
        low: value,
        high: value,
        threshold: value,
        tolerance: value,
        pValue: value,
        adjustedPValue: value,
        tests: [
          testOf({ value, low: value, high: value, tolerance: value, pValue: value, adjustedPValue: value }),
        ],
      }),
      series: {
        metric: 'kolmogorovSmirnov',
        values: [value],
        ratings: ['unknown'],
        threshold: value,
        thresholdFrom: '',
        band: [value, value],
      },
    }),
    featureOf(`category ${i}`, {
      kind: 'category',
      histogram: { categories: [], reference: [], current: [] },
    }),
  ]);
  const element = await show((element) => {
    element.report = reportOf(features, {
      windows: [{ side: 'current', start: 0, end: 0, rows: 0, rating: 'unknown' }],
    });
  });
  const table = element.shadowRoot?.querySelector('drift-features')?.shadowRoot;
  for (const button of table?.querySelectorAll<HTMLButtonElement>('.name button') ?? []) button.click();
  await drawn(element);
  await drawn(element);
  const drawings: string[] = [];
  const collect = (root: ParentNode): void => {
    for (const node of root.querySelectorAll('*')) {
      if (node instanceof SVGElement)
        drawings.push(...[...node.attributes].map(({ name, value }) => `${name}=${value}`));
      if (node.shadowRoot !== null) collect(node.shadowRoot);
    }
  };
  collect(element.shadowRoot as ShadowRoot);
  window.removeEventListener('error', listen);
  expect(drawings.length).toBeGreaterThan(500);
  expect(drawings.filter((text) => /NaN|Infinity|undefined/.test(text))).toEqual([]);
  expect(errors).toEqual([]);
});

test('places of rows reach the opened feature that they belong to', async () => {
  const view = clusterView(300, 200);
  const { projections, shift } = view;
  const element = await show((report) => {
    report.report = reportOf([
      featureOf('size'),
      featureOf('features', { embedding: { projections, shift } }),
    ]);
  });
  element.embeddings = new Map([['features', view]]);
  const features = element.shadowRoot?.querySelector('drift-features');
  await features?.openFeature('features');
  await drawn(element);
  const opened = features?.shadowRoot?.querySelector('drift-feature');
  expect(opened?.shadowRoot?.querySelector('drift-embedding')?.map).toBe(view.map);
});
