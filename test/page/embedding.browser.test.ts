// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { createAnalysis } from '../../src/engine/client.js';
import '../../web/page/page.js';
import { Session } from '../../web/page/session.js';
import { drawn, expectAccessible, mount, textOf } from '../look/accessible.js';

const employees = new URL('../../web/public/samples/digits-employees.arrow', import.meta.url);
const students = new URL('../../web/public/samples/digits-students.arrow', import.meta.url);

async function fileAt(address: URL): Promise<File> {
  const answer = await fetch(address);
  expect(answer.status).toBe(200);
  return new File([await answer.blob()], address.pathname.split('/').at(-1) ?? '');
}

test('the sample of digits: drift, a map, chosen rows with their pictures, other axes', {
  timeout: 120_000,
}, async () => {
  const session = new Session(() => createAnalysis({ workers: 1 }));
  const page = document.createElement('drift-page');
  page.session = session;
  await mount(page);
  await session.add([await fileAt(employees), await fileAt(students)]);
  await drawn(page);
  expect(session.error).toBe('');
  const ratings = session.report?.features.map(({ name, verdict }) => [name, verdict.rating] as const);
  expect(new Map(ratings).get('embedding')).toBe('drift');
  expect(new Map(ratings).get('label')).not.toBe('drift');
  const features = page.shadowRoot
    ?.querySelector('drift-report')
    ?.shadowRoot?.querySelector('drift-features');
  await features?.openFeature('embedding');
  await expect
    .poll(() => session.embeddings.get('embedding')?.map?.current.row.length, { timeout: 60_000 })
    .toBe(2000);
  await drawn(page);
  const element = features?.shadowRoot
    ?.querySelector('drift-feature')
    ?.shadowRoot?.querySelector('drift-embedding');
  const root = element?.shadowRoot as ShadowRoot;
  expect(textOf(element as Element)).toContain('most discriminating');
  const plane = root.querySelector('.plane') as HTMLElement;
  plane.focus();
  for (const key of ['ArrowRight', 'Enter']) {
    plane.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await element?.updateComplete;
  }
  await expect
    .poll(() => session.embeddings.get('embedding')?.picked?.length ?? 0, { timeout: 60_000 })
    .toBeGreaterThan(10);
  await drawn(page);
  const pictures = [...root.querySelectorAll<HTMLImageElement>('.chosen img')];
  expect(pictures.length).toBeGreaterThan(10);
  expect(pictures.every(({ src }) => src.startsWith('data:image/png;base64,'))).toBe(true);
  await expectAccessible(element as Element);
  const chosen = root.querySelectorAll('.chosen tbody tr').length;
  const components = [...root.querySelectorAll('button')].find(
    ({ textContent }) => textContent === 'Components',
  );
  components?.click();
  await expect.poll(() => session.embeddings.get('embedding')?.axes, { timeout: 60_000 }).toBe('components');
  await drawn(page);
  expect(textOf(element as Element)).toContain('component 2');
  expect(root.querySelectorAll('.chosen tbody tr')).toHaveLength(chosen);
  session.reset();
});

/** A vector in one cell of each row, as texts, or in a column a number. */
function vectors(as: 'texts' | 'columns', seed: number, name: string): File {
  const list = (row: number) =>
    Array.from({ length: 9 }, (_, k) => (((row * 9 + k) * 0.618033988749895 + seed) % 1).toFixed(4));
  const head =
    as === 'texts'
      ? 'emb'
      : list(0)
          .map((_, k) => `e${k}`)
          .join();
  const rows = Array.from({ length: 300 }, (_, row) =>
    as === 'texts' ? `${row % 7},"[${list(row).join(', ')}]"` : `${row % 7},${list(row).join()}`,
  );
  return new File([`weekday,${head}\n${rows.join('\n')}\n`], name);
}

test.each([
  ['texts', 'Compare as an embedding', 'As text', 'emb'],
  ['columns', 'Compare as one', 'Column by column', 'e'],
] as const)(
  'vectors in %s are offered, compared when confirmed, and given back',
  async (as, take, leave, name) => {
    const session = new Session(() => createAnalysis({ workers: 1 }));
    const page = document.createElement('drift-page');
    page.session = session;
    await mount(page);
    await session.add([vectors(as, 0, 'a.csv'), vectors(as, 0.3, 'b.csv')]);
    await drawn(page);
    const kinds = () => session.report?.features.map((feature) => `${feature.name} ${feature.kind}`) ?? [];
    const press = async (text: string): Promise<void> => {
      const buttons = [...(page.shadowRoot?.querySelectorAll('button') ?? [])];
      const found = buttons.filter(({ textContent }) => textContent?.trim() === text);
      // One on each side: either takes the vectors of both.
      expect(found).toHaveLength(2);
      found[0]?.click();
    };
    expect(kinds()).not.toContain(`${name} embedding`);
    await expectAccessible(page);
    await press(take);
    await expect.poll(kinds, { timeout: 60_000 }).toContain(`${name} embedding`);
    await drawn(page);
    expect(session.error).toBe('');
    expect(session.report?.columns).toEqual({ missing: [], added: [], changed: [] });
    await expectAccessible(page);
    await press(leave);
    await expect.poll(kinds, { timeout: 60_000 }).not.toContain(`${name} embedding`);
    session.reset();
  },
  120_000,
);
