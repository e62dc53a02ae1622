// SPDX-License-Identifier: Apache-2.0
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import type {
  EmbeddingMap,
  EmbeddingProjection,
  EmbeddingRow,
  EmbeddingShift,
  MapAxesName,
} from '../../report/embedding-view.js';
import { define } from '../define.js';
import { DriftAxesEvent, DriftPointEvent, DriftSelectEvent } from '../events.js';
import { dataTable } from '../internal/data-table.js';
import { formatCount } from '../internal/number-text.js';
import { sideLegend } from '../internal/side-legend.styles.js';
import { chartInk, furniture, tokens } from '../internal/tokens.styles.js';
import { WidthController } from '../internal/width-controller.js';
import { chosenRows } from './chosen-rows.js';
import { styles } from './drift-embedding.styles.js';
import { mapStyles } from './map/map.styles.js';
import { MapController } from './map/map-controller.js';
import { regionTable } from './map/map-scene.js';
import { mapView } from './map/map-view.js';
import { projectionPlot, projectionTable } from './projection-plots.js';
import { rowSection } from './row-cards.js';
import { saveRows } from './rows-csv.js';
import { shiftPart } from './shift-part.js';

const FIRST_PROJECTIONS = 6;
const MOST_PROJECTIONS = 256;
/** The narrowest plot, and the gap between two, px. */
const PLOT_WIDTH = 160;
const PLOT_GAP = 20;
const TALLEST = 560;
const RESTING_MS = 60;
const NOTHING_MOVED: EmbeddingShift = { mean: [], spread: [], clusters: [] };

/**
 * @summary An embedding: both sides on a map, what moved, projections with both histograms, the rows that are newest to the model, and those that it meets more rarely.
 *
 * @customElement drift-embedding
 * @event {DriftSelectEvent} drift-select - Rows were chosen on the map or from the newest rows, or let go.
 * @event {DriftAxesEvent} drift-axes - Other axes are wanted; set `map` and `axes` when they are there.
 * @event {DriftPointEvent} drift-point - The pointer rests on a row; set `hovered` to what it holds.
 * @csspart map - The map with its tools and key.
 * @csspart tools - What the pointer does, how rows are drawn and coloured, zoom.
 * @csspart readout - The row under the pointer, or the rectangle laid by keys, in words.
 * @csspart chosen - The chosen rows.
 * @csspart shift - What moved.
 * @csspart projections - Small histograms.
 * @csspart typical - The newest rows.
 * @csspart missed - Reference rows whose like has become rare.
 * @csspart data - The data tables behind the map and the projections.
 * @cssproperty --drift-reference - Regions of the reference.
 * @cssproperty --drift-current - Current rows that are not coloured by a column.
 */
export class DriftEmbedding extends LitElement {
  static override styles = [tokens, furniture, chartInk, sideLegend, mapStyles, styles];

  /** Name of the feature: what `drift-select` tells. */
  @property() name = '';

  /** Rows of both sides on two axes; `null` when only profiles are at hand. */
  @property({ attribute: false }) map: EmbeddingMap | null = null;

  /** components or discriminating: which axes the map has, where there are others; empty shows no choice. */
  @property() axes: MapAxesName | '' = '';

  /** Both sides on single directions, largest change first. */
  @property({ attribute: false }) projections: readonly EmbeddingProjection[] = [];

  /** What moved, in facts. */
  @property({ attribute: false }) shift: EmbeddingShift | null = null;

  /** Current rows that are newest to the model, the newest first. */
  @property({ attribute: false }) typical: readonly EmbeddingRow[] = [];

  /** Reference rows whose like is rarest on the current side, the rarest first. */
  @property({ attribute: false }) missed: readonly EmbeddingRow[] = [];

  /** What the chosen rows hold, for the list of them: to be set after `drift-select`, for as many as are worth showing. */
  @property({ attribute: false }) picked: readonly EmbeddingRow[] = [];

  /** What the row holds that the pointer rests on: to be set after `drift-point`. */
  @property({ attribute: false }) hovered: EmbeddingRow | null = null;

  /** A placeholder, while data is on its way. */
  @property({ type: Boolean }) loading = false;

  /** Why there is nothing to draw. */
  @property() error = '';

  @state() private allProjections = false;
  @state() private allCards = false;
  @state() private allMissed = false;
  @state() private regionsOpen = false;
  @state() private binsOpen = false;
  @state() private pointed: number | undefined;

  #size = new WidthController(this);
  #control = new MapController(this, {
    choose: (chosen) => this.#tell(chosen),
    point: (at) => this.#point(at),
  });
  #known: ReadonlyMap<number, EmbeddingRow> = new Map();
  #resting: ReturnType<typeof setTimeout> | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('map')) this.#control.show(this.map);
    if (['typical', 'picked', 'hovered'].some((name) => changed.has(name))) {
      const rows = [...this.typical, ...this.picked, ...(this.hovered === null ? [] : [this.hovered])];
      this.#known = new Map(rows.map((row) => [row.row, row]));
    }
  }

  override render() {
    if (this.error !== '') return html`<p class="error" role="alert">${this.error}</p>`;
    if (this.loading) {
      return html`<div class="waiting" role="status"><span class="visually-hidden">The map is on its way.</span></div>`;
    }
    const shift = this.shift ?? NOTHING_MOVED;
    const facts = shift.mean.length + shift.spread.length + shift.clusters.length;
    if (
      this.map === null &&
      this.projections.length === 0 &&
      facts + this.typical.length + this.missed.length === 0
    ) {
      return html`<p class="empty">No embedding to draw.</p>`;
    }
    return html`${this.#mapPart()}
    ${guard([shift, this.projections, this.map === null], () => shiftPart(shift, this.map === null ? this.projections : []))}
    ${guard([this.projections, this.allProjections, this.binsOpen, this.#size.width], () => this.#projectionsPart())}
    ${guard([this.typical, this.missed, this.allCards, this.allMissed, this.#control.chosen, this.#size.width], () => this.#rowParts())}`;
  }

  #mapPart(): TemplateResult {
    const { map } = this;
    if (map === null) {
      return html`<p class="quiet note">
        Without rows at hand there is no map: what moved, and each direction, are told by profiles.
      </p>`;
    }
    const control = this.#control;
    const { width } = this.#size;
    if (width !== control.size.width) {
      control.size = { width, height: Math.round(Math.min(TALLEST, Math.max(240, width * 0.62))) };
    }
    if (width === 0) return html`<div .style=${'height:300px'}></div>`;
    const whole = control.ground?.whole ?? control.bounds;
    const marked = this.pointed === undefined ? -1 : map.current.row.indexOf(this.pointed);
    return html`${mapView(map, control, {
      marked,
      known: this.#known,
      axes: this.axes,
      onAxes: (axes) => {
        const event = new DriftAxesEvent(this.name, axes);
        this.dispatchEvent(event);
      },
    })}
    ${guard([control.chosen, map, this.picked, this.typical], () =>
      chosenRows(map, control.chosen, {
        known: this.#known,
        onSave: () => saveRows(map, control.chosen),
        onClear: () => control.choose(new Uint32Array(0)),
      }),
    )}
    ${guard([map, this.regionsOpen], () => {
      const table = this.regionsOpen ? regionTable(map, whole) : { head: [], rows: [] };
      return dataTable({
        summary: 'as a table',
        caption: 'The map by rectangles, largest change first',
        head: table.head,
        rows: () => table.rows,
        open: this.regionsOpen,
        onToggle: (open) => (this.regionsOpen = open),
      });
    })}`;
  }

  #projectionsPart(): TemplateResult | typeof nothing {
    const all = this.projections.slice(0, MOST_PROJECTIONS);
    if (all.length === 0) return nothing;
    const shown = this.allProjections ? all : all.slice(0, FIRST_PROJECTIONS);
    const columns = Math.max(
      1,
      Math.min(6, Math.floor((this.#size.width + PLOT_GAP) / (PLOT_WIDTH + PLOT_GAP))),
    );
    const width = Math.max(PLOT_WIDTH, Math.floor((this.#size.width - (columns - 1) * PLOT_GAP) / columns));
    return html`<section part="projections">
      <h3>On single directions</h3>
      <p class="legend"><span class="reference">reference</span><span class="current">current</span></p>
      <div class="plots" .style="grid-template-columns:repeat(${columns},minmax(0,1fr));column-gap:${PLOT_GAP}px">
        ${shown.map((projection) => projectionPlot(projection, width))}
      </div>
      ${
        all.length > shown.length
          ? html`<button class="button more" @click=${() => (this.allProjections = true)}>Show all ${formatCount(all.length)}</button>`
          : nothing
      }
      ${dataTable({
        summary: 'as a table',
        caption: 'Distributions on single directions',
        head: [
          'direction',
          'KS',
          'p',
          'mean of the reference',
          'current mean',
          'bin',
          'reference',
          'current',
        ],
        rows: () => projectionTable(shown),
        open: this.binsOpen,
        onToggle: (open) => (this.binsOpen = open),
      })}
    </section>`;
  }

  #rowParts(): TemplateResult {
    const { map } = this;
    const { chosen } = this.#control;
    const only = chosen.length === 1 ? map?.current.row[chosen[0] ?? -1] : undefined;
    const { width } = this.#size;
    return html`${rowSection({
      part: 'typical',
      title: 'Newest to the model',
      note: 'Current rows that look least like the reference, each with how new it is; press one to choose it.',
      rows: this.typical,
      width,
      all: this.allCards,
      onAll: () => (this.allCards = true),
      actions: ({ row }) => ({
        chosen: row === only,
        onChoose: () => this.#chooseRow(row),
        onPoint: (at) => (this.pointed = at),
      }),
    })}
    ${rowSection({
      part: 'missed',
      title: 'Rarer than before',
      note: 'Reference rows whose like is rarest on the current side, each with how rare it is.',
      rows: this.missed,
      width,
      all: this.allMissed,
      onAll: () => (this.allMissed = true),
    })}`;
  }

  /** A row that is not on the map (of a sample, or without a map) is told all the same. */
  #chooseRow(row: number): void {
    const at = this.map?.current.row.indexOf(row) ?? -1;
    if (at >= 0) this.#control.choose(Uint32Array.of(at));
    else this.#send(Uint32Array.of(row));
  }

  #tell(chosen: Uint32Array): void {
    this.#send(chosen.map((at) => this.map?.current.row[at] ?? 0).sort());
  }

  #send(rows: Uint32Array): void {
    const event = new DriftSelectEvent(this.name, rows);
    this.dispatchEvent(event);
  }

  /** Asks what a row holds once the pointer rests on it. */
  #point(at: number): void {
    clearTimeout(this.#resting);
    const row = at < 0 ? undefined : this.map?.current.row[at];
    if (row === undefined || this.#known.has(row)) return;
    const event = new DriftPointEvent(this.name, row);
    this.#resting = setTimeout(() => this.dispatchEvent(event), RESTING_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#resting);
  }
}

define('drift-embedding', DriftEmbedding);

declare global {
  interface HTMLElementTagNameMap {
    'drift-embedding': DriftEmbedding;
  }
}
