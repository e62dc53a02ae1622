// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, test } from 'vitest';
import type { DriftPage } from '../../web/page/page.js';
import '../../web/page/page.js';
import { Session } from '../../web/page/session.js';
import { drawn, expectAccessible, mount, textOf } from '../look/accessible.js';
import { FakeAnalysis } from '../look/fake-analysis.js';

const file = (name: string): File => new File(['x'], name);

interface Stage {
  page: DriftPage;
  session: Session;
  analysis: FakeAnalysis;
  find: <T extends HTMLElement>(selector: string) => T;
}

async function show(
  act: (session: Session) => Promise<unknown> = async () => {},
  width = 1300,
): Promise<Stage> {
  const analysis = new FakeAnalysis();
  const session = new Session(() => analysis);
  const page = document.createElement('drift-page');
  page.session = session;
  await mount(page, { width });
  await act(session);
  await drawn(page);
  const find = <T extends HTMLElement>(selector: string): T => {
    const found = page.shadowRoot?.querySelector<T>(selector);
    if (!found) throw new Error(`nothing matches ${selector}`);
    return found;
  };
  return { page, session, analysis, find };
}

const both = (session: Session): Promise<void> => session.add([file('a.csv'), file('b.csv')]);

afterEach(() => history.replaceState(null, '', location.pathname + location.search));

test('axe clean: empty, one file, a bad file, many files, working, report, settings; wide and narrow', async () => {
  for (const width of [1300, 370]) {
    await expectAccessible((await show(undefined, width)).page);
    await expectAccessible((await show((session) => session.add([file('a.csv')]), width)).page);
    await expectAccessible(
      (await show((session) => session.add([file('bad.csv'), file('b.csv')]), width)).page,
    );
    await expectAccessible((await show((session) => session.add(['a', 'b', 'c'].map(file)), width)).page);
    const { page, find } = await show(both, width);
    await expectAccessible(page);
    find('[aria-controls=settings]').click();
    for (const details of page.shadowRoot?.querySelectorAll('details') ?? []) details.open = true;
    await drawn(page);
    await expectAccessible(page);
    const working = await show(undefined, width);
    working.analysis.hold = new Promise(() => {});
    void both(working.session);
    await drawn(working.page);
    expect(textOf(working.page)).toContain('1,310,720 rows');
    expect(textOf(working.page)).toContain('9.7 MB/s');
    await expectAccessible(working.page);
  }
});

test('two files dropped anywhere make a report; one more replaces the current data', async () => {
  const { page, analysis } = await show();
  const drop = (...names: string[]) => {
    const data = new DataTransfer();
    for (const name of names) data.items.add(file(name));
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
    );
  };
  drop('a.parquet', 'b.parquet');
  await drawn(page);
  expect(page.shadowRoot?.querySelector('drift-report')).not.toBeNull();
  drop('c.parquet');
  await drawn(page);
  expect(analysis.calls).toEqual([
    'open reference a.parquet',
    'open current b.parquet',
    'compare',
    'open current c.parquet',
    'compare',
  ]);
});

test('an error beside a good file: both are shown, and the page goes on', async () => {
  const { page } = await show((session) => session.add([file('bad.csv'), file('b.csv')]));
  expect(textOf(page)).toContain('One of the two files could not be read.');
  expect(textOf(page)).toContain('the first bytes are those of a PNG picture');
  expect(textOf(page)).toContain('b.csv');
  expect(textOf(page)).toContain('in place of the one that failed');
});

test('a bad file after a report: said above it, with the files that it is still of', async () => {
  const { page, session, find } = await show(both);
  await session.add([file('bad.csv')]);
  await drawn(page);
  const alert = find('main > [role=alert]');
  expect(alert.innerText).toContain('the first bytes are those of a PNG picture');
  expect(alert.innerText).toMatch(/The report is still that of .+ and .+\.$/);
  // told once to those who hear it
  expect(page.shadowRoot?.querySelectorAll('[role=alert]')).toHaveLength(1);
  expect(alert.getBoundingClientRect().bottom).toBeLessThan(
    find('drift-report').getBoundingClientRect().top + 1,
  );
  await expectAccessible(page);
  await session.add([file('c.csv')]);
  await drawn(page);
  expect(page.shadowRoot?.querySelector('[role=alert]')).toBeNull();
});

test('files that are added below a report bring the page back to its top', async () => {
  const { page, find } = await show(both);
  scrollTo({ top: 400 });
  await expect.poll(() => scrollY).toBeGreaterThan(0);
  const data = new DataTransfer();
  data.items.add(file('c.parquet'));
  document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  await drawn(page);
  expect(scrollY).toBe(0);
  expect(find('drift-report').isConnected).toBe(true);
});

test('one file is split by the form', async () => {
  const { page, analysis, find } = await show((session) => session.add([file('a.csv')]));
  find<HTMLSelectElement>('select[name=by]').value = 'value';
  find<HTMLSelectElement>('select[name=column]').value = 'origin';
  find<HTMLInputElement>('input[name=place]').value = 'LAX';
  find<HTMLFormElement>('form').requestSubmit();
  await drawn(page);
  expect(analysis.calls.at(-1)).toBe('compare split {"column":"origin","value":"LAX"}');
  expect(page.shadowRoot?.querySelector('drift-report')).not.toBeNull();
});

test('the form to split holds the best offer, and offers the values of a column that has few', async () => {
  const { page, analysis, find } = await show((session) => session.add([file('a.csv')]));
  await drawn(page);
  expect(find<HTMLSelectElement>('select[name=column]').value).toBe('date');
  expect(find<HTMLSelectElement>('select[name=by]').value).toBe('time');
  expect(find<HTMLInputElement>('input[name=place]').value).toBe('2001-04-01');

  const change = async (name: string, value: string): Promise<void> => {
    const select = find<HTMLSelectElement>(`select[name=${name}]`);
    select.value = value;
    select.dispatchEvent(new Event('change'));
    await drawn(page);
  };
  await change('column', 'origin');
  expect(find<HTMLSelectElement>('select[name=by]').value).toBe('value');
  const place = find<HTMLSelectElement>('select[name=place]');
  expect([...place.options].map((option) => option.value)).toEqual(['LAX', 'ORD', 'SFO']);
  expect(place.value).toBe('SFO');
  place.value = 'ORD';
  find<HTMLFormElement>('form').requestSubmit();
  await drawn(page);
  expect(analysis.calls.at(-1)).toBe('compare split {"column":"origin","value":"ORD"}');

  // A column without an offer is asked for in words.
  await change('column', 'delay');
  expect(find<HTMLInputElement>('input[name=place]').value).toBe('');
});

test('cancel leaves the loaded files', async () => {
  const { page, session, analysis, find } = await show();
  analysis.hold = new Promise(() => {});
  void both(session);
  await drawn(page);
  [...(page.shadowRoot?.querySelectorAll<HTMLButtonElement>('.working button') ?? [])][0]?.click();
  await drawn(page);
  expect(page.shadowRoot?.querySelector('.working')).toBeNull();
  expect(find('.loaded').textContent).toContain('a.csv');
});

test('a tolerance, a level, a role, a metric: each rates again without reading', async () => {
  const { page, session, analysis, find } = await show(both);
  find('[aria-controls=settings]').click();
  await drawn(page);
  analysis.calls.length = 0;
  const change = async (selector: string, value: string): Promise<void> => {
    const field = find<HTMLInputElement>(selector);
    field.value = value;
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await drawn(page);
  };
  await change('input[aria-label="Kolmogorov–Smirnov"]', '0.2');
  await change('input[aria-label="false-alarm level"]', '0.05');
  await change('select[aria-label="Role of delay"]', 'prediction');
  await change('select[aria-label="distance of numbers"]', 'wassersteinNormalized');
  await change('input[aria-label="Tolerance of delay"]', '0.4');
  await change('select[aria-label="time column"]', '\0');
  expect(analysis.calls.every((call) => call.startsWith('rerate'))).toBe(true);
  expect(analysis.calls).toHaveLength(6);
  expect(session.settings).toEqual({
    level: 0.05,
    metrics: { number: 'wassersteinNormalized', category: 'totalVariation' },
    tolerances: { kolmogorovSmirnov: 0.2 },
    columns: { delay: { role: 'prediction', tolerances: { wassersteinNormalized: 0.4 } } },
    time: null,
    seed: 1,
  });
  await change('input[aria-label="Kolmogorov–Smirnov"]', '');
  expect(session.settings.tolerances).toEqual({});
});

test('a number that makes no sense is not taken', async () => {
  const { page, session, find } = await show(both);
  find('[aria-controls=settings]').click();
  await drawn(page);
  const level = find<HTMLInputElement>('input[aria-label="false-alarm level"]');
  for (const value of ['-1', '0', '7']) {
    level.value = value;
    level.dispatchEvent(new Event('change', { bubbles: true }));
  }
  expect(session.settings.level).toBe(0.01);
});

test('the sniffed dialect is shown, and a correction reads that side again', async () => {
  const { page, analysis, find } = await show(both);
  for (const details of page.shadowRoot?.querySelectorAll('details') ?? []) details.open = true;
  const delimiter = find<HTMLSelectElement>('.side select');
  expect(delimiter.selectedOptions[0]?.textContent).toBe('semicolon');
  delimiter.value = ',';
  delimiter.dispatchEvent(new Event('change', { bubbles: true }));
  await drawn(page);
  expect(analysis.calls.slice(-2)).toEqual(['open reference a.csv {"dialect":{"delimiter":","}}', 'compare']);
});

test('every export downloads a file under its own name', async () => {
  const { page, analysis, find } = await show(both);
  const names: string[] = [];
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
    names.push(this.download);
  };
  try {
    for (let i = 0; i < 4; i++) {
      find<HTMLDetailsElement>('.menu').open = true;
      page.shadowRoot?.querySelectorAll<HTMLButtonElement>('.menu button')[i]?.click();
      await drawn(page);
    }
  } finally {
    HTMLAnchorElement.prototype.click = click;
  }
  expect(analysis.calls.slice(-4)).toEqual(['export html', 'export json', 'export csv', 'export baseline']);
  expect(names.map((name) => name.split('.').at(-1))).toEqual(['html', 'json', 'csv', 'driftglass']);
});

test('settings in the address are taken, and never data', async () => {
  history.replaceState(null, '', '#settings=%7B%22level%22%3A0.05%7D');
  const { session } = await show(both);
  expect(session.settings.level).toBe(0.05);
});

test('a file name with markup in it is text', async () => {
  const { page } = await show((session) => session.add([file('<img src=x onerror=alert(1)>.csv')]));
  expect(page.shadowRoot?.querySelector('img')).toBeNull();
  expect(textOf(page)).toContain('<img src=x onerror=alert(1)>.csv');
});
