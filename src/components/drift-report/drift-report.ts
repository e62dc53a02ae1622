// SPDX-License-Identifier: Apache-2.0
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { EmbeddingView } from '../../report/embedding-view.js';
import type { Report } from '../../report/report.js';
import { define } from '../define.js';
import '../drift-features/drift-features.js';
import type { DriftFeatures } from '../drift-features/drift-features.js';
import '../drift-timeline/drift-timeline.js';
import { adviceLine } from '../internal/advice-line.js';
import { mark } from '../internal/mark.js';
import { unbroken } from '../internal/number-text.js';
import { furniture, tokens } from '../internal/tokens.styles.js';
import { WidthController } from '../internal/width-controller.js';
import { checkList } from './check-list.js';
import { styles } from './drift-report.styles.js';
import { columnChanges, facts, jointTests, notes, sides } from './report-parts.js';

const NARROW = 760;

/**
 * @summary The whole report: the answer in words, one mark per feature, the table of features, over time, checks, notes.
 *
 * @customElement drift-report
 * @slot empty - Shown when there is no report.
 * @slot actions - Between the facts and the table; for buttons of the page.
 * @csspart headline - The answer in words.
 * @csspart advice - What to do.
 * @csspart facts - Counts by rating, checks, exact or certified.
 * @csspart heading - The headings of sections.
 * @csspart checks - The list of checks.
 * @csspart notes - What the engine wants known.
 * @csspart state - The empty, loading and error states.
 * @cssproperty --drift-paper - Background that charts assume.
 * @cssproperty --drift-ink - Text.
 * @cssproperty --drift-soft - Quieter text.
 * @cssproperty --drift-faint - The quietest text.
 * @cssproperty --drift-font - Font family.
 * @cssproperty --drift-font-size - Base size.
 */
export class DriftReport extends LitElement {
  static override styles = [tokens, furniture, styles];

  /** The report; `null` shows the empty state. */
  @property({ attribute: false }) report: Report | null = null;

  /** Places of rows by name of an embedding: set it after `drift-open` of one. A report holds none. */
  @property({ attribute: false }) embeddings: ReadonlyMap<string, EmbeddingView> = new Map();

  /** True while a report is on its way: a line moves over the old one, or a placeholder shows. */
  @property({ type: Boolean, reflect: true }) loading = false;

  /** Why there is no report, in words. */
  @property() error = '';

  /** Leave out the names and rows of both sides (where the page shows them already). */
  @property({ type: Boolean, attribute: 'without-sides' }) withoutSides = false;

  @state() private allChecks = false;
  @query('drift-features') private features!: DriftFeatures | null;

  #size = new WidthController(this);

  override render() {
    return html`<div role="alert">
        ${this.error === '' ? nothing : html`<p class="state error" part="state">${mark('drift')} ${this.error}</p>`}
      </div>
      ${this.report === null ? this.#without() : this.#with(this.report)}`;
  }

  #without(): TemplateResult | typeof nothing {
    if (this.loading) {
      return html`<div aria-busy="true" part="state">
        <p class="state" role="status">Comparing…</p>
        <drift-features .features=${null}></drift-features>
      </div>`;
    }
    if (this.error !== '') return nothing;
    return html`<div class="state" part="state"><slot name="empty">Nothing compared yet.</slot></div>`;
  }

  #with(report: Report): TemplateResult {
    const narrow = this.#size.width > 0 && this.#size.width < NARROW;
    const timed = report.windows.length > 0 && report.features.some(({ series }) => series !== undefined);
    return html`<article class=${narrow ? 'narrow' : ''} aria-busy=${this.loading ? 'true' : 'false'}>
      ${this.loading ? html`<div class="busy"></div>` : nothing}
      ${this.withoutSides ? nothing : sides(report)}
      <h1 part="headline">${report.headline.title}</h1>
      ${report.headline.detail === '' ? nothing : html`<p class="detail">${unbroken(report.headline.detail)}</p>`}
      ${adviceLine(report.headline.advice)}
      ${facts(report, {
        width: this.#size.width,
        onOpen: (name) => void this.features?.openFeature(name),
        onChecks: () => this.renderRoot.querySelector('#checks')?.scrollIntoView({ block: 'start' }),
      })}
      <slot name="actions"></slot>
      ${columnChanges(report.columns)}
      <h2 class="visually-hidden">Features</h2>
      <drift-features
        .features=${report.features}
        .level=${report.level}
        .embeddings=${this.embeddings}
        exportparts="tools, head, row, sentence, opened, panel, why, data"
      ></drift-features>
      ${
        timed
          ? html`<h2 part="heading">Over time</h2>
              <drift-timeline
                .features=${report.features}
                .windows=${report.windows}
                exportparts="map, plot, readout, data"
              ></drift-timeline>`
          : nothing
      }
      ${jointTests(report, narrow)}
      ${checkList(report.checks, { all: this.allChecks, onAll: () => (this.allChecks = true) })} ${notes(report)}
    </article>`;
  }
}

define('drift-report', DriftReport);

declare global {
  interface HTMLElementTagNameMap {
    'drift-report': DriftReport;
  }
}
