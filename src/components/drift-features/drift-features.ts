// SPDX-License-Identifier: Apache-2.0
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { EmbeddingView } from '../../report/embedding-view.js';
import type { FeatureReport } from '../../report/report.js';
import type { Rating } from '../../verdict/verdict.js';
import { define } from '../define.js';
import '../drift-feature/drift-feature.js';
import { DriftOpenEvent, DriftSortEvent } from '../events.js';
import { arrangeFeatures, nextOrder, type SortDirection, type SortKey } from '../internal/feature-order.js';
import { chartInk, furniture, tokens } from '../internal/tokens.styles.js';
import { WidthController } from '../internal/width-controller.js';
import { styles } from './drift-features.styles.js';
import { featureHead, featureRow, featureTools, openedId, waitingRows } from './feature-row.js';
import { rowMarks } from './row-marks.styles.js';
import { listHeight, type RowLayout, rowAfter, rowsInView, rowTop } from './row-window.js';

/** Beyond this many rows only those in view are in the page, at one fixed height. */
const VIRTUAL_BEYOND = 200;
/** One line; a line with its sentence below; a card. */
const ROW_HEIGHTS = { wide: 66, middle: 94, cards: 190 } as const;
type Form = keyof typeof ROW_HEIGHTS;
const CARDS_BELOW = 720;
const MIDDLE_BELOW = 1100;
/** Until an opened panel is measured. */
const OPENED_GUESS = 700;

/**
 * @summary The table of features: sortable, filterable, drawn in part beyond 200 rows; a row opens in place. On narrow
 * screens rows fold into cards and keep their sentence.
 *
 * @customElement drift-features
 * @event {DriftOpenEvent} drift-open - A feature was opened or closed.
 * @event {DriftSortEvent} drift-sort - The order changed.
 * @csspart tools - Search, rating filters and count.
 * @csspart head - The row of column heads.
 * @csspart row - One row.
 * @csspart sentence - What happened, in words.
 * @csspart opened - The place below a row that holds the evidence.
 * @cssproperty --drift-reference - Mass of the reference.
 * @cssproperty --drift-current - Line of the current side.
 * @cssproperty --drift-line - Hairlines.
 */
export class DriftFeatures extends LitElement {
  static override styles = [tokens, furniture, chartInk, rowMarks, styles];

  /** The features, in the order of the report; `null` while loading. */
  @property({ attribute: false }) features: readonly FeatureReport[] | null = [];

  /** False-alarm level of the whole report, for the words in opened rows. */
  @property({ type: Number }) level = 0.01;

  /** Places of rows by name of an embedding, for opened rows. */
  @property({ attribute: false }) embeddings: ReadonlyMap<string, EmbeddingView> = new Map();

  /** report, name, kind, distance, p or missing. */
  @property() sort: SortKey = 'report';

  /** ascending or descending. */
  @property() direction: SortDirection = 'ascending';

  /** Part of a name to keep. */
  @property() query = '';

  /** Ratings to keep; all when empty. */
  @property({ attribute: false }) ratings: ReadonlySet<Rating> = new Set();

  @state() private opened: ReadonlySet<string> = new Set();
  @state() private view: readonly [from: number, to: number] = [0, 20];
  @query('.body') private body!: HTMLElement | null;

  #size = new WidthController(this);
  #shown: readonly FeatureReport[] = [];
  #layout: RowLayout = { count: 0, rowHeight: ROW_HEIGHTS.wide, extra: new Map() };
  #active = 0;
  #heights = new Map<string, number>();
  #frame = 0;
  #panels: ResizeObserver | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    // Capture hears the scrolling of any ancestor, not only of the page.
    window.addEventListener('scroll', this.#onScroll, { capture: true, passive: true });
    window.addEventListener('resize', this.#onScroll, { passive: true });
    this.#panels = new ResizeObserver((entries) => this.#measure(entries));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('scroll', this.#onScroll, { capture: true });
    window.removeEventListener('resize', this.#onScroll);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#panels?.disconnect();
  }

  /** Opens a feature, brings it into view and moves the focus to it. Does nothing for a name that is not shown. */
  async openFeature(name: string): Promise<void> {
    if (!this.#shown.some((feature) => feature.name === name)) {
      this.query = '';
      this.ratings = new Set();
      await this.updateComplete;
    }
    const index = this.#shown.findIndex((feature) => feature.name === name);
    if (index < 0) return;
    this.#toggle(name, true);
    await this.#focusRow(index);
  }

  get #virtual(): boolean {
    return this.#shown.length > VIRTUAL_BEYOND;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (['features', 'sort', 'direction', 'query', 'ratings'].some((key) => changed.has(key))) {
      this.#shown = arrangeFeatures(this.features ?? [], this);
      this.#active = Math.min(this.#active, Math.max(0, this.#shown.length - 1));
    }
    const extra = new Map<number, number>();
    this.#shown.forEach(({ name }, i) => {
      if (this.opened.has(name)) extra.set(i, this.#heights.get(name) ?? OPENED_GUESS);
    });
    this.#layout = { count: this.#shown.length, rowHeight: ROW_HEIGHTS[this.#form], extra };
  }

  protected override updated(): void {
    for (const panel of this.renderRoot.querySelectorAll('.opened')) this.#panels?.observe(panel);
    this.#onScroll();
  }

  /** By the width of the element, not of the screen. */
  get #form(): Form {
    const { width } = this.#size;
    if (width === 0 || width >= MIDDLE_BELOW) return 'wide';
    return width < CARDS_BELOW ? 'cards' : 'middle';
  }

  override render() {
    if (this.features === null) return waitingRows();
    if (this.features.length === 0) return html`<p class="empty">No features to compare.</p>`;
    const form = this.#form;
    return html`<div class=${form}>
      ${featureTools({
        features: this.features,
        shown: this.#shown.length,
        query: this.query,
        ratings: this.ratings,
        sort: this.sort,
        cards: form === 'cards',
        onQuery: (text) => (this.query = text),
        onRating: (rating) => this.#filter(rating),
        onSort: (key) => this.#sortBy(key),
      })}
      <div role="table" aria-label="Features" aria-rowcount=${this.#shown.length + 1}>
        ${featureHead({ sort: this.sort, direction: this.direction, onSort: (key) => this.#sortBy(key) })}
        ${
          this.#shown.length === 0
            ? html`<div role="rowgroup"><div role="row"><p role="cell" class="empty">No feature matches.</p></div></div>`
            : this.#rows()
        }
      </div>
    </div>`;
  }

  #rows(): TemplateResult {
    if (!this.#virtual) {
      return html`<div class="body" role="rowgroup" @keydown=${this.#onKey}>
        ${repeat(
          this.#shown,
          (feature) => feature.name,
          (feature, i) => this.#row(feature, i),
        )}
      </div>`;
    }
    const [from, to] = this.view;
    const indexes: number[] = [];
    // The active row stays in the page, so that the focus is not lost when it scrolls away.
    if (this.#active < from) indexes.push(this.#active);
    for (let i = from; i < Math.min(to, this.#shown.length); i++) indexes.push(i);
    if (this.#active >= to && this.#active < this.#shown.length) indexes.push(this.#active);
    return html`<div
      class="body virtual"
      role="rowgroup"
      .style="height:${listHeight(this.#layout)}px;--_row:${this.#layout.rowHeight}px"
      @keydown=${this.#onKey}
    >
      ${repeat(
        indexes,
        (i) => this.#shown[i]?.name,
        (i) => html`<div class="slot" role="presentation" .style="top:${rowTop(this.#layout, i)}px">
          ${this.#row(this.#shown[i] as FeatureReport, i)}
        </div>`,
      )}
    </div>`;
  }

  #row(feature: FeatureReport, index: number): TemplateResult {
    const open = this.opened.has(feature.name);
    return html`${featureRow(feature, {
      index,
      open,
      active: index === this.#active,
      onToggle: () => {
        this.#active = index;
        this.#toggle(feature.name, !open);
      },
    })}
    ${
      open
        ? html`<div class="opened" part="opened" role="row" data-name=${feature.name}>
            <div role="cell" aria-colspan="8" id=${openedId(index)}>
              <drift-feature
                .feature=${feature}
                .level=${this.level}
                .embedding=${this.embeddings.get(feature.name) ?? null}
                exportparts="panel, why, data"
              ></drift-feature>
            </div>
          </div>`
        : nothing
    }`;
  }

  #toggle(name: string, open: boolean): void {
    if (this.opened.has(name) === open) return;
    const opened = new Set(this.opened);
    if (open) opened.add(name);
    else opened.delete(name);
    this.opened = opened;
    const event = new DriftOpenEvent(name, open);
    this.dispatchEvent(event);
  }

  #filter(rating: Rating): void {
    const ratings = new Set(this.ratings);
    if (!ratings.delete(rating)) ratings.add(rating);
    this.ratings = ratings;
  }

  #sortBy(key: SortKey): void {
    ({ sort: this.sort, direction: this.direction } = nextOrder(this, key));
    const event = new DriftSortEvent(this.sort, this.direction);
    this.dispatchEvent(event);
  }

  #onKey = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (!target.matches?.('.name button')) return;
    const next = rowAfter(event.key, this.#active, this.#shown.length - 1);
    if (next === undefined) return;
    event.preventDefault();
    void this.#focusRow(next);
  };

  async #focusRow(index: number): Promise<void> {
    this.#active = index;
    this.requestUpdate();
    await this.updateComplete;
    const button = this.renderRoot.querySelector<HTMLElement>(`.row[data-index="${index}"] .name button`);
    button?.focus({ preventScroll: true });
    button?.closest('.row')?.scrollIntoView({ block: 'nearest' });
  }

  #onScroll = (): void => {
    if (!this.#virtual || this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#look();
    });
  };

  /** Finds the rows in view; a change re-renders. */
  #look(): void {
    const top = this.body?.getBoundingClientRect().top;
    if (top === undefined) return;
    const [from, to] = rowsInView(this.#layout, { top: -top, bottom: window.innerHeight - top });
    if (from !== this.view[0] || to !== this.view[1]) this.view = [from, to];
  }

  #measure(entries: readonly ResizeObserverEntry[]): void {
    let changed = false;
    for (const { target, borderBoxSize } of entries) {
      const name = (target as HTMLElement).dataset['name'] ?? '';
      const height = Math.round(borderBoxSize[0]?.blockSize ?? 0);
      if (height === 0 || this.#heights.get(name) === height) continue;
      this.#heights.set(name, height);
      changed = true;
    }
    if (changed && this.#virtual) requestAnimationFrame(() => this.requestUpdate());
  }
}

define('drift-features', DriftFeatures);

declare global {
  interface HTMLElementTagNameMap {
    'drift-features': DriftFeatures;
  }
}
