// SPDX-License-Identifier: Apache-2.0
// A seeded CSV file of a stated size: integers, short and 17-digit floats, few and many texts, dates, times, missing values.
import { closeSync, openSync, writeSync } from 'node:fs';

const AIRPORTS = Array.from({ length: 300 }, (_, i) => `${letter(i / 26 / 4)}${letter(i)}${letter(i * 7)}`);
const WORDS = 'late early cabin crew weather strike delayed gate change none known wing ice'.split(' ');
const HEADER = 'id,date,time,origin,destination,delay,distance,speed,probability,score,remark\n';

/** Writes about `bytes` bytes to `path` and returns what a right reader must find. */
export function makeCsv(path, bytes, seed = 20261123) {
  const random = seeded(seed);
  const file = openSync(path, 'w');
  const expected = { rows: 0, delay: 0, probability: 0, missing: 0 };
  let written = writeSync(file, HEADER);
  let text = '';
  const start = Date.UTC(2001, 0, 1);
  while (written + text.length < bytes) {
    const ms = start + Math.floor(random() * 181 * 86_400) * 1000;
    const iso = new Date(ms).toISOString();
    const delay = Math.round((random() + random() + random() - 1) * 100) - 20;
    const probability = random();
    const isMissing = random() < 0.02;
    const remark =
      random() < 0.1
        ? `"${word(random)}, ${word(random)} ""${word(random)}"""`
        : `${word(random)} ${word(random)}`;
    expected.rows++;
    expected.delay += delay;
    if (isMissing) expected.missing++;
    else expected.probability += probability;
    text += `${expected.rows},${iso.slice(0, 10)},${iso.slice(0, 19)},${pick(random, AIRPORTS)},${pick(random, AIRPORTS)},${delay},`;
    text += `${Math.floor(random() * 2500)},${(random() * 900).toFixed(2)},${isMissing ? '' : probability},${(random() * 10 - 5).toFixed(6)},${remark}\n`;
    if (text.length > 1_000_000) {
      written += writeSync(file, text);
      text = '';
    }
  }
  written += writeSync(file, text);
  closeSync(file);
  return { ...expected, bytes: written };
}

function letter(i) {
  return String.fromCharCode(65 + (Math.floor(i) % 26));
}

function pick(random, values) {
  return values[Math.floor(random() ** 2 * values.length)];
}

function word(random) {
  return pick(random, WORDS);
}

/** mulberry32: uniform in [0, 1). */
function seeded(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
