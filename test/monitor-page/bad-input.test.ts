// SPDX-License-Identifier: Apache-2.0
/** What apps do wrong, in a real browser: one clear report, the app unharmed, the counts right. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PagesInChromium, pagesInChromium } from '../serving/pages-in-chromium.js';
import { openApp } from './open-app.js';
import type { Kit, Made } from './page/kit.js';

declare const kit: Kit;

let pages: PagesInChromium;
let origin: string;

beforeAll(async () => {
  pages = await pagesInChromium(new URL('page/', import.meta.url), ['kit.html']);
  origin = await pages.serve();
}, 60_000);

afterAll(() => pages?.close());

/** Makes a monitor, does something with it, and gives what came of it. */
async function outcome(
  what: (made: Made) => Promise<void> | void,
  { options = 'undefined', early = 0 } = {},
) {
  const page = await openApp(pages.browser, `${origin}/kit.html`);
  return page
    .evaluate(
      async ([text, given, before]) => {
        const act = new Function(`return ${text}`)() as (made: Made) => Promise<void> | void;
        const made = await kit.make(new Function(`return ${given}`)() as object, before);
        await act(made);
        await made.monitor.flush();
        const { rows, state, series, labels } = await made.monitor.snapshot();
        await made.monitor.dispose();
        return {
          rows,
          state,
          series: series.map(({ windows }) => windows.length),
          labels,
          ...made,
          leaked: kit.leaked,
        };
      },
      [String(what), options, early] as const,
    )
    .then(({ monitor: _, ...seen }) => seen);
}

/** One window for all: how fast windows can be judged is another matter. */
const LONG = { options: '{ windows: [{ rows: 200_000 }] }' };

describe('rows', { timeout: 60_000 }, () => {
  test('of wrong shapes are refused and counted, each cause told once, and others are measured', async () => {
    const seen = await outcome(({ monitor }) => {
      for (let i = 0; i < 3; i++) {
        monitor.observe({ columns: { speed: [1, 2, 3], load: [1, 2] } });
        monitor.observe({ matrix: new Float32Array(7), names: ['speed', 'load'] });
        monitor.observe(new Float32Array(4) as never);
        monitor.observe(5 as never);
        monitor.observe(kit.rows(10, 2), { ids: [1, 2] });
      }
      monitor.observe(kit.rows(600, 3));
    });
    expect(seen.errors).toEqual([
      'SchemaError: rows were refused: "load" has 2 values, expected 3 as "speed" has',
      'SchemaError: rows were refused: the matrix that begins with "speed" has 7 values, expected a multiple of 2 (its names)',
      'SchemaError: rows were refused: a typed array alone has no names: expected { matrix, names }',
      'SchemaError: rows were refused: a number is no row',
      'SchemaError: rows were refused: ids: 2 for 10 rows, expected one a row',
    ]);
    expect(seen.rows).toMatchObject({
      observed: 654,
      measured: 600,
      skipped: 0,
      waiting: 0,
      refused: 3 * (3 + 3 + 1 + 1 + 10),
    });
    expect(seen).toMatchObject({ state: 'running', series: [1], leaked: [] });
  });

  test('with a feature renamed are measured; the name that is missing and the one that came are told, once', async () => {
    const seen = await outcome(({ monitor }) => {
      for (let i = 0; i < 2; i++) {
        const { speed, ...others } = kit.rows(500, 2 + i).columns;
        monitor.observe({ columns: { ...others, Speed: speed! } });
      }
    });
    expect(seen.errors).toEqual([
      'SchemaError: the rows lack "speed": the baseline expects numbers; "Speed" came instead, which the baseline does not know',
    ]);
    expect(seen.verdicts).toEqual(['drift', 'drift']);
    expect(seen).toMatchObject({ state: 'running', rows: { observed: 1_000, measured: 1_000 }, leaked: [] });
  });

  test('of another model than the baseline’s: said once, not for each column', async () => {
    const seen = await outcome(({ monitor }) => {
      for (let i = 0; i < 3; i++)
        monitor.observe({
          matrix: Float32Array.from({ length: 1_200 }, Math.random),
          names: ['a', 'b', 'c', 'd'],
        });
    });
    expect(seen.errors).toEqual([
      'SchemaError: the rows lack 4 of the 4 columns that the baseline expects ("speed", "load", "city", …), and have "a", "b", "c", … instead: the baseline may be of another model',
    ]);
    expect(seen).toMatchObject({ state: 'running', rows: { observed: 900, measured: 900 }, leaked: [] });
  });

  test('of 10,000 calls in one tick are all measured, and hold the page for no time worth a word', async () => {
    const seen = await outcome(async ({ monitor }) => {
      const start = performance.now();
      for (let i = 0; i < 10_000; i++)
        monitor.observe({ speed: i, load: 2, city: 'Oslo', score: 0.5 }, { ids: `id ${i}` });
      const ms = performance.now() - start;
      // Some 50 ms where the machine is not busy.
      if (ms > 3_000) throw new Error(`${ms} ms`);
      await monitor.flush();
      monitor.label('id 9999', 1);
    }, LONG);
    expect(seen.rows).toMatchObject({
      observed: 10_000,
      measured: 10_000,
      skipped: 0,
      refused: 0,
      waiting: 0,
    });
    expect(seen).toMatchObject({
      state: 'running',
      labels: { joined: 1, waiting: 9_999 },
      errors: [],
      leaked: [],
    });
  });

  test('of 100,000 calls in one tick: a sample is measured, the others are counted as left out', async () => {
    const seen = await outcome(({ monitor }) => {
      for (let i = 0; i < 100_000; i++) monitor.observe({ speed: i, load: 2, city: 'Oslo', score: 0.5 });
    }, LONG);
    const { observed, measured, skipped } = seen.rows;
    expect(observed).toBe(100_000);
    expect(measured).toBe(20_000);
    expect(skipped).toBe(80_000);
    expect(seen).toMatchObject({ state: 'running', errors: [], leaked: [] });
  });
});

describe('a baseline', { timeout: 60_000 }, () => {
  test.each([
    ['that is none', "{ baseline: new TextEncoder().encode('{}') }", /^CodecError: .*baseline/],
    ['that is damaged', '{ baseline: kit.baseline.slice(0, 300) }', /^CodecError: /],
    [
      'that is not there',
      "{ baseline: 'nowhere.baseline' }",
      /^SourceError: the baseline nowhere.baseline .*404/,
    ],
    [
      'whose promise is broken',
      "{ baseline: Promise.reject(new Error('no net')) }",
      /^SourceError: .*no net/,
    ],
  ])(
    '%s: told once, rows that have come count as left out, those to come do not count, the app goes on',
    async (_, options, message) => {
      const seen = await outcome(
        ({ monitor }) => {
          monitor.observe(kit.rows(100, 2));
          monitor.label('x', 1);
          monitor.metric('orders', 1);
        },
        { options, early: 70 },
      );
      expect(seen.errors).toEqual([expect.stringMatching(message)]);
      expect(seen).toMatchObject({
        state: 'failed',
        rows: { observed: 70, measured: 0, skipped: 70, waiting: 0 },
        verdicts: [],
        leaked: [],
      });
    },
  );
});

describe('calls', { timeout: 60_000 }, () => {
  test('of `label` for an id that nobody knows are counted as such, without a word', async () => {
    const seen = await outcome(async ({ monitor }) => {
      monitor.observe(kit.rows(500, 2), { ids: Array.from({ length: 500 }, (_, i) => i) });
      await monitor.flush();
      for (let i = 0; i < 20; i++) monitor.label(`nobody ${i}`, 1);
      monitor.label(3, 1);
    });
    expect(seen).toMatchObject({
      labels: { joined: 1, waiting: 499, unknown: 20 },
      rows: { observed: 500, measured: 500 },
      errors: [],
      leaked: [],
    });
  });

  test('of `label` and `metric` with what is no id, value or number: told once, nothing is joined', async () => {
    const seen = await outcome(({ monitor }) => {
      for (let i = 0; i < 3; i++) {
        monitor.label({} as never, 1);
        monitor.label('x', {} as never);
        monitor.metric('orders', Number.NaN);
      }
    });
    expect(seen.errors).toEqual([
      'SchemaError: label: the id is no string or number',
      'SchemaError: label: the value is no number, string or boolean',
      'SchemaError: metric "orders": its value or time is no finite number',
    ]);
    expect(seen).toMatchObject({ state: 'running', leaked: [] });
  });

  test('after `dispose` do nothing, and throw nothing', async () => {
    const seen = await outcome(async ({ monitor }) => {
      monitor.observe(kit.rows(100, 2));
      await monitor.dispose();
      monitor.observe(kit.rows(100, 3));
      monitor.observe(null as never);
      monitor.label('x', 1);
      monitor.label({} as never, 1);
      monitor.metric('orders', 1);
      monitor.annotate('release');
      monitor.call({ ms: 1, rows: 1 });
      monitor.problem(new Error('late'));
      monitor.onUpdate(() => {})();
      monitor.onVerdict(() => {})();
      monitor.pause();
      monitor.resume();
      await monitor.setReference('baseline');
      if ((await monitor.report()) !== null) throw new Error('a report');
    });
    expect(seen).toMatchObject({
      state: 'disposed',
      rows: { observed: 100, measured: 100 },
      errors: [],
      leaked: [],
    });
  });
});

test('callbacks that throw are told to onError once each; nothing else stops', {
  timeout: 60_000,
}, async () => {
  const seen = await outcome(
    async ({ monitor }) => {
      monitor.onVerdict(() => {
        throw new Error('of the app');
      });
      monitor.onVerdict(async () => {
        throw new Error('of the app, later');
      });
      monitor.onUpdate(() => {
        throw new Error('while drawing');
      });
      monitor.onError(() => {
        throw new Error('while complaining');
      });
      for (let i = 0; i < 3; i++) {
        monitor.observe(kit.rows(500, 2 + i));
        await monitor.flush();
      }
      await new Promise((resolve) => setTimeout(resolve, 600));
    },
    { options: "{ exporter: () => { throw new Error('no net') } }" },
  );
  expect([...seen.errors].sort()).toEqual([
    "Error: the app's exporter callback failed: no net",
    "Error: the app's onUpdate callback failed: while drawing",
    "Error: the app's onVerdict callback failed: of the app",
    "Error: the app's onVerdict callback failed: of the app, later",
  ]);
  expect(seen.verdicts).toHaveLength(3);
  expect(seen).toMatchObject({ state: 'running', rows: { observed: 1_500, measured: 1_500 }, leaked: [] });
});
