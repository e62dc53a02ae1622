// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import type { EmbeddingRow } from '../../report/embedding-view.js';
import { formatCount, formatNumber } from './number-text.js';

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

/** One row with what it comes with; pressing it chooses it, pointing at it shows its place. */
export function rowCard(
  row: EmbeddingRow,
  {
    chosen,
    onChoose,
    onPoint,
  }: { chosen: boolean; onChoose: () => void; onPoint: (at: number | undefined) => void },
): TemplateResult {
  const text = row.text ?? '';
  return html`<li>
    <button
      class="card"
      aria-pressed=${chosen}
      title=${text === '' ? nothing : text}
      @click=${onChoose}
      @pointerenter=${() => onPoint(row.row)}
      @pointerleave=${() => onPoint(undefined)}
      @focus=${() => onPoint(row.row)}
      @blur=${() => onPoint(undefined)}
    >
      ${picture(row, 56)}
      ${text === '' ? nothing : html`<span class="text">${text.slice(0, 240)}</span>`}
      <span class="quiet">row ${formatCount(row.row)}</span>
      <span class="quiet">${formatNumber(row.score)}</span>
    </button>
  </li>`;
}
