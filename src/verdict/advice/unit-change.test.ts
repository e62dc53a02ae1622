// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { type Shape, unitChange } from './unit-change.js';

/** Quantiles at .01, .05, .1, .25, .5, .75, .9, .95, .99. */
const MILES: Shape = { mean: 720, sd: 570, quantiles: [60, 110, 180, 330, 580, 960, 1550, 1950, 2500] };
const CELSIUS: Shape = { mean: 11, sd: 9, quantiles: [-8, -4, -1, 4, 11, 18, 24, 27, 31] };

const converted = ({ mean, sd, quantiles }: Shape, factor: number, offset = 0): Shape => ({
  mean: factor * mean + offset,
  sd: Math.abs(factor) * sd,
  quantiles: quantiles.map((value) => factor * value + offset),
});

const named = (a: Shape, b: Shape, known: (value: number) => boolean = () => true) => unitChange(a, b, known);

test('known conversions are named in both directions', () => {
  const kilometres = converted(MILES, 1.609344);
  expect(named(MILES, kilometres)?.named).toEqual({ was: 'miles', now: 'kilometres' });
  expect(named(kilometres, MILES)?.named).toEqual({ was: 'kilometres', now: 'miles' });
  const fahrenheit = converted(CELSIUS, 1.8, 32);
  expect(named(CELSIUS, fahrenheit)?.named).toEqual({ was: 'Celsius', now: 'Fahrenheit' });
  expect(named(fahrenheit, CELSIUS)?.named).toEqual({ was: 'Fahrenheit', now: 'Celsius' });
});

test('the nearest of two that are close is named', () => {
  expect(named(MILES, converted(MILES, 2.54))?.named?.was).toBe('inches');
  expect(named(MILES, converted(MILES, 2.20462))?.named?.was).toBe('kilograms');
});

test('a large factor that is no known one is told as a factor', () => {
  expect(named(MILES, converted(MILES, 7))).toEqual({ factor: 7 });
  expect(named(MILES, converted(MILES, -1))).toBeUndefined();
});

test('what moved, spread or grew a little is no unit', () => {
  expect(named(MILES, MILES)).toBeUndefined();
  expect(named(MILES, converted(MILES, 1.2))).toBeUndefined();
  expect(named(MILES, converted(MILES, 1, 900))).toBeUndefined();
  expect(named(CELSIUS, converted(CELSIUS, 1, 9))).toBeUndefined();
  const kilometres = converted(MILES, 1.609344);
  const quantiles = MILES.quantiles.map((value, i) => (i > 4 ? kilometres.quantiles[i]! : value));
  expect(named(MILES, { ...kilometres, quantiles })).toBeUndefined();
  const centred = { mean: 0, sd: 1, quantiles: [-2.3, -1.6, -1.3, -0.7, 0, 0.7, 1.3, 1.6, 2.3] };
  expect(named(centred, { ...centred, sd: 1.2 })).toBeUndefined();
});

test('samples may be off a little; quantiles that are guesses do not count; nothing to compare gives nothing', () => {
  const seven = converted(MILES, 7);
  const guessed = { ...seven, quantiles: seven.quantiles.map((value) => Math.min(value, 2900)) };
  expect(named(MILES, guessed)).toBeUndefined();
  expect(named(MILES, guessed, (value) => value < 2800)).toEqual({ factor: 7 });
  const kilometres = converted(MILES, 1.609344);
  const rough = kilometres.quantiles.map((value, i) => value * (1 + (i % 2 ? 0.02 : -0.02)));
  expect(named(MILES, { mean: 1190, sd: 800, quantiles: rough })?.named?.now).toBe('kilometres');
  const none = { mean: Number.NaN, sd: Number.NaN, quantiles: [] };
  const zeros = { mean: 0, sd: 0, quantiles: MILES.quantiles.map(() => 0) };
  for (const empty of [none, zeros]) {
    expect(named(empty, MILES)).toBeUndefined();
    expect(named(MILES, empty)).toBeUndefined();
  }
});
