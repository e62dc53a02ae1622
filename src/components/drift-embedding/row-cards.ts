// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import type { EmbeddingRow } from '../../report/embedding-view.js';
import { formatCount, formatNumber } from '../internal/number-text.js';

/** Pictures that are only pixels: no SVG, which is a document, and nothing that would be fetched. */
const PICTURE = /^data:image\/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/]+={0,2}$/;
/** A longer text is no thumbnail: it would be decoded for every card. */
const LONGEST = 400_000;

/** The address when it is a picture inside of a data URL, else `undefined`. */
export function safePicture(address: string | undefined): string | undefined {
  return address !== undefined && address.length <= LONGEST && PICTURE.test(address) ? address : undefined;
}

/** A row's picture; nothing where it has none. The words beside it name the row. */
export function picture(row: EmbeddingRow | undefined, size: number): TemplateResult | typeof nothing {
  const address = safePicture(row?.image);
  return address === undefined
    ? nothing
    : html`<img src=${address} alt="" width=${size} height=${size} loading="lazy" decoding="async" />`;
}

/** What pressing a card and pointing at it do. */
export interface CardActions {
  readonly chosen: boolean;
  readonly onChoose: () => void;
  readonly onPoint: (at: number | undefined) => void;
}

/** One row with what it comes with; with actions, pressing it chooses it, pointing at it shows its place. */
function rowCard(row: EmbeddingRow, actions: CardActions | undefined): TemplateResult {
  const text = row.text ?? '';
  const title = text === '' ? nothing : text;
  const inside = html`${picture(row, 56)}
    ${text === '' ? nothing : html`<span class="text">${text.slice(0, 240)}</span>`}
    <span class="quiet">row ${formatCount(row.row)}</span>
    <span class="quiet">${formatNumber(row.score)}</span>`;
  if (actions === undefined) return html`<li><div class="card" title=${title}>${inside}</div></li>`;
  const { chosen, onChoose, onPoint } = actions;
  return html`<li>
    <button
      class="card"
      aria-pressed=${chosen}
      title=${title}
      @click=${onChoose}
      @pointerenter=${() => onPoint(row.row)}
      @pointerleave=${() => onPoint(undefined)}
      @focus=${() => onPoint(row.row)}
      @blur=${() => onPoint(undefined)}
    >
      ${inside}
    </button>
  </li>`;
}

/** Width of a card with its gap, px. */
const CARD = 104;
const MOST_CARDS = 200;

/** Rows as cards, the first of them until all are wanted; nothing where there are none. */
export function rowSection({
  part,
  title,
  note,
  rows,
  width,
  all,
  onAll,
  actions,
}: {
  readonly part: string;
  readonly title: string;
  readonly note: string;
  readonly rows: readonly EmbeddingRow[];
  /** Of the element, px. */
  readonly width: number;
  readonly all: boolean;
  readonly onAll: () => void;
  readonly actions?: (row: EmbeddingRow) => CardActions;
}): TemplateResult | typeof nothing {
  const most = rows.slice(0, MOST_CARDS);
  if (most.length === 0) return nothing;
  // Full rows of them: one where it is wide, three on a phone.
  const columns = Math.max(2, Math.floor((width + 8) / CARD));
  const shown = all ? most : most.slice(0, columns * (columns < 6 ? 3 : columns < 9 ? 2 : 1));
  return html`<section part=${part}>
    <h3>${title}</h3>
    <p class="quiet note">${note}</p>
    <ul class="cards">
      ${shown.map((row) => rowCard(row, actions?.(row)))}
    </ul>
    ${
      most.length > shown.length
        ? html`<button class="button more" @click=${onAll}>Show all ${formatCount(most.length)}</button>`
        : nothing
    }
  </section>`;
}
