// SPDX-License-Identifier: Apache-2.0
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { EmbeddingView } from '../../report/embedding-view.js';
import type { FeatureReport } from '../../report/report.js';
import { define } from '../define.js';
import { adviceLine } from '../internal/advice-line.js';
import { finiteCdf } from '../internal/curve.js';
import { distanceTable, quantileTable, sidesTable, testTable } from '../internal/feature-tables.js';
import { mark } from '../internal/mark.js';
import { furniture, tokens } from '../internal/tokens.styles.js';
import { why } from '../internal/why.js';
import { WidthController } from '../internal/width-controller.js';
import { ratingWord } from '../internal/words.js';
import '../drift-cdf/drift-cdf.js';
import '../drift-embedding/drift-embedding.js';
import '../drift-histogram/drift-histogram.js';
import { styles } from './drift-feature.styles.js';

const NARROW = 720;
/** One list, so that nothing is drawn again for another empty one. */
const NO_ROWS: EmbeddingView['typical'] = [];

/**
 * @summary All the evidence on one feature: both distributions, both CDFs with their gap, the map of an embedding, why it is rated so, quantiles,
 * every distance with its convention and intervals, every test. It is what a row of `<drift-features>` opens.
 *
 * @customElement drift-feature
 * @csspart panel - The box around it.
 * @csspart why - The words on the rating.
 * @csspart advice - What to do about it.
 * @cssproperty --drift-panel - Background of the box.
 * @cssproperty --drift-line - Its hairlines.
 * @cssproperty --drift-radius - Its corners.
 */
export class DriftFeature extends LitElement {
  static override styles = [tokens, furniture, styles];

  /** The feature; nothing is drawn without one. */
  @property({ attribute: false }) feature: FeatureReport | null = null;

  /** False-alarm level of the whole report, for the words. */
  @property({ type: Number }) level = 0.01;

  /** Places of rows and the newest of them, of an embedding; without it, what the report's profiles tell is drawn. */
  @property({ attribute: false }) embedding: EmbeddingView | null = null;

  #size = new WidthController(this);

  override render() {
    const feature = this.feature;
    if (feature === null) return nothing;
    const narrow = this.#size.width > 0 && this.#size.width < NARROW;
    const hasCdf = finiteCdf(feature.cdf) !== null;
    const quantiles = quantileTable(feature, narrow);
    return html`<div class="panel ${narrow ? 'narrow' : ''}" part="panel">
      ${this.#embedding(feature)}
      ${
        feature.histogram === undefined
          ? nothing
          : html`<div>
              <h3>${distributionTitle(feature)}</h3>
              <drift-histogram .feature=${feature} exportparts="data"></drift-histogram>
            </div>`
      }
      ${
        hasCdf
          ? html`<div>
                <h3>Share of rows with at most this ${feature.kind === 'text' ? 'length' : 'value'}</h3>
                <!-- As tall as the legend and the chart beside it. -->
                <drift-cdf .feature=${feature} .height=${246} exportparts="data"></drift-cdf>
              </div>
              <div class="stack">${this.#why(feature)}${quantiles}</div>
              <div class="stack">${sidesTable(feature)}</div>`
          : feature.histogram === undefined
            ? html`<div class="stack">${this.#why(feature)}</div>
                <div class="stack">${sidesTable(feature)}${quantiles}</div>`
            : html`<div class="stack">${this.#why(feature)}${quantiles}${sidesTable(feature)}</div>`
      }
      <div class="wide">${testTable(feature, narrow)}</div>
      <div class="wide">${distanceTable(feature, narrow)}</div>
    </div>`;
  }

  #embedding({ name, embedding }: FeatureReport): TemplateResult | typeof nothing {
    const view = this.embedding ?? embedding;
    if (view === undefined) return nothing;
    const rows = this.embedding;
    return html`<div class="wide">
      <drift-embedding
        .name=${name}
        .map=${rows?.map ?? null}
        .axes=${rows?.axes ?? ''}
        .projections=${view.projections}
        .shift=${view.shift}
        .typical=${rows?.typical ?? NO_ROWS}
        .missed=${rows?.missed ?? NO_ROWS}
        .picked=${rows?.picked ?? NO_ROWS}
        .hovered=${rows?.hovered ?? null}
        exportparts="data"
      ></drift-embedding>
    </div>`;
  }

  #why({ verdict }: FeatureReport): TemplateResult {
    const { rating } = verdict;
    return html`<section class="why" part="why">
      <h3>Why <span class="word ${rating}">${mark(rating)}${ratingWord(rating)}</span></h3>
      <p>${why(verdict, this.level)}</p>
      ${adviceLine(verdict.advice ?? '')}
      ${rating === 'notRated' || verdict.thresholdFrom === '' ? nothing : html`<p>Threshold: ${verdict.thresholdFrom}.</p>`}
    </section>`;
  }
}

function distributionTitle({ kind, histogram }: FeatureReport): string {
  if (histogram?.categories !== undefined) return 'Share of rows by category, largest change first';
  if (kind === 'time') return 'Share of rows by time';
  return kind === 'text' ? 'Share of rows by length' : 'Share of rows by value';
}

define('drift-feature', DriftFeature);

declare global {
  interface HTMLElementTagNameMap {
    'drift-feature': DriftFeature;
  }
}
