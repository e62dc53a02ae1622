// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { AlertSubject } from '../alert.js';
import { Register, type Told } from './register.js';

const told = (at: number): Told => ({
  spec: '500 rows',
  since: at,
  at,
  windows: { drifting: 3, of: 5 },
  value: 1,
  threshold: 0.5,
  sentence: 'it moved',
});

const feature = (name: string): AlertSubject => ({ kind: 'feature', name });

test('one alert of a subject is open at a time; after it is over the next has an id of its own, also after a reload', () => {
  const register = new Register(10);
  const first = register.raise(feature('size'), told(1));
  expect(first).toMatchObject({ state: 'raised', subject: feature('size'), since: 1 });
  expect(register.raise(feature('size'), told(2))).toBeUndefined();
  expect(register.raise({ kind: 'check', name: 'size' }, told(2))?.id).not.toBe(first?.id);
  expect(register.openOf(feature('size'))?.alert).toEqual(first);
  const again = new Register(10, register.save());
  expect(again.raise(feature('size'), told(3))).toBeUndefined();
  again.recover(feature('size'), { at: 4, sentence: 'it is over' });
  const next = again.raise(feature('size'), told(1));
  expect(next?.state).toBe('raised');
  expect(next?.id).not.toBe(first?.id);
});

test('no more than a thousand are open; where one is over there is room for another', () => {
  const register = new Register(10);
  for (let i = 0; i < 1_000; i++) expect(register.raise(feature(`f${i}`), told(i))).toBeDefined();
  expect(register.raise(feature('one more'), told(1_000))).toBeUndefined();
  expect(register.subjects()).toHaveLength(1_000);
  register.recover(feature('f7'), { at: 1_001, sentence: 'it is over' });
  expect(register.raise(feature('one more'), told(1_002))).toBeDefined();
});
