// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { drawn, expectAccessible, textOf } from '../../../test/look/accessible.js';
import { clusterMap, clusterView, PIXEL } from '../../../test/look/fixture-embedding.js';
import { all, button, find, heard, press, show, view } from '../../../test/look/shown-embedding.js';
import { DriftAxesEvent, DriftPointEvent } from '../events.js';
import { boundsOf } from './map/map-frame.js';
import './drift-embedding.js';

/** How many px of a canvas are painted at all. */
function painted(canvas: HTMLCanvasElement): number {
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 3; i < data.length; i += 4) if ((data[i] as number) > 0) count++;
  return count;
}

test('axe clean: wide, narrow, dark, tables open, rows chosen, without rows, empty, loading, error', async () => {
  for (const options of [{}, { width: 380 }, { scheme: 'dark' as const }]) {
    const element = await show(view, options);
    await expectAccessible(element);
    for (const summary of all(element, 'summary')) (summary as HTMLElement).click();
    await press(element, 'ArrowLeft', 'Enter');
    await drawn(element);
    expect(all(element, '.chosen tbody tr').length).toBeGreaterThan(0);
    await expectAccessible(element);
  }
  for (const data of [
    { ...view, map: null },
    {},
    { loading: true },
    { error: 'out of memory' },
    { map: clusterMap(0, 0) },
  ]) {
    await expectAccessible(await show(data));
  }
});

test('both sides are painted; a column colours the points and names them in the key', async () => {
  const element = await show();
  const [ground, points] = all(element, 'canvas') as [HTMLCanvasElement, HTMLCanvasElement];
  expect(painted(ground)).toBeGreaterThan(5000);
  expect(painted(points)).toBeGreaterThan(480);
  expect(textOf(element)).toContain('480 current rows over 600 rows of the reference');
  const select = find<HTMLSelectElement>(element, 'select');
  select.value = '0';
  select.dispatchEvent(new Event('change'));
  await drawn(element);
  expect(all(element, '.key li').map((item) => item.textContent?.replace(/\s+/g, ' ').trim())).toEqual(
    expect.arrayContaining(['shoes 140', 'hats 60']),
  );
  select.value = '1';
  select.dispatchEvent(new Event('change'));
  await drawn(element);
  expect(find(element, '.key .ramp')).not.toBeNull();
  expect(textOf(element)).toContain('none 10');
});

test('many rows are first a difference of hexagons; points are one press away', async () => {
  const element = await show({ ...view, map: clusterMap(500, 21_000) });
  const [ground, points] = all(element, 'canvas') as [HTMLCanvasElement, HTMLCanvasElement];
  expect(button(element, 'Difference').getAttribute('aria-pressed')).toBe('true');
  expect(painted(ground)).toBeGreaterThan(5000);
  expect(painted(points)).toBe(0);
  await press(element, 'ArrowRight', 'Enter');
  const chosen = painted(points);
  expect(chosen).toBeGreaterThan(0);
  button(element, 'Points').click();
  await drawn(element);
  expect(painted(points)).toBeGreaterThan(3 * chosen);
});

test('keys lay a rectangle, and Enter chooses the rows inside; Escape lets go', async () => {
  const element = await show();
  const rows = heard(element);
  await press(element, 'ArrowRight', 'ArrowRight');
  const told = find(element, '.readout').textContent ?? '';
  expect(told).toMatch(/component 1 .+ to .+, component 2 .+ to .+: \d+ of 480/);
  await press(element, 'Enter');
  const inside = Number(/: (\d+) of/.exec(told)?.[1]);
  expect(inside).toBeGreaterThan(5);
  expect(rows[0]).toHaveLength(inside);
  expect(rows[0]).toEqual(rows[0]?.toSorted((a, b) => a - b));
  await press(element, 'Escape', 'Escape');
  expect(rows[1]).toEqual([]);
  expect(find(element, '.chosen')).toBeNull();
  // Keys that mean nothing here are left to the page.
  const other = new KeyboardEvent('keydown', { key: 'Tab', cancelable: true });
  find<HTMLElement>(element, '.plane').dispatchEvent(other);
  expect(other.defaultPrevented).toBe(false);
});

test('a lasso chooses the rows inside; a click chooses one', async () => {
  const element = await show();
  const rows = heard(element);
  const plane = find<HTMLElement>(element, '.plane');
  const box = plane.getBoundingClientRect();
  const send = (type: string, x: number, y: number): void => {
    plane.dispatchEvent(
      new PointerEvent(type, { clientX: box.left + x, clientY: box.top + y, pointerId: 1, bubbles: true }),
    );
  };
  // The newcomers of the fixture are at the upper right.
  const corner = [
    [0.8, 0.02],
    [0.99, 0.02],
    [0.99, 0.45],
    [0.8, 0.45],
  ] as const;
  send('pointerdown', corner[0][0] * box.width, corner[0][1] * box.height);
  for (const [x, y] of corner.slice(1)) send('pointermove', x * box.width, y * box.height);
  await element.updateComplete;
  expect(find(element, 'path.lasso')?.getAttribute('d')).toContain('Z');
  send('pointerup', corner[3][0] * box.width, corner[3][1] * box.height);
  await element.updateComplete;
  expect(rows[0]?.length).toBeGreaterThan(40);
  expect(rows[0]?.filter((row) => row % 8 === 0).length).toBeGreaterThan(0.9 * (rows[0]?.length ?? 0));
  expect(find(element, 'path.lasso')).toBeNull();
  expect(textOf(element)).toContain(`${rows[0]?.length} rows chosen`);
  element.picked = [{ row: rows[0]?.[0] ?? 0, score: 0, text: 'a straw hat' }];
  await element.updateComplete;
  expect(textOf(element)).toContain('a straw hat');
  // A click far from every row lets go.
  send('pointerdown', 3, 3);
  send('pointerup', 3, 3);
  expect(rows[1]).toEqual([]);
});

test('zoom and move keep within the whole; the wheel is the page’s until the map has the focus', async () => {
  const element = await show();
  const plane = find<HTMLElement>(element, '.plane');
  const wheel = (options: WheelEventInit): boolean =>
    plane.dispatchEvent(new WheelEvent('wheel', { deltaY: -120, cancelable: true, ...options }));
  expect(wheel({})).toBe(true);
  const mean = (): string | null => find(element, '.mean.current').getAttribute('cx');
  const before = mean();
  expect(wheel({ ctrlKey: true })).toBe(false);
  await element.updateComplete;
  expect(mean()).not.toBe(before);
  await press(element, '+', '+', '0');
  expect(mean()).toBe(before);
});

test('the newest rows: pictures are pictures, text is text, pressing chooses', async () => {
  const hostile = [
    { row: 0, score: 2, text: '<img src=x onerror="globalThis.stolen=1">', image: PIXEL },
    { row: 8, score: 1, image: 'data:image/svg+xml;base64,PHN2Zz4=' },
    { row: 9999, score: 0.5, text: 'not on the map', image: 'https://example.com/a.png' },
  ];
  const element = await show({ ...view, typical: hostile });
  const rows = heard(element);
  const pictures = all(element, 'img') as HTMLImageElement[];
  expect(pictures.map(({ src }) => src)).toEqual([PIXEL]);
  expect(textOf(element)).toContain('<img src=x onerror=');
  const cards = all(element, '.card') as HTMLButtonElement[];
  cards[0]?.focus();
  await element.updateComplete;
  expect(find(element, 'circle.marked')).not.toBeNull();
  cards[0]?.click();
  cards[2]?.click();
  await element.updateComplete;
  expect(rows).toEqual([[0], [9999]]);
  expect(cards[0]?.getAttribute('aria-pressed')).toBe('true');
});

test('reference rows that have become rare are listed, and are nothing to choose', async () => {
  const missed = Array.from({ length: 40 }, (_, row) => ({
    row,
    score: 1 / (row + 1),
    text: `sandal ${row}`,
  }));
  const element = await show({ ...view, missed });
  const section = find(element, 'section[part=missed]');
  expect(section.querySelector('h3')?.textContent).toBe('Rarer than before');
  expect(section.querySelectorAll('button.card')).toHaveLength(0);
  const shown = section.querySelectorAll('.card').length;
  expect(shown).toBeLessThan(40);
  expect(section.querySelector('.card')?.textContent).toContain('sandal 0');
  button(element, 'Show all 40').click();
  await drawn(element);
  expect(find(element, 'section[part=missed]').querySelectorAll('.card')).toHaveLength(40);
  await expectAccessible(element);
});

test('profiles alone: no map, but the projections and the shift of the mean', async () => {
  const element = await show({ ...view, map: null, typical: [] });
  expect(find(element, 'canvas')).toBeNull();
  expect(textOf(element)).toContain('Without rows at hand there is no map');
  expect(all(element, '.moves li')).toHaveLength(2);
  expect(all(element, 'figure svg')).toHaveLength(2);
  expect(textOf(element)).toContain('distance of the means');
  all(element, 'summary').forEach((summary) => {
    (summary as HTMLElement).click();
  });
  await drawn(element);
  expect(all(element, 'tbody tr')).toHaveLength(64);
});

test('another map forgets what was chosen; a map without rows does not throw', async () => {
  const element = await show();
  await press(element, 'ArrowRight', 'Enter');
  expect(find(element, '.chosen')).not.toBeNull();
  element.map = clusterMap(10, 0);
  await drawn(element);
  expect(find(element, '.chosen')).toBeNull();
  expect(textOf(element)).toContain('0 current rows');
  element.map = clusterMap(0, 10);
  await drawn(element);
  expect(painted(find<HTMLCanvasElement>(element, 'canvas + canvas'))).toBeGreaterThan(0);
});

test('other axes are asked for, and keep what was chosen', async () => {
  const element = await show({ ...view, axes: 'discriminating' });
  await press(element, 'ArrowRight', 'Enter');
  const chosen = all(element, '.chosen tbody tr').length;
  expect(chosen).toBeGreaterThan(0);
  const asked: string[] = [];
  element.addEventListener(DriftAxesEvent.type, (event) => asked.push((event as DriftAxesEvent).axes));
  expect(button(element, 'What tells the sides apart').getAttribute('aria-pressed')).toBe('true');
  button(element, 'Components').click();
  expect(asked).toEqual(['components']);
  const { map } = clusterView(600, 480);
  const turned = { x: map?.current.y, y: map?.current.x, row: map?.current.row };
  Object.assign(element, { axes: 'components', map: { ...map, current: turned } });
  await drawn(element);
  expect(all(element, '.chosen tbody tr')).toHaveLength(chosen);
  await expectAccessible(element);
});

test('resting on a row asks what it holds and shows it beside; rows that are known are shown at once', async () => {
  const map = {
    ...clusterMap(50, 0),
    current: { x: Float32Array.of(-2, 2), y: Float32Array.of(0, 0), row: Uint32Array.of(40, 41) },
    colours: [],
  };
  const element = await show({
    ...view,
    map,
    typical: [{ row: 41, score: 1, text: 'a known hat', image: PIXEL }],
  });
  const asked: number[] = [];
  element.addEventListener(DriftPointEvent.type, (event) => asked.push((event as DriftPointEvent).row));
  const plane = find<HTMLElement>(element, '.plane');
  const box = plane.getBoundingClientRect();
  const { left, right, bottom, top } = boundsOf([map.reference, map.current]);
  const move = async (x: number): Promise<void> => {
    const clientX = box.left + ((x - left) / (right - left)) * box.width;
    const clientY = box.top + (top / (top - bottom)) * box.height;
    plane.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY }));
    await element.updateComplete;
  };
  await move(2);
  expect(find(element, '.held').textContent).toContain('a known hat');
  expect(find<HTMLImageElement>(element, '.held img').src).toBe(PIXEL);
  await move(-2);
  expect(find(element, '.held')).toBeNull();
  await expect.poll(() => asked).toEqual([40]);
  element.hovered = { row: 40, score: 0, text: '<i>a new hat</i>' };
  await element.updateComplete;
  expect(find(element, '.held').textContent).toContain('<i>a new hat</i>');
  await expectAccessible(element);
});
