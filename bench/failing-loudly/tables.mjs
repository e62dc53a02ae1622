// SPDX-License-Identifier: Apache-2.0
// p-values to the paper's tables, as Markdown, each cell with the paper's own number after ours; and what was to be expected, held to it.
import { betaI } from './engine.mjs';
import { SIZES } from './methods.mjs';
import { BY_SHIFT, BY_TEST } from './paper.mjs';
import { SHARES, SHIFTS } from './shifts.mjs';

const LEVEL = 0.05;
const OURS = 'our default';
const WHOLE = 'KS BBSDs, whole reference';
const AS_EXPECTED =
  '\nAll as expected: BBSDs within .10 of the paper from 100 rows on, our default at least BBSDs at every size, false alarms of every test at every size consistent with 5 % (one-sided binomial, p > .001).';

/** `results` as `readSeed` gives them. Markdown, and what is not as expected. */
export function tablesOf({ results, methods }) {
  const lines = [];
  const print = (line) => lines.push(line);
  const names = methods.map(({ name }) => name);
  const shifts = results.flatMap(({ shifts }) => Object.values(shifts));
  const nulls = results.flatMap((one) => one.nulls);
  const ofShift = (shift) =>
    results.flatMap((one) => SHARES.map((share) => one.shifts[`${shift}@${share}`] ?? {}));

  const accuracies = results.map(({ accuracy }) => accuracy).filter((value) => value !== undefined);
  print(
    `${results.length} seeds, classifiers right in ${accuracies.map((value) => `${(100 * value).toFixed(1)} %`).join(', ')}; ${shifts.length} shifted windows and ${nulls.length} null splits a cell.`,
  );

  heading(print, 'Shifts detected at 5 % (ours, then the paper)', 'test');
  for (const name of names) row(print, name, detected(shifts, name), BY_TEST[name]);

  for (const name of ['KS BBSDs', 'MMD UAE', WHOLE, OURS].filter((one) => names.includes(one))) {
    heading(print, `By shift: ${name}${BY_SHIFT[name] ? ' (ours, then the paper)' : ''}`, 'shift');
    for (const shift of Object.keys(SHIFTS))
      row(print, shift, detected(ofShift(shift), name), BY_SHIFT[name]?.[shift]);
  }

  heading(print, 'False alarms at 5 %', 'test');
  for (const name of names) row(print, name, detected(nulls, name));
  const failures = unexpected({ names, shifts, nulls });
  print(
    failures.length === 0
      ? AS_EXPECTED
      : `\nNot as expected:\n\n${failures.map((failure) => `- ${failure}`).join('\n')}`,
  );
  const minutes = results.map(({ cpuSeconds = 0 }) => cpuSeconds / 60);
  print(
    `\nMinutes of processor time by seed: ${minutes.map((value) => value.toFixed(1)).join(', ')}, in all ${minutes.reduce((a, b) => a + b, 0).toFixed(0)}.`,
  );
  return { text: lines.join('\n'), failures };
}

/** By size: windows with p ≤ 5 % among those that have one, { count, of }; null where none has. */
function detected(windows, name) {
  return SIZES.map((_, i) => {
    const found = windows.map((one) => one[name]?.[i] ?? null).filter((p) => p !== null);
    return found.length === 0 ? null : { count: found.filter((p) => p <= LEVEL).length, of: found.length };
  });
}

function heading(print, title, first) {
  print(`\n### ${title}\n`);
  print(`| ${first} | ${SIZES.map((size) => size.toLocaleString('en')).join(' | ')} |`);
  print(`|---|${SIZES.map(() => '---').join('|')}|`);
}

function row(print, name, cells, paper) {
  const two = (value) => value.toFixed(2).replace(/^0/, '');
  const texts = cells.map((cell, i) => {
    if (cell === null) return '';
    return two(cell.count / cell.of) + (paper?.[i] === undefined ? '' : ` / ${two(paper[i])}`);
  });
  print(`| ${name} | ${texts.join(' | ')} |`);
}

function unexpected({ names, shifts, nulls }) {
  const share = (name) => detected(shifts, name).map((cell) => (cell ? cell.count / cell.of : Number.NaN));
  const failures = [];
  const expect = (isMet, what) => {
    if (!isMet) failures.push(what);
  };
  if (names.includes('KS BBSDs')) {
    share('KS BBSDs').forEach((value, i) => {
      const paper = BY_TEST['KS BBSDs'][i];
      if (SIZES[i] >= 100)
        expect(
          Math.abs(value - paper) <= 0.1,
          `BBSDs at ${SIZES[i]} rows: ${value.toFixed(3)}, the paper ${paper}`,
        );
    });
    if (names.includes(OURS)) {
      const theirs = share('KS BBSDs');
      share(OURS).forEach((value, i) => {
        expect(
          value >= theirs[i],
          `our default at ${SIZES[i]} rows: ${value.toFixed(3)} < ${theirs[i].toFixed(3)}`,
        );
      });
    }
  }
  for (const name of names) {
    detected(nulls, name).forEach((cell, i) => {
      if (cell !== null)
        expect(
          tooMany(cell) > 0.001,
          `${name} at ${SIZES[i]} rows: ${cell.count} of ${cell.of} null windows alarmed, p ${tooMany(cell).toFixed(4)}`,
        );
    });
  }
  return failures;
}

/** P(at least `count` of `of`) at a rate of 5 %: I_x(count, of − count + 1). */
function tooMany({ count, of }) {
  return count === 0 ? 1 : betaI(count, of - count + 1, LEVEL);
}
