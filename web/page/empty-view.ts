// SPDX-License-Identifier: Apache-2.0
import { html, type TemplateResult } from 'lit';
import { mark } from '../../src/components/internal/mark.js';
import type { Sample } from './samples.js';

/** The page before anything was dropped. */
export function emptyView({
  zone,
  samples,
  onSample,
}: {
  zone: TemplateResult;
  samples: readonly Sample[];
  onSample: (sample: Sample) => void;
}): TemplateResult {
  return html`<h1>What has changed in your data, and is it real?</h1>
    <p class="lead">
      Drop the data your model was trained on and the data it sees now. Within seconds a report says which features drifted,
      by how much, and how far each number can be trusted.
    </p>
    ${zone}
    <p class="formats quiet small">
      CSV, TSV, JSON, NDJSON, Parquet, Arrow, Feather, NPY and NPZ, plain or gzipped. The first file is the reference. One file
      alone can be split by a time or a value. A saved baseline works as a reference too.
    </p>
    <h2 class="try" id="try">Or look at data that is here already</h2>
    <ul class="samples" aria-labelledby="try">
      ${samples.map(
        (sample) => html`<li>
          <button @click=${() => onSample(sample)}><b>${sample.title}</b><span>${sample.detail}</span></button>
        </li>`,
      )}
    </ul>
    <p class="live"><a href="./live.html">See it live</a>: a model at work, watched while you break its inputs</p>
    <ul class="promise">
      <li><b>${mark('drift')} drift</b>The change is real, and larger than what you said does not matter.</li>
      <li><b>${mark('watch')} watch</b>The change is real and worth a look, but not beyond your tolerance for sure.</li>
      <li><b>${mark('stable')} stable</b>No change, or one too small to matter.</li>
      <li><b>${mark('unknown')} unknown</b>Too few rows to rule drift out. The report says how many would do.</li>
    </ul>`;
}
