// SPDX-License-Identifier: Apache-2.0

const count = (rows) => rows.toLocaleString('en');
const percent = (value) => `${(value * 100).toFixed(1)} %`;

/** What a person should know of the model before believing it. */
export function modelCard({ threshold, airports, quality: { training, evaluation, byDay, months } }) {
  const row = (what, { rows, late, auc, accuracy }) =>
    `| ${what} | ${count(rows)} | ${percent(late)} | ${auc.toFixed(3)} | ${percent(accuracy)} |`;
  return `# The model of the live page

Tells how likely a flight is to arrive more than 15 minutes late, from what is known when it departs: the hour, the miles, the
airports. Made by \`scripts/make-live-model\` of the project; every figure here is printed by it.

| file | |
|---|---|
| \`model.json\`, \`weights.bin\` | TensorFlow.js layers model: four inputs \`hour\` (0–23), \`distance\` (miles), \`origin\`, \`destination\` (places in the list of ${airports} airports in \`userDefinedMetadata\`, from 1; 0 is any other), embeddings for hour and airports, two dense layers (32, 16), one sigmoid |
| \`flights.baseline\` | what its monitor compares with: of the held-out rows of January 8–31 the inputs, scores, classes, labels and the 16 numbers of layer \`dense_2\`, as counts and sums; no row of a flight |

Trained on two thirds of January 2001's flights; every third one was held out. *Late* is said from a score of ${threshold} on: as many flights of the evaluation rows lie above it as
were late.

| flights | rows | late | AUC | accuracy |
|---|---|---|---|---|
${row('January, trained on', training)}
${row('January, held out', evaluation)}
${row('January 25–31, by a model of days 1–24 (its own threshold)', byDay)}
${months.map((month) => row(month.name, month)).join('\n')}

Weather and traffic of the day, which decide most delays, are not among the inputs: the model is weak, as an honest one of these columns is. Saying
"on time" of every flight would be right more often (January: ${percent(1 - evaluation.late)}), and useless. The weekday is no input, because windows of a day
would each hold a single one. Do not plan a journey with it.

The flights are \`flights-3m.parquet\` of npm \`vega-datasets\` (BSD-3-Clause), from the US Bureau of Transportation Statistics' on-time performance data, in the public domain.
`;
}
