// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { expectAccessible, mount, textOf } from '../../../test/look/accessible.js';
import { DriftFilesEvent } from '../events.js';
import type { DriftDropzone } from './drift-dropzone.js';
import './drift-dropzone.js';

const csv = (name: string): File => new File(['a,b\n1,2\n'], name);

function transferOf(files: readonly File[], text = ''): DataTransfer {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  if (text !== '') data.setData('text/plain', text);
  return data;
}

async function zoneOf(
  fill: (zone: DriftDropzone) => void = () => {},
): Promise<{ zone: DriftDropzone; heard: DriftFilesEvent[] }> {
  const zone = document.createElement('drift-dropzone');
  fill(zone);
  const heard: DriftFilesEvent[] = [];
  zone.addEventListener(DriftFilesEvent.type, (event) => heard.push(event as DriftFilesEvent));
  await mount(zone);
  return { zone, heard };
}

const drop = (target: EventTarget, data: DataTransfer): boolean =>
  target.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
const paste = (target: EventTarget, data: DataTransfer): boolean =>
  target.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true, composed: true }),
  );

test('axe clean: empty, with an error, disabled, dark', async () => {
  const { zone } = await zoneOf();
  await expectAccessible(zone);
  zone.error = 'a.csv: empty';
  await zone.updateComplete;
  expect(textOf(zone)).toContain('a.csv: empty');
  await expectAccessible(zone);
  await mount(zone, { scheme: 'dark' });
  await expectAccessible(zone);
});

test('files dropped on it arrive in order, and the drop goes no further', async () => {
  const { zone, heard } = await zoneOf();
  const allowed = drop(zone, transferOf([csv('one.csv'), csv('two.csv')]));
  expect(allowed).toBe(false);
  expect(heard.map(({ files, by }) => [files.map(({ name }) => name), by])).toEqual([
    [['one.csv', 'two.csv'], 'drop'],
  ]);
});

test('a drop elsewhere counts only with `anywhere`', async () => {
  const { zone, heard } = await zoneOf();
  drop(document.body, transferOf([csv('one.csv')]));
  expect(heard).toHaveLength(0);
  zone.anywhere = true;
  await zone.updateComplete;
  drop(document.body, transferOf([csv('one.csv')]));
  expect(heard).toHaveLength(1);
  zone.remove();
  drop(document.body, transferOf([csv('one.csv')]));
  expect(heard).toHaveLength(1);
});

test('the box shows that files hover, and forgets it when they leave', async () => {
  const { zone } = await zoneOf();
  const hover = (type: string) =>
    zone.dispatchEvent(new DragEvent(type, { dataTransfer: transferOf([csv('a.csv')]), cancelable: true }));
  hover('dragenter');
  hover('dragenter');
  hover('dragleave');
  await zone.updateComplete;
  expect(zone.shadowRoot?.querySelector('.over')).not.toBeNull();
  hover('dragleave');
  await zone.updateComplete;
  expect(zone.shadowRoot?.querySelector('.over')).toBeNull();
});

test('with `anywhere` a frame shows around the page while files hover', async () => {
  const { zone } = await zoneOf((zone) => {
    zone.anywhere = true;
  });
  const hover = (type: string) =>
    document.body.dispatchEvent(
      new DragEvent(type, { dataTransfer: transferOf([csv('a.csv')]), bubbles: true, cancelable: true }),
    );
  hover('dragenter');
  await zone.updateComplete;
  expect(zone.shadowRoot?.querySelector('.veil')).not.toBeNull();
  hover('dragleave');
  await zone.updateComplete;
  expect(zone.shadowRoot?.querySelector('.veil')).toBeNull();
});

test('pasted text becomes a file; a word, or text pasted into a field, does not', async () => {
  const { heard } = await zoneOf((zone) => (zone.anywhere = true));
  paste(document.body, transferOf([], 'a,b\n1,2\n3,4\n'));
  expect(heard.map(({ files, by }) => [files[0]?.name, by])).toEqual([['pasted.csv', 'paste']]);
  expect(await heard[0]?.files[0]?.text()).toBe('a,b\n1,2\n3,4\n');
  paste(document.body, transferOf([], '[{"a":1},\n{"a":2}]'));
  expect(heard[1]?.files[0]?.name).toBe('pasted.json');
  paste(document.body, transferOf([], 'hello'));
  const field = document.createElement('input');
  document.body.append(field);
  paste(field, transferOf([], 'a,b\n1,2\n3,4\n'));
  expect(heard).toHaveLength(2);
});

test('takes nothing while disabled, and no more than `most`', async () => {
  const { zone, heard } = await zoneOf((zone) => (zone.disabled = true));
  drop(zone, transferOf([csv('a.csv')]));
  expect(heard).toHaveLength(0);
  zone.disabled = false;
  zone.most = 2;
  drop(zone, transferOf([csv('a'), csv('b'), csv('c')]));
  expect(heard[0]?.files).toHaveLength(2);
});

test('the button opens the file dialog by keyboard', async () => {
  const { zone } = await zoneOf();
  const input = zone.shadowRoot?.querySelector('input') as HTMLInputElement;
  let opened = 0;
  input.addEventListener('click', (event) => {
    opened++;
    event.preventDefault();
  });
  const button = zone.shadowRoot?.querySelector('button') as HTMLButtonElement;
  button.focus();
  expect(zone.shadowRoot?.activeElement).toBe(button);
  button.click();
  expect(opened).toBe(1);
});
