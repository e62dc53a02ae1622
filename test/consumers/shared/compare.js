// SPDX-License-Identifier: Apache-2.0
// What every app of these tests does with the package. Copied into each app's src/.
import { createAnalysis, VERSION } from 'driftglass';

/** Compares two small CSV files in memory and writes the outcome where the test reads it. */
export async function compareSamples() {
  const analysis = createAnalysis({ workers: 1 });
  try {
    await analysis.open('reference', [new File([csv(400, 0)], 'reference.csv')]);
    await analysis.open('current', [new File([csv(400, 1.5)], 'current.csv')]);
    const { summary, engine } = await analysis.compare();
    const badge = document.createElement('drift-badge');
    badge.rating = summary.rating;
    document.body.append(badge);
    await badge.updateComplete;
    show({ version: VERSION, rating: summary.rating, engine, badge: badge.shadowRoot.textContent.trim() });
  } catch (error) {
    show({ error: String(error) });
  } finally {
    analysis.dispose();
  }
}

function show(outcome) {
  document.body.dataset.outcome = JSON.stringify(outcome);
}

function csv(rows, shift) {
  const lines = ['amount,letter'];
  for (let i = 0; i < rows; i++) {
    const u = ((i + 0.5) * 0.6180339887498949) % 1;
    lines.push(`${(u * 4 + shift).toFixed(6)},${'abcd'[i % 4]}`);
  }
  return `${lines.join('\n')}\n`;
}
