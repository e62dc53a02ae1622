// SPDX-License-Identifier: Apache-2.0
/**
 * Makes what the live page runs: a network that tells how likely a flight is to arrive more than 15 minutes late, trained on
 * January 2001, and the baseline that its monitor compares with, of January's flights that it was not trained on. After
 * `npm run build` in the project's root:
 *
 *     npm install && npm run make      (a few minutes; `npm run make -- FOLDER` writes there)
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { baselineTable, SETTINGS } from './baseline-table.mjs';
import { modelCard } from './card.mjs';
import { DAY, flights, hourOf } from './flights.mjs';
import { apply, train } from './network.mjs';
import { accuracy, auc, matchingThreshold, share } from './quality.mjs';

const [, , wanted] = process.argv;
const folder =
  wanted === undefined
    ? new URL('../../web/public/live/', import.meta.url)
    : pathToFileURL(`${resolve(wanted)}/`);
const month = (number) => Date.UTC(2001, number - 1, 1);
const log = (...words) => console.log(...words);

const january = await flights(month(1), month(2));
const airports = [...new Set([...january.origin, ...january.destination])].sort();
const placeOf = new Map(airports.map((name, i) => [name, i + 1]));
const scale = { airports: airports.length, distance: momentsOf(january.distance) };

// Whole days held out, which no third of every day can flatter: how far the figures of the shipped model may be believed.
const isEarly = (row) => january.time[row] < month(1) + 24 * DAY;
const early = rowsOf(january, isEarly);
const lastWeek = rowsOf(january, (row) => !isEarly(row));
log(`days 1 to 24: ${early.late.length} flights`);
const byDay = qualityOf(await train({ ...scale, ...early, log }), lastWeek, null);

// Every third flight is held out, so that evaluation has all 31 days: their differences are the natural variation.
const held = (row) => row % 3 === 0;
const training = rowsOf(january, (row) => !held(row));
const evaluation = rowsOf(january, held);
log(`two thirds of January: ${training.late.length} flights`);
const model = await train({ ...scale, ...training, log });
const { score, embedding } = apply(model, evaluation.inputs, evaluation.late.length);
const threshold = Number(matchingThreshold(score, evaluation.late).toFixed(4));

mkdirSync(folder, { recursive: true });
await model.save(tf.io.withSaveHandler(saveModel));
saveBaseline();

const months = [];
for (let number = 2; number <= 6; number++)
  months.push({
    name: `2001-0${number}`,
    ...qualityOf(model, rowsOf(await flights(month(number), month(number + 1)))),
  });
const quality = {
  training: qualityOf(model, training),
  evaluation: qualityOf(model, evaluation),
  byDay,
  months,
};
console.table([quality.training, quality.evaluation, byDay, ...months]);
writeFileSync(new URL('README.md', folder), modelCard({ threshold, airports: airports.length, quality }));

/** @returns {{ inputs: Float32Array[], late: Float32Array, rows: Uint32Array }} */
function rowsOf(table, keep = () => true) {
  const rows = Uint32Array.from(table.time.keys()).filter(keep);
  const column = (at) => Float32Array.from(rows, at);
  return {
    rows,
    late: column((row) => table.late[row]),
    inputs: [
      column((row) => hourOf(table.time[row])),
      column((row) => table.distance[row]),
      column((row) => placeOf.get(table.origin[row]) ?? 0),
      column((row) => placeOf.get(table.destination[row]) ?? 0),
    ],
  };
}

/** With the shipped threshold, or (null) one of the rows' own. */
function qualityOf(judged, { inputs, late }, cut = threshold) {
  const { score: scores } = apply(judged, inputs, late.length);
  return {
    rows: late.length,
    late: share(late),
    auc: auc(scores, late),
    accuracy: accuracy(scores, late, cut ?? matchingThreshold(scores, late)),
  };
}

/** With what an app needs beside the weights. */
function saveModel({ modelTopology, weightSpecs, weightData }) {
  const weights = Buffer.from(weightData);
  const { rows, accuracy: value } = qualityOf(model, evaluation);
  const json = {
    format: 'layers-model',
    generatedBy: 'scripts/make-live-model',
    modelTopology,
    weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
    userDefinedMetadata: { airports, threshold, accuracy: { value, rows } },
  };
  const text = JSON.stringify(json);
  writeFileSync(new URL('model.json', folder), `${text}\n`);
  writeFileSync(new URL('weights.bin', folder), weights);
  log(`model: ${text.length + weights.length} bytes`);
  return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
}

/**
 * By the project's own command, from a table of what the monitor will see. From the second week on: New Year's is no
 * ordinary one, and 24 days, whose differences are the natural variation, keep the file under 300 kB.
 */
function saveBaseline() {
  const place = mkdtempSync(join(tmpdir(), 'live-model-'));
  try {
    const rows = join(place, 'January 2001.arrow');
    const settings = join(place, 'settings.json');
    const to = fileURLToPath(new URL('flights.baseline', folder));
    writeFileSync(
      rows,
      baselineTable({ january, ...evaluation, score, embedding, threshold, from: month(1) + 7 * DAY }),
    );
    writeFileSync(settings, JSON.stringify(SETTINGS));
    const command = fileURLToPath(new URL('../../dist/cli/driftglass.js', import.meta.url));
    execFileSync(process.execPath, [command, 'baseline', rows, '-o', to, '--settings', settings], {
      stdio: 'inherit',
    });
    log(`baseline: ${readFileSync(to).length} bytes`);
  } finally {
    rmSync(place, { recursive: true });
  }
}

function momentsOf(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}
