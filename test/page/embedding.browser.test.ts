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
