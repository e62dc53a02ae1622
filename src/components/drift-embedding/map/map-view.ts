// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type {
  EmbeddingAxis,
  EmbeddingMap,
  EmbeddingRow,
  MapAxesName,
} from '../../../report/embedding-view.js';
import { formatCount, formatNumber, formatShare, plural } from '../../internal/number-text.js';
import { polyline } from '../../internal/step-path.js';
import { picture } from '../row-cards.js';
import type { Ink, MapController } from './map-controller.js';
import { type Bounds, type MapSize, toPixel } from './map-frame.js';
import type { Tool } from './map-gestures.js';
import { colourText, INKS } from './map-inks.js';
import { rangeText } from './map-scene.js';
import { insideRectangle } from './picking.js';

/** Tools, the map itself with what is drawn on it, the names of its axes, and its key. */
export function mapView(
  map: EmbeddingMap,
  control: MapController,
  {
    marked,
    known,
    axes,
    onAxes,
  }: {
    /** What rows hold, by their index in the current side. */
    known: ReadonlyMap<number, EmbeddingRow>;
    /** Index of a row that is pointed at elsewhere, or −1. */
    marked: number;
    /** Empty where there are no others. */
    axes: MapAxesName | '';
    onAxes: (axes: MapAxesName) => void;
  },
): TemplateResult {
  const { size } = control;
  const [across, up] = map.axes;
  return html`<div class="map" part="map">
    ${tools(map, control, axes === '' ? nothing : axesTools(axes, onAxes))}
    <p class="readout" part="readout" aria-live="polite">${readout(map, control)}</p>
    <p class="axis-name">↑ ${axisText(up)}</p>
    <div
      class="plane ${control.tool}"
      .style="height:${size.height}px"
      role="application"
      tabindex="0"
      aria-label="Map of ${across.name} and ${up.name}. Arrow keys lay and move a rectangle, with Shift they size it, Enter chooses the rows inside, Escape lets go; plus, minus and 0 zoom."
      @pointerdown=${control.gestures.onPointerDown}
      @pointermove=${control.gestures.onPointerMove}
      @pointerup=${control.gestures.onPointerUp}
      @pointercancel=${control.gestures.onPointerCancel}
      @pointerleave=${control.gestures.onPointerLeave}
      @wheel=${control.gestures.onWheel}
      @touchstart=${control.gestures.onTouch}
      @touchmove=${control.gestures.onTouch}
      @keydown=${control.onKey}
    >
      <canvas aria-hidden="true"></canvas><canvas aria-hidden="true"></canvas>
      ${overlay(map, control, marked)} ${held(map, control, known)}
    </div>
    <p class="axis-name right">${axisText(across)} →</p>
    ${key(control)}
  </div>`;
}

function axisText({ name, share }: EmbeddingAxis): string {
  return share === undefined ? name : `${name}, ${formatShare(share)} of the spread`;
}

function tools(
  map: EmbeddingMap,
  control: MapController,
  more: TemplateResult | typeof nothing,
): TemplateResult {
  const colours = map.colours ?? [];
  const tool = (name: Tool, text: string) =>
    html`<button class="button" aria-pressed=${control.tool === name} @click=${() => control.take(name)}>${text}</button>`;
  const ink = (name: Ink, text: string) =>
    html`<button class="button" aria-pressed=${control.ink === name} @click=${() => control.draw(name)}>${text}</button>`;
  return html`<div class="tools" part="tools">
    <div role="group" aria-label="Draw the current rows as">${ink('points', 'Points')}${ink('difference', 'Difference')}</div>
    <div role="group" aria-label="The pointer">${tool('lasso', 'Lasso')}${tool('move', 'Move')}</div>
    <div role="group" aria-label="Zoom">
      <button class="button" aria-label="Larger" @click=${() => control.zoom(1)}>+</button
      ><button class="button" aria-label="Smaller" @click=${() => control.zoom(-1)}>−</button
      ><button class="button" @click=${() => control.zoom(0)}>Whole</button>
    </div>
    ${
      colours.length === 0
        ? nothing
        : html`<label
            >colour by
            <select
              class="button"
              @change=${(event: Event) => control.colourBy(Number((event.target as HTMLSelectElement).value))}
            >
              <option value="-1" ?selected=${control.colour < 0}>nothing</option>
              ${colours.map(({ name }, i) => html`<option value=${i} ?selected=${control.colour === i}>${name}</option>`)}
            </select></label
          >`
    }
    ${more}
  </div>`;
}

function axesTools(axes: MapAxesName, onAxes: (axes: MapAxesName) => void): TemplateResult {
  const choice = (name: MapAxesName, text: string) =>
    html`<button class="button" aria-pressed=${axes === name} @click=${() => onAxes(name)}>${text}</button>`;
  return html`<div role="group" aria-label="Axes">
    ${choice('discriminating', 'What tells the sides apart')}${choice('components', 'Components')}
  </div>`;
}

function readout(map: EmbeddingMap, control: MapController): string {
  const { rectangle, hover, ground } = control;
  const total = map.current.x.length;
  if (rectangle !== undefined) {
    const inside = insideRectangle(map.current, rectangle).length;
    return `${map.axes[0].name} ${rangeText(rectangle.left, rectangle.right)}, ${map.axes[1].name} ${rangeText(rectangle.bottom, rectangle.top)}: ${formatCount(inside)} of ${plural(total, 'row')}${control.chosen.length > 0 && control.chosen.length === inside ? ' chosen' : '; Enter chooses them'}`;
  }
  if (hover >= 0) {
    const values = (map.colours ?? []).map((colours) => `${colours.name} ${colourText(colours, hover)}`);
    return [`row ${formatCount(map.current.row[hover])}`, ...values].join(' · ');
  }
  const outside = ground?.outside ?? 0;
  return `${plural(total, 'current row')} over ${plural(map.reference.x.length, 'row')} of the reference${
    outside > 0 ? `; ${formatCount(outside)} far out, beyond this picture` : ''
  }`;
}

function overlay(map: EmbeddingMap, control: MapController, marked: number): TemplateResult {
  const { bounds, size, rectangle, hover } = control;
  const { lasso } = control.gestures;
  const ring = (at: number, kind: string): SVGTemplateResult | typeof nothing => {
    if (at < 0) return nothing;
    const [x, y] = toPixel(bounds, size, [map.current.x[at] as number, map.current.y[at] as number]);
    return svg`<circle class=${kind} cx=${x.toFixed(1)} cy=${y.toFixed(1)} r="7"/>`;
  };
  return html`<svg class="chart overlay" viewBox="0 0 ${size.width} ${size.height}" aria-hidden="true">
    ${means(control)} ${ring(hover, 'hover')} ${ring(marked, 'marked')}
    ${lasso.length < 4 ? nothing : svg`<path class="lasso" d=${`${lassoPath(lasso, bounds, size)}Z`}/>`}
    ${rectangle === undefined ? nothing : box(rectangle, bounds, size)}
  </svg>`;
}

/** What the row under the pointer holds, beside it. A reader finds the same in the list of chosen rows. */
function held(
  map: EmbeddingMap,
  { hover, bounds, size }: MapController,
  known: ReadonlyMap<number, EmbeddingRow>,
): TemplateResult | typeof nothing {
  const row = hover < 0 ? undefined : known.get(map.current.row[hover] ?? -1);
  const image = picture(row, 56);
  if (row === undefined || (image === nothing && (row.text ?? '') === '')) return nothing;
  const [x, y] = toPixel(bounds, size, [map.current.x[hover] as number, map.current.y[hover] as number]);
  const across = x > size.width / 2 ? `right:${size.width - x + 14}px` : `left:${x + 14}px`;
  const down = y > size.height / 2 ? `bottom:${size.height - y + 6}px` : `top:${y + 6}px`;
  return html`<div class="held" .style="${across};${down}" aria-hidden="true">${image}${(row.text ?? '').slice(0, 120)}</div>`;
}

function lassoPath(lasso: readonly number[], bounds: Bounds, size: MapSize): string {
  return polyline(
    Array.from({ length: lasso.length / 2 }, (_, k) =>
      toPixel(bounds, size, [lasso[2 * k] as number, lasso[2 * k + 1] as number]),
    ),
  );
}

function box(rectangle: Bounds, bounds: Bounds, size: MapSize): SVGTemplateResult {
  const [left, top] = toPixel(bounds, size, [rectangle.left, rectangle.top]);
  const [right, bottom] = toPixel(bounds, size, [rectangle.right, rectangle.bottom]);
  return svg`<rect class="lasso" x=${left} y=${top} width=${right - left} height=${bottom - top}/>`;
}

/** From the middle of the reference to the middle of the current rows. */
function means({ ground, bounds, size }: MapController): SVGTemplateResult | typeof nothing {
  if (ground === undefined) return nothing;
  const [from, to] = ground.means.map((mean) => toPixel(bounds, size, mean)) as [
    [number, number],
    [number, number],
  ];
  if (!Number.isFinite(from[0] + from[1] + to[0] + to[1])) return nothing;
  const [x0, y0, x1, y1] = [...from, ...to].map((place) => place.toFixed(1));
  return svg`<path class="shift-halo" d="M${x0} ${y0}L${x1} ${y1}"/><path class="shift" d="M${x0} ${y0}L${x1} ${y1}"/>
    <circle class="mean reference" cx=${x0} cy=${y0} r="4.5"/><circle class="mean current" cx=${x1} cy=${y1} r="4.5"/>`;
}

function key({ ink, inks, ground }: MapController): TemplateResult {
  const swatch = (entry: { ink: number; label: string; rows: number }) =>
    html`<li><i class="dot" .style="background:var(${INKS[entry.ink]})"></i>${entry.label} <span class="quiet">${formatCount(entry.rows)}</span></li>`;
  const side =
    ink === 'difference'
      ? html`<li><i class="fewer"></i>fewer current rows than in the reference</li>
          <li><i class="extra"></i>more</li>
          <li><i class="chance"></i>within chance</li>`
      : html`<li><i class="region"></i>reference: regions that hold 95, 75, 50 and 25 % of it</li>
          ${
            inks.range !== undefined
              ? html`<li><span>${formatNumber(inks.range[0])}</span><i class="ramp"></i><span>${formatNumber(inks.range[1])}</span></li>`
              : inks.legend.length > 0
                ? nothing
                : html`<li><i class="dot" .style=${'background:var(--_current)'}></i>current rows</li>`
          }
          ${inks.legend.map(swatch)}`;
  return html`<ul class="key">
    ${side}
    ${ground === undefined ? nothing : html`<li><i class="means"></i>from mean to mean</li>`}
  </ul>`;
}
