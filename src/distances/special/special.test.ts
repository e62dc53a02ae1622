// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chiSquareSf, chiSquareUpperQuantile } from './chi-square.js';
import { hypergeometricCdf, hypergeometricPmf, hypergeometricSf } from './hypergeometric.js';
import { betaI } from './incomplete-beta.js';
import { gammaP, gammaQ } from './incomplete-gamma.js';
import { kolmogorovSf, kolmogorovUpperQuantile, kuiperSf, kuiperUpperQuantile } from './kolmogorov.js';
import { logGamma } from './log-gamma.js';
import { normalCdf, normalQuantile, normalSf } from './normal.js';
import { andersonDarlingSf, cramerVonMisesSf } from './quadratic-form.js';
import { randomFrom } from './random.js';
import { studentQuantile, studentSf, studentUpperQuantile } from './student-t.js';

type Rows = number[][];
const fixture = JSON.parse(
  readFileSync(new URL('../fixtures/special.json', import.meta.url), 'utf8'),
) as Record<string, Rows>;

/** Asserts |value/expected − 1| ≤ 1e-10, with the arguments in the message. */
function close(value: number, expected: number, what: string, tolerance = 1e-10): void {
  const error = expected === 0 ? Math.abs(value) : Math.abs(value / expected - 1);
  expect(error, `${what}: ${value}, scipy ${expected}`).toBeLessThanOrEqual(tolerance);
}

test('ln Γ', () => {
  for (const [x, value] of fixture['logGamma']) close(logGamma(x), value, `logGamma(${x})`);
});

test('incomplete gamma, both tails', () => {
  for (const [a, x, p, q] of fixture['incompleteGamma']) {
    if (p > 1e-300) close(gammaP(a, x), p, `P(${a}, ${x})`);
    if (q > 1e-300) close(gammaQ(a, x), q, `Q(${a}, ${x})`);
  }
});

test('incomplete beta', () => {
  for (const [a, b, x, value] of fixture['incompleteBeta'])
    close(betaI(a, b, x), value, `I(${a}, ${b}, ${x})`);
});

test('normal tail and quantile, down to 1e-300', () => {
  for (const [z, value] of fixture['normalSf']) {
    close(normalSf(z), value, `sf(${z})`);
    close(normalCdf(-z), value, `cdf(${-z})`);
  }
  for (const [p, value] of fixture['normalQuantile']) close(normalQuantile(p), value, `quantile(${p})`);
});

test('chi-square tail and its inverse', () => {
  for (const [x, df, value] of fixture['chiSquareSf']) {
    close(chiSquareSf(x, df), value, `chi2(${x}, ${df})`);
    if (value < 0.99) close(chiSquareUpperQuantile(value, df), x, `inverse(${value}, ${df})`);
  }
});

test('Student t quantile', () => {
  for (const [p, df, value] of fixture['studentUpperQuantile']) {
    close(studentUpperQuantile(p, df), value, `t(${p}, ${df})`);
    close(studentQuantile(p, df), -value, `lower t(${p}, ${df})`);
    close(studentSf(value, df), p, `sf(${value}, ${df})`);
  }
});

test('Kolmogorov limit and its inverse', () => {
  for (const [t, value] of fixture['kolmogorovSf']) {
    close(kolmogorovSf(t), value, `kolmogorov(${t})`);
    if (value < 0.99) close(kolmogorovUpperQuantile(value), t, `inverse(${value})`);
  }
});

test('Kuiper limit against published quantiles', () => {
  // Stephens 1970, upper 10, 5 and 1 %.
  for (const [p, t] of [
    [0.1, 1.62],
    [0.05, 1.747],
    [0.01, 2.001],
  ]) {
    expect(kuiperUpperQuantile(p)).toBeCloseTo(t, 3);
    expect(kuiperSf(t)).toBeCloseTo(p, 3);
  }
});

test('Cramér–von Mises limit', () => {
  for (const [x, value] of fixture['cramerVonMisesSf']) close(cramerVonMisesSf(x), value, `cvm(${x})`, 1e-8);
  // The slowest term alone: 2√… e^{−π²x/2} falls by e^{−π²/2} per unit, also where 1 − cdf has no digits left.
  const ratio = cramerVonMisesSf(60) / cramerVonMisesSf(59);
  expect(ratio / Math.exp(-(Math.PI ** 2) / 2)).toBeCloseTo(1, 1);
  expect(cramerVonMisesSf(100)).toBeGreaterThan(0);
});

test('Anderson–Darling limit against published quantiles', () => {
  // Anderson & Darling 1954: 10, 5, 2.5 and 1 %.
  for (const [p, x] of [
    [0.1, 1.933],
    [0.05, 2.492],
    [0.025, 3.07],
    [0.01, 3.857],
  ]) {
    expect(andersonDarlingSf(x)).toBeCloseTo(p, 3);
  }
  let mean = 0;
  for (let x = 0.005; x < 40; x += 0.01) mean += andersonDarlingSf(x) * 0.01;
  expect(mean).toBeCloseTo(1, 4);
});

test('hypergeometric', () => {
  for (const [total, marked, drawn, x, pmf, cdf, sf] of fixture['hypergeometric']) {
    const urn = { total, marked, drawn };
    close(hypergeometricPmf(x, urn), pmf, `pmf ${x} of ${JSON.stringify(urn)}`);
    close(hypergeometricCdf(x, urn), cdf, `cdf ${x} of ${JSON.stringify(urn)}`);
    close(hypergeometricSf(x, urn), sf, `sf ${x} of ${JSON.stringify(urn)}`);
  }
});

test('the random numbers of a seed stay what they are', () => {
  const random = randomFrom(1);
  const first = [random(), random(), random()];
  const again = randomFrom(1);
  expect([again(), again(), again()]).toEqual(first);
  expect(randomFrom(2)()).not.toBe(first[0]);
  let mean = 0;
  for (let i = 0; i < 1e5; i++) mean += random() / 1e5;
  expect(mean).toBeCloseTo(0.5, 2);
});
